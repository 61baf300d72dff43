//go:build unix && !darwin

package dialog

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/need"
)

// display is an X server of the test's own.
type display struct {
	t    *testing.T
	name string
	conn *xgb.Conn
	root xproto.Window
}

// newDisplay starts Xvfb, with a window manager if wanted, and points DISPLAY to it. Both end with the test.
func newDisplay(t *testing.T, manager bool) *display {
	t.Helper()
	needs := []string{"Xvfb", "xdotool"}
	if manager {
		needs = append(needs, "openbox")
	}
	need.Programs(t, needs...)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	start(t, server)
	_ = write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	d := &display{t: t, name: ":" + strings.TrimSpace(number)}
	t.Setenv("DISPLAY", d.name)
	if d.conn, err = xgb.NewConnDisplay(d.name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.conn.Close)
	d.root = xproto.Setup(d.conn).DefaultScreen(d.conn).Root
	if manager {
		// It announces itself before it looks after windows; its startup command runs when it does.
		ready := filepath.Join(t.TempDir(), "ready")
		start(t, exec.Command("openbox", "--startup", "touch "+ready))
		d.until("the window manager is there", func() bool {
			_, err := os.Stat(ready)
			return err == nil
		})
	}
	return d
}

func start(t *testing.T, command *exec.Cmd) {
	t.Helper()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
}

// until waits for a condition.
func (d *display) until(what string, condition func() bool) {
	d.t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if condition() {
			return
		}
	}
	d.t.Fatalf("waited in vain: %s", what)
}

func (d *display) property(window xproto.Window, name string) []byte {
	atom, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		d.t.Fatal(err)
	}
	reply, err := xproto.GetProperty(d.conn, false, window, atom.Atom, xproto.GetPropertyTypeAny, 0, 1<<16).Reply()
	if err != nil {
		return nil
	}
	return reply.Value
}

// widget is one line of _TASUKI_TEXT.
type widget struct {
	role, label, state string
	rect
}

func (d *display) widgets(window uintptr) []widget {
	var out []widget
	for line := range strings.Lines(string(d.property(xproto.Window(window), "_TASUKI_TEXT"))) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "|")
		if len(parts) != 4 {
			d.t.Fatalf("_TASUKI_TEXT: %q", line)
		}
		w := widget{role: parts[0], label: parts[1], state: parts[3]}
		if _, err := fmt.Sscanf(parts[2], "%d,%d,%d,%d", &w.x, &w.y, &w.w, &w.h); err != nil {
			d.t.Fatal(err)
		}
		out = append(out, w)
	}
	return out
}

// has tells whether the window shows a widget with this role, label and, unless "*", state.
func (d *display) has(window uintptr, role, label, state string) bool {
	for _, w := range d.widgets(window) {
		if w.role == role && w.label == label && (state == "*" || w.state == state) {
			return true
		}
	}
	return false
}

// window waits for the only window of ui to be on the screen, with the keyboard where that is to be.
func (d *display) window(ui UI, keyboard bool) uintptr {
	d.t.Helper()
	var id uintptr
	defer func() {
		if d.t.Failed() {
			attributes, _ := xproto.GetWindowAttributes(d.conn, xproto.Window(id)).Reply()
			focus, _ := xproto.GetInputFocus(d.conn).Reply()
			d.t.Logf("windows %v, attributes %+v, focus %+v, WM_STATE %v", ui.Windows(), attributes, focus, d.property(xproto.Window(id), "WM_STATE"))
		}
	}()
	d.until("the window is shown", func() bool {
		all := ui.Windows()
		if len(all) != 1 {
			return false
		}
		id = all[0]
		attributes, err := xproto.GetWindowAttributes(d.conn, xproto.Window(id)).Reply()
		if err != nil || attributes.MapState != xproto.MapStateViewable {
			return false
		}
		focus, err := xproto.GetInputFocus(d.conn).Reply()
		return !keyboard || err == nil && uintptr(focus.Focus) == id
	})
	return id
}

func (d *display) xdotool(arguments ...string) {
	d.t.Helper()
	command := exec.Command("xdotool", arguments...)
	command.Env = append(os.Environ(), "DISPLAY="+d.name)
	if out, err := command.CombinedOutput(); err != nil {
		d.t.Fatalf("xdotool %q: %v: %s", arguments, err, out)
	}
}

// keys gives each character of s a key of its own for good, and types with these. (xdotool lends a key to a character the
// layout lacks only for a moment, which a busy program sees too late.)
func (d *display) keys(s string) {
	d.t.Helper()
	const first = 200 // evdev leaves these key codes empty
	var symbols []xproto.Keysym
	arguments := []string{"key"}
	for n, r := range []rune(s) {
		symbols = append(symbols, unicodeKeys+xproto.Keysym(r))
		arguments = append(arguments, strconv.Itoa(first+n))
	}
	if err := xproto.ChangeKeyboardMappingChecked(d.conn, byte(len(symbols)), first, 1, symbols).Check(); err != nil {
		d.t.Fatal(err)
	}
	d.xdotool(arguments...)
}

// click clicks the middle of a widget, once it can be used.
func (d *display) click(window uintptr, role, label string) {
	d.t.Helper()
	var found widget
	d.until(role+" "+label+" can be used", func() bool {
		for _, w := range d.widgets(window) {
			if w.role == role && w.label == label && !strings.Contains(w.state, "disabled") {
				found = w
				return true
			}
		}
		return false
	})
	d.xdotool("mousemove", "--window", strconv.Itoa(int(window)),
		strconv.Itoa(found.x+found.w/2), strconv.Itoa(found.y+found.h/2), "click", "1")
}
