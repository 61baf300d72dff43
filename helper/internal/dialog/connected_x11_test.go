//go:build unix && !darwin

package dialog

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/need"
	"tasuki/helper/internal/text"
)

func text10(id uintptr) string { return strconv.FormatUint(uint64(id), 10) }

func showConnected(t *testing.T, session Session) (UI, Connected, <-chan told, <-chan struct{}) {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null/none")
	ui := New()
	grants, cancelled := make(chan told, 10), make(chan struct{}, 10)
	window := ui.ShowConnected(session, Events{
		Cancel: func() { cancelled <- struct{}{} },
		Grant:  func(name string, on bool) { grants <- told{name, on} },
	})
	t.Cleanup(window.Close)
	return ui, window, grants, cancelled
}

var full = Session{Operator: "鈴木", Company: "Tasuki", Server: "support.example", Input: true, Clipboard: true, ClipboardAllowed: true, Connected: true}

func TestConnectedGrants(t *testing.T) {
	d := newDisplay(t, true)
	w := text.Current()
	ui, window, grants, cancelled := showConnected(t, full)
	id := d.window(ui, false)
	if !d.has(id, "heading", w.Connected, "") || !d.has(id, "hint", w.MayOperate, "") ||
		!d.has(id, "text", fmt.Sprintf(w.ServerShown, "support.example"), "") {
		t.Errorf("widgets: %v", d.widgets(id))
	}
	d.click(id, "check", w.GrantInput)
	if got := <-grants; got != (told{"input", false}) {
		t.Errorf("got %v", got)
	}
	d.until("the loss is shown", func() bool { return d.has(id, "hint", w.MayWatchOnly, "") })
	d.click(id, "check", w.GrantInput)
	if got := <-grants; got != (told{"input", true}) {
		t.Errorf("got %v", got)
	}
	d.click(id, "check", w.GrantClipboard)
	if got := <-grants; got != (told{"clipboard", false}) {
		t.Errorf("got %v", got)
	}
	next := full
	next.Paused, next.ClipboardAllowed = true, false
	window.Update(next)
	d.until("the pause is shown", func() bool { return d.has(id, "hint", w.PausedByYou, "") })
	if d.has(id, "check", w.GrantClipboard, "*") {
		t.Error("the clipboard is offered where there is none")
	}
	d.click(id, "button", w.Cancel)
	<-cancelled
}

func TestConnectedClosed(t *testing.T) {
	d := newDisplay(t, true)
	ui, _, _, cancelled := showConnected(t, full)
	id := d.window(ui, false)
	d.xdotool("windowclose", text10(id)) // the window is destroyed, as by a window manager's "kill"
	<-cancelled
}

func TestConnectedCloseBox(t *testing.T) {
	d := newDisplay(t, true)
	ui, _, _, cancelled := showConnected(t, full)
	id := d.window(ui, false)
	d.xdotool("windowfocus", "--sync", text10(id), "key", "alt+F4")
	<-cancelled
}

// The corner window stays above a window that is opened and raised later, comes back when minimised, does not take the
// keyboard, and stands right below.
func TestConnectedStays(t *testing.T) {
	d := newDisplay(t, true)
	need.Programs(t, "xmessage")
	start(t, exec.Command("xmessage", "-geometry", "1270x860+0+0", "-title", "other", "something else"))
	var other uintptr
	d.until("the other window has the keyboard", func() bool {
		out, err := exec.Command("xdotool", "getwindowfocus").Output()
		name, errName := exec.Command("xdotool", "search", "--onlyvisible", "--name", "^other$").Output()
		if err != nil || errName != nil || len(name) == 0 {
			return false
		}
		focus, _ := strconv.Atoi(string(out[:len(out)-1]))
		other = uintptr(focus)
		return focus > 1
	})
	ui, _, _, _ := showConnected(t, full)
	id := d.window(ui, false)
	if focus, err := xproto.GetInputFocus(d.conn).Reply(); err != nil || uintptr(focus.Focus) == id {
		t.Errorf("it took the keyboard: %v %v", focus, err)
	}
	d.until("it is above", func() bool { return d.above(id, other) })
	d.xdotool("windowraise", text10(other))
	d.xdotool("windowactivate", text10(other))
	d.until("it is still above", func() bool { return d.above(id, other) })
	at, err := xproto.TranslateCoordinates(d.conn, xproto.Window(id), d.root, 0, 0).Reply()
	if err != nil || at.DstX < 640 || at.DstY < 450 {
		t.Errorf("it stands at %v (%v)", at, err)
	}
	d.xdotool("windowminimize", text10(id))
	d.until("it is back", func() bool { return d.above(id, other) })
}

// above tells whether, in the middle of the first window, a click would go to it and not to the other.
func (d *display) above(id, other uintptr) bool {
	geometry, err := xproto.GetGeometry(d.conn, xproto.Drawable(id)).Reply()
	if err != nil {
		return false
	}
	attributes, err := xproto.GetWindowAttributes(d.conn, xproto.Window(id)).Reply()
	if err != nil || attributes.MapState != xproto.MapStateViewable {
		return false
	}
	d.xdotool("mousemove", "--window", text10(id), strconv.Itoa(int(geometry.Width/2)), "3")
	// From the root down: the child under the pointer, until it is one of ours.
	for window := d.root; ; {
		pointer, err := xproto.QueryPointer(d.conn, window).Reply()
		if err != nil || pointer.Child == 0 || uintptr(pointer.Child) == other {
			return false
		}
		if window = pointer.Child; uintptr(window) == id {
			return true
		}
	}
}

func TestConnectedHostileNames(t *testing.T) {
	d := newDisplay(t, true)
	w := text.Current()
	session := full
	session.Operator = "Eve|button|\u202e\x1b\n" + string(make([]byte, 1000)) + "承諾"
	for range 1000 {
		session.Company += "長い"
	}
	session.Server = strings.Repeat("very-long.", 25) + "example"
	ui, _, _, cancelled := showConnected(t, session)
	id := d.window(ui, false)
	geometry, err := xproto.GetGeometry(d.conn, xproto.Drawable(id)).Reply()
	if err != nil || geometry.Width > 400 || geometry.Height > 400 {
		t.Errorf("size: %v %v", geometry, err)
	}
	for _, widget := range d.widgets(id) {
		if len([]rune(widget.label)) > 100 {
			t.Errorf("too long: %q", widget.label)
		}
	}
	d.click(id, "button", w.Cancel)
	<-cancelled
}
