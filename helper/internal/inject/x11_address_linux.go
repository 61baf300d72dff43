package inject

import (
	"slices"

	"github.com/jezek/xgb/xproto"
)

// Address raises the window and gives it the focus, with the pointer left alone. Protected windows are not brought forward.
func (x *x11) Address(s Surface) error {
	defer x.mu.Unlock()
	if err := x.begin(); err != nil {
		return err
	}
	if s == rootSurface {
		return ErrUnknownSurface
	}
	delete(x.rects, s)
	_, w, err := x.place(s)
	switch {
	case err != nil && x.stop.Load():
		return ErrUnsupported
	case err != nil || w == 0:
		return err
	case len(x.confined) > 0 && !slices.Contains(x.confined, w):
		return ErrOutside
	case x.protected(x.ancestry(w)):
		return ErrProtected
	}
	x.last = w
	has := func() bool { return x.within(x.focusChain(), []xproto.Window{w}) }
	if has() {
		return nil
	}
	x.activate(w)
	if !until(raiseTime, has) {
		return ErrOutside
	}
	return nil
}
