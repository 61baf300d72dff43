//go:build unix && !darwin

package dialog

import (
	"context"
	"os/exec"
	"strings"
	"testing"

	"tasuki/helper/internal/need"
	"tasuki/helper/internal/text"
)

type answer struct {
	code Code
	ok   bool
}

func askCode(t *testing.T, server, problem string) (UI, <-chan answer) {
	t.Helper()
	ui := New()
	answers := make(chan answer, 1)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	go func() {
		code, ok := ui.AskCode(ctx, server, problem)
		answers <- answer{code, ok}
	}()
	return ui, answers
}

func TestAskCodeTyped(t *testing.T) {
	w := text.Current()
	for _, c := range []struct {
		name    string
		manager bool
		typed   string
	}{
		{"half width", true, "12345678"},
		{"grouped, without a window manager", false, "1234-56 78"},
		{"full width", true, "１２３４５６７８"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDisplay(t, c.manager)
			ui, answers := askCode(t, "https://support.example.com", "")
			id := d.window(ui, true)
			if !d.has(id, "button", w.Accept, "disabled") {
				t.Errorf("Accept can be pressed without a number: %v", d.widgets(id))
			}
			if c.typed[0] < 0x80 {
				d.xdotool("type", "--delay", "5", c.typed)
			} else {
				d.keys(c.typed)
			}
			d.until("the number is shown", func() bool {
				return d.has(id, "field", w.CodeLabel, "focused,value=1234 5678")
			})
			d.click(id, "button", w.Accept)
			if got := <-answers; got != (answer{Code{Digits: "12345678"}, true}) {
				t.Errorf("got %+v", got)
			}
			d.until("the window is gone", func() bool { return len(ui.Windows()) == 0 })
		})
	}
}

func TestAskCodePasted(t *testing.T) {
	need.Programs(t, "xclip")
	d := newDisplay(t, true)
	copier := exec.Command("xclip", "-selection", "clipboard", "-quiet", "-loops", "0")
	copier.Stdin = strings.NewReader("番号: 8765-4321\n")
	start(t, copier)
	ui, answers := askCode(t, "https://support.example.com", "")
	id := d.window(ui, true)
	d.until("the number is pasted", func() bool {
		d.xdotool("key", "ctrl+v")
		return d.has(id, "field", text.Current().CodeLabel, "focused,value=8765 4321")
	})
	d.xdotool("key", "Return")
	if got := <-answers; got != (answer{Code{Digits: "87654321"}, true}) {
		t.Errorf("got %+v", got)
	}
}

func TestAskCodeServer(t *testing.T) {
	d := newDisplay(t, true)
	w := text.Current()
	ui, answers := askCode(t, "", "")
	id := d.window(ui, true)
	d.xdotool("type", "--delay", "20", "http://support.example.com")
	d.xdotool("key", "Tab")
	d.xdotool("type", "--delay", "20", "11223344")
	d.xdotool("key", "Return")
	d.until("the address is refused", func() bool { return d.has(id, "problem", w.ServerInvalid, "") })
	d.xdotool("key", "shift+Tab", "ctrl+a")
	d.xdotool("type", "--delay", "20", "support.example.com")
	d.click(id, "button", w.Accept)
	if got := <-answers; got != (answer{Code{"11223344", "https://support.example.com"}, true}) {
		t.Errorf("got %+v", got)
	}
}

func TestAskCodeCancelled(t *testing.T) {
	w := text.Current()
	for _, c := range []struct {
		name string
		act  func(*display, uintptr)
	}{
		{"button", func(d *display, id uintptr) { d.click(id, "button", w.Cancel) }},
		{"escape", func(d *display, _ uintptr) { d.xdotool("key", "Escape") }},
		{"tab and space", func(d *display, _ uintptr) { d.xdotool("key", "Tab", "space") }},
		{"close box", func(d *display, _ uintptr) { d.xdotool("key", "alt+F4") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDisplay(t, true)
			ui, answers := askCode(t, "https://support.example.com", w.CodeRefused)
			id := d.window(ui, true)
			if !d.has(id, "problem", w.CodeRefused, "") || !d.has(id, "hint", w.CodeExplained, "") {
				t.Errorf("the problem is not shown: %v", d.widgets(id))
			}
			c.act(d, id)
			if got := <-answers; got.ok {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestConsent(t *testing.T) {
	d := newDisplay(t, true)
	w := text.Current()
	ui := New()
	ask := func() <-chan bool {
		answers := make(chan bool, 1)
		go func() { answers <- ui.AskConsent(t.Context(), "Eve\u202e\nasks", []string{"sees|all", "operates"}) }()
		return answers
	}
	answers := ask()
	id := d.window(ui, true)
	if !d.has(id, "heading", "Eve asks", "") || !d.has(id, "point", "sees/all", "") {
		t.Errorf("widgets: %v", d.widgets(id))
	}
	d.click(id, "button", w.Accept)
	if !<-answers {
		t.Error("Accept said no")
	}
	answers = ask()
	d.window(ui, true)
	// A stray Enter says no.
	d.xdotool("key", "Return")
	if <-answers {
		t.Error("Enter said yes")
	}
}

// Without a display nobody can be asked: every question is answered with no.
func TestHeadless(t *testing.T) {
	t.Setenv("DISPLAY", "")
	ui := New()
	if _, ok := ui.AskCode(t.Context(), "", ""); ok {
		t.Error("AskCode said yes")
	}
	if ui.AskConsent(t.Context(), "x", nil) {
		t.Error("AskConsent said yes")
	}
	cancelled := make(chan struct{})
	ui.ShowConnected(Session{}, Events{Cancel: func() { close(cancelled) }}).Close()
	<-cancelled
}

// A display that goes away counts as a no, and as the end of a session.
func TestDisplayLost(t *testing.T) {
	d := newDisplay(t, false)
	ui, answers := askCode(t, "https://support.example.com", "")
	id := d.window(ui, true)
	d.xdotool("windowkill", text10(id))
	if got := <-answers; got.ok {
		t.Errorf("got %+v", got)
	}
}
