package inject

import (
	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/keys"
)

func x11Keycode(code string) (byte, bool) {
	k, ok := keys.Lookup(code)
	if !ok {
		return 0, false
	}
	return k.X11Keycode()
}

// Key leaves repeating to the X server: it repeats a key that is down, so repeated presses from afar are dropped.
func (x *x11) Key(code string, down bool) error {
	keycode, ok := x11Keycode(code)
	if !ok {
		return ErrUnsupported
	}
	defer x.mu.Unlock()
	if err := x.begin(); err != nil {
		return err
	}
	t := keyToken(code)
	if down == x.has(t) {
		return nil
	}
	if !down {
		x.letGo(t)
		return x.confirm(t)
	}
	return x.pressChecked(code, func() {
		x.press(t)
		x.fake(xproto.KeyPress, keycode, point{})
	})
}

// pressChecked presses if the window that has the focus may get keys; check and press are one step for other programs.
func (x *x11) pressChecked(code string, press func()) error {
	if err := x.focusChosen(code); err != nil {
		return err
	}
	if x.protectFocused || len(x.shielded) > 0 || len(x.confined) > 0 {
		xproto.GrabServer(x.conn)
		defer xproto.UngrabServer(x.conn)
		if err := x.mayType(code); err != nil {
			return err
		}
	}
	press()
	return x.sync()
}

// mayType checks the window that gets keys now. code "" stands for text.
func (x *x11) mayType(code string) error {
	if x.protectFocused {
		return ErrProtected
	}
	if len(x.shielded) == 0 && len(x.confined) == 0 {
		return nil
	}
	chain := x.focusChain()
	if x.protected(chain) {
		return ErrProtected
	}
	if len(x.confined) == 0 {
		return nil
	}
	if x.leaves(code) {
		return ErrOutside
	}
	if !x.within(chain, x.addressed()) {
		return ErrOutside
	}
	return nil
}

func (x *x11) leaves(code string) bool {
	return code != "" && leavesWindow(append(x.keys(), code), x.altGr)
}

// addressed are the chosen windows that may get keys: the one addressed last, all of them before the first.
func (x *x11) addressed() []xproto.Window {
	if x.last != 0 {
		return []xproto.Window{x.last}
	}
	return x.confined
}

// focusChosen gives the focus to the chosen window addressed last, if no chosen one has it. A window that was just clicked
// gets it from the desktop: until then the key of a combination must not be lost, as the next would be another command.
func (x *x11) focusChosen(code string) error {
	err := x.mayType(code)
	if err == ErrProtected && !x.protectFocused {
		x.click.settle(func() bool { err = x.mayType(code); return err != ErrProtected })
	}
	if err != ErrOutside || x.last == 0 || x.leaves(code) {
		return err
	}
	x.activate(x.last)
	until(raiseTime, func() bool { err = x.mayType(code); return err != ErrOutside })
	return err
}

// SecureAttention is plain Ctrl+Alt+Del here: X has no secure attention key, the desktop decides what it means.
func (x *x11) SecureAttention() error {
	combination := []string{"ControlLeft", "AltLeft", "Delete"}
	var pressed []string
	var err error
	for _, code := range combination {
		if err = x.Key(code, true); err != nil {
			break
		}
		pressed = append(pressed, code)
	}
	for i := len(pressed) - 1; i >= 0; i-- {
		if e := x.Key(pressed[i], false); err == nil {
			err = e
		}
	}
	return err
}
