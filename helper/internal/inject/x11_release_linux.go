package inject

import (
	"errors"
	"slices"

	"github.com/jezek/xgb/xproto"
)

// ReleaseAll leaves borrowed keycodes to the timer: they press nothing, and taking them back must wait.
func (x *x11) ReleaseAll() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed || x.gone.Load() {
		return ErrUnsupported
	}
	return x.releaseAll()
}

func (x *x11) releaseAll() error {
	var released []token
	// Latest first: a key goes up before the modifier it was pressed with.
	for _, t := range slices.Backward(x.down) {
		if kind, _, _ := t.parse(); kind != "map" || !x.text.lent(xproto.Keycode(t.number())) {
			x.letGo(t)
			released = append(released, t)
		}
	}
	x.wheelX, x.wheelY = notches{}, notches{}
	return x.confirm(released...)
}

// letGo asks the server to release; confirm strikes out what it has released, and keeps it for the guard when it is gone.
func (x *x11) letGo(t token) {
	kind, name, _ := t.parse()
	switch kind {
	case "key":
		if code, ok := x11Keycode(name); ok {
			x.fake(xproto.KeyRelease, code, point{})
		}
	case "code":
		x.fake(xproto.KeyRelease, byte(t.number()), point{})
	case "button":
		if b, ok := x11Button(t.number()); ok {
			x.fake(xproto.ButtonRelease, b, point{})
		}
	case "map":
		x.text.forget(x, xproto.Keycode(t.number()))
	}
}

func (x *x11) confirm(released ...token) error {
	if err := x.sync(); err != nil {
		return err
	}
	for _, t := range released {
		x.release(t)
	}
	return nil
}

// giveBack lets go of everything and takes back every borrowed keycode, as far as the connection lives.
func (x *x11) giveBack() error {
	x.text.stopTimer()
	if x.gone.Load() {
		return nil
	}
	return errors.Join(x.releaseAll(), x.text.restore(x))
}

func (x *x11) watchHeld(f func(t token, down bool), lost func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.holding.watch, x.holding.lost = f, lost
	if x.gone.Load() && !x.closed {
		x.handOver()
	}
}

func (x *x11) adopt(t token) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if kind, _, _ := t.parse(); (kind == "code" || kind == "map") && (t.number() < int(x.min) || t.number() > int(x.max)) {
		return ErrUnsupported
	}
	return x.holding.adopt(t, "key", "button", "code", "map")
}

// Close may be called while another method runs: a text under way ends at the next character.
func (x *x11) Close() error {
	x.stop.Store(true)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	err := x.giveBack()
	_ = x.watch.Close()
	x.conn.Close()
	return err
}
