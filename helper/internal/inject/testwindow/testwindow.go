//go:build linux

// Package testwindow is a plain X window for tests: it reads keys as toolkits do (keycode and state to keysym to
// character, with the layout as the server last announced it) and remembers what reached it.
package testwindow

import (
	"fmt"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Options of a window. The zero value is a 300×200 window at the left top that a window manager would decorate.
type Options struct {
	Title            string
	X, Y             int16
	Width, Height    uint16
	OverrideRedirect bool
	// TransientFor: the window this one is a dialog of; 0: none.
	TransientFor uint32
	// OnEvent hears every event as a line of text, from the window's own goroutine.
	OnEvent func(line string)
}

// Window collects what reaches it. Close it when done.
type Window struct {
	ID   uint32
	conn *xgb.Conn
	on   func(string)

	mu      sync.Mutex
	text    []rune
	events  []string
	focused bool
	mapped  bool
	first   xproto.Keycode
	width   int
	syms    []xproto.Keysym
	stale   bool
}

// Open shows a window on the display and starts to listen.
func Open(display string, o Options) (*Window, error) {
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, err
	}
	if o.Width == 0 {
		o.Width, o.Height = 300, 200
	}
	setup := xproto.Setup(conn)
	screen := setup.DefaultScreen(conn)
	id, err := xproto.NewWindowId(conn)
	if err != nil {
		conn.Close()
		return nil, err
	}
	redirect := uint32(0)
	if o.OverrideRedirect {
		redirect = 1
	}
	events := uint32(xproto.EventMaskKeyPress | xproto.EventMaskKeyRelease | xproto.EventMaskButtonPress | xproto.EventMaskButtonRelease |
		xproto.EventMaskPointerMotion | xproto.EventMaskFocusChange | xproto.EventMaskStructureNotify | xproto.EventMaskExposure)
	err = xproto.CreateWindowChecked(conn, screen.RootDepth, id, screen.Root, o.X, o.Y, o.Width, o.Height, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwBackPixel|xproto.CwOverrideRedirect|xproto.CwEventMask,
		[]uint32{screen.WhitePixel, redirect, events}).Check()
	if err != nil {
		conn.Close()
		return nil, err
	}
	xproto.ChangeProperty(conn, xproto.PropModeReplace, id, xproto.AtomWmName, xproto.AtomString, 8, uint32(len(o.Title)), []byte(o.Title))
	// WM_NORMAL_HINTS with USPosition, so that a window manager leaves the window where it was put.
	hints := make([]byte, 18*4)
	hints[0] = 1
	xproto.ChangeProperty(conn, xproto.PropModeReplace, id, xproto.AtomWmNormalHints, xproto.AtomWmSizeHints, 32, 18, hints)
	if o.TransientFor != 0 {
		value := make([]byte, 4)
		xgb.Put32(value, o.TransientFor)
		xproto.ChangeProperty(conn, xproto.PropModeReplace, id, xproto.AtomWmTransientFor, xproto.AtomWindow, 32, 1, value)
	}
	w := &Window{ID: uint32(id), conn: conn, on: o.OnEvent, first: setup.MinKeycode, stale: true}
	xproto.MapWindow(conn, id)
	go w.listen(byte(setup.MaxKeycode - setup.MinKeycode + 1))
	return w, nil
}

// Close takes the window away.
func (w *Window) Close() { w.conn.Close() }

// Focus gives it the keys, as a click would where a window manager runs.
func (w *Window) Focus() error {
	return xproto.SetInputFocusChecked(w.conn, xproto.InputFocusParent, xproto.Window(w.ID), xproto.TimeCurrentTime).Check()
}

// Text is what was typed, in characters.
func (w *Window) Text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return string(w.text)
}

// Events are what happened, for example "press 1 10,20", "release 1 10,20", "move 3,4", "down 38", "up 38".
func (w *Window) Events() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.events...)
}

// Clear forgets what was collected.
func (w *Window) Clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text, w.events = nil, nil
}

// Focused and Mapped tell how the window stands.
func (w *Window) Focused() bool { w.mu.Lock(); defer w.mu.Unlock(); return w.focused }
func (w *Window) Mapped() bool  { w.mu.Lock(); defer w.mu.Unlock(); return w.mapped }

func (w *Window) listen(count byte) {
	for {
		ev, err := w.conn.WaitForEvent()
		if ev == nil && err == nil {
			return
		}
		switch e := ev.(type) {
		case xproto.MappingNotifyEvent:
			w.stale = true
		case xproto.KeyPressEvent:
			w.key(e, count)
		case xproto.KeyReleaseEvent:
			w.add("up %d", e.Detail)
		case xproto.ButtonPressEvent:
			w.add("press %d %d,%d", e.Detail, e.EventX, e.EventY)
		case xproto.ButtonReleaseEvent:
			w.add("release %d %d,%d", e.Detail, e.EventX, e.EventY)
		case xproto.MotionNotifyEvent:
			w.add("move %d,%d", e.EventX, e.EventY)
		case xproto.FocusInEvent:
			w.set(func() { w.focused = true })
		case xproto.FocusOutEvent:
			w.set(func() { w.focused = false })
		case xproto.MapNotifyEvent:
			w.set(func() { w.mapped = true })
		}
	}
}

func (w *Window) set(f func()) { w.mu.Lock(); defer w.mu.Unlock(); f() }

func (w *Window) add(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	w.set(func() { w.events = append(w.events, line) })
	if w.on != nil {
		w.on(line)
	}
}

// key reads the layout only when a key arrives after a change, which is late, as in real programs.
func (w *Window) key(e xproto.KeyPressEvent, count byte) {
	if w.stale {
		reply, err := xproto.GetKeyboardMapping(w.conn, w.first, count).Reply()
		if err != nil {
			return
		}
		w.stale, w.width, w.syms = false, int(reply.KeysymsPerKeycode), reply.Keysyms
	}
	r, ok := w.character(e.Detail, e.State)
	if ok {
		w.set(func() { w.text = append(w.text, r) })
	}
	w.add("down %d %d %q", e.Detail, e.State&^(1<<4), string(r))
}

// character follows the rules of the X protocol for groups, Shift and Lock.
func (w *Window) character(code xproto.Keycode, state uint16) (rune, bool) {
	at := int(code-w.first) * w.width
	if at+w.width > len(w.syms) || state&(xproto.ModMaskControl|xproto.ModMask1|xproto.ModMask4) != 0 {
		return 0, false
	}
	syms := w.syms[at : at+w.width]
	if state>>13&3 == 1 && w.width >= 4 && (syms[2] != 0 || syms[3] != 0) {
		syms = syms[2:4]
	}
	low, high := syms[0], xproto.Keysym(0)
	if len(syms) > 1 {
		high = syms[1]
	}
	letter := low >= 'a' && low <= 'z'
	if high == 0 {
		high = low
		if letter {
			high = low - 'a' + 'A'
		}
	}
	shift, lock := state&xproto.ModMaskShift != 0, state&xproto.ModMaskLock != 0
	if shift != (lock && letter) {
		return rune0(high)
	}
	return rune0(low)
}

func rune0(s xproto.Keysym) (rune, bool) {
	switch {
	case s == 0xff0d:
		return '\n', true
	case s == 0xff09:
		return '\t', true
	case s >= 0x20 && s <= 0x7e || s >= 0xa0 && s <= 0xff:
		return rune(s), true
	case s > 0x01000000 && s <= 0x0110ffff:
		return rune(s & 0xffffff), true
	}
	return 0, false
}
