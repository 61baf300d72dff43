package inject

import (
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// x11Button translates a browser's button; 4 to 7 are the wheel on X.
func x11Button(button int) (byte, bool) {
	buttons := []byte{1, 2, 3, 8, 9}
	if button < 0 || button >= len(buttons) {
		return 0, false
	}
	return buttons[button], true
}

// target finds the pixel and checks that it is on the screen: the server would move the pointer to the nearest edge
// instead, which may be another window.
func (x *x11) target(s Surface, fx, fy float64) (point, rect, xproto.Window, error) {
	if s == rootSurface {
		return point{}, rect{}, 0, ErrUnknownSurface
	}
	r, w, err := x.place(s)
	if err != nil {
		if x.stop.Load() {
			err = ErrUnsupported
		}
		return point{}, rect{}, 0, err
	}
	p, err := r.at(fx, fy)
	if err != nil {
		return point{}, rect{}, 0, err
	}
	if w != 0 {
		whole, _, err := x.place(rootSurface)
		if err != nil || !whole.contains(p) {
			return point{}, rect{}, 0, ErrOutside
		}
	}
	return p, r, w, nil
}

func (x *x11) Move(s Surface, fx, fy float64) error {
	defer x.mu.Unlock()
	if err := x.begin(); err != nil {
		return err
	}
	p, err := x.aim(s, fx, fy)
	if err != nil {
		return err
	}
	x.fake(xproto.MotionNotify, 0, p)
	return nil
}

// aim finds the pixel for a move and checks it. What fails is looked at once more without the cache: the window may have
// moved a moment ago.
func (x *x11) aim(s Surface, fx, fy float64) (point, error) {
	_, cached := x.rects[s]
	p, r, w, err := x.target(s, fx, fy)
	if err == nil {
		err = x.mayMove(p, r, w)
	}
	if err == ErrOutside && cached {
		delete(x.rects, s)
		return x.aim(s, fx, fy)
	}
	return p, err
}

func (x *x11) Button(s Surface, fx, fy float64, button int, down bool) error {
	b, ok := x11Button(button)
	if !ok {
		return ErrUnsupported
	}
	defer x.mu.Unlock()
	if err := x.begin(); err != nil {
		return err
	}
	held := x.has(buttonToken(button))
	if down == held {
		return nil
	}
	if !down {
		return x.buttonUp(s, fx, fy, button)
	}
	return x.act(s, fx, fy, true, func() {
		x.click.at = time.Now()
		x.press(buttonToken(button))
		x.fake(xproto.ButtonPress, b, point{})
	})
}

// buttonUp always lets go; where the point is refused, the button goes up where the pointer is.
func (x *x11) buttonUp(s Surface, fx, fy float64, button int) error {
	p, err := x.aim(s, fx, fy)
	if err == nil {
		x.fake(xproto.MotionNotify, 0, p)
	}
	t := buttonToken(button)
	x.letGo(t)
	if gone := x.confirm(t); gone != nil {
		return gone
	}
	return err
}

func (x *x11) Wheel(s Surface, fx, fy, dx, dy float64) error {
	defer x.mu.Unlock()
	if err := x.begin(); err != nil {
		return err
	}
	v, h := x.wheelY.add(dy), x.wheelX.add(dx)
	return x.act(s, fx, fy, false, func() {
		x.clicks(v, 4, 5)
		x.clicks(h, 6, 7)
	})
}

func (x *x11) clicks(n int, back, forward byte) {
	b := forward
	if n < 0 {
		b, n = back, -n
	}
	for range n {
		x.fake(xproto.ButtonPress, b, point{})
		x.fake(xproto.ButtonRelease, b, point{})
	}
}

// act moves to the point and does what presses, if that is allowed. Check and press happen while no other program can
// open a window in between (GrabServer).
func (x *x11) act(s Surface, fx, fy float64, raise bool, press func()) error {
	// A press must hit where the window is now, not where it was a moment ago.
	delete(x.rects, s)
	p, _, w, err := x.target(s, fx, fy)
	if err != nil {
		return err
	}
	if raise && w != 0 {
		if len(x.confined) > 0 && !slices.Contains(x.confined, w) {
			return ErrOutside
		}
		x.last = w
		if x.mayPoint(p, w) == ErrOutside {
			x.activate(w)
			until(raiseTime, func() bool { return x.mayPoint(p, w) != ErrOutside })
		}
	} else if raise && len(x.confined) > 0 {
		x.last = x.chosenAt(p)
	}
	if w != 0 || x.protectFocused || len(x.confined)+len(x.shielded) > 0 {
		xproto.GrabServer(x.conn)
		defer func() {
			xproto.UngrabServer(x.conn)
			_ = x.sync()
		}()
	}
	if err := x.mayPoint(p, w); err != nil {
		return err
	}
	if err := x.mayPress(p); err != nil {
		return err
	}
	x.fake(xproto.MotionNotify, 0, p)
	if !x.pointerIs(p) {
		return ErrOutside
	}
	press()
	if x.stop.Load() {
		return ErrUnsupported
	}
	return nil
}

// pointerIs tells whether the pointer arrived: it cannot enter the dead corners between monitors of different size.
func (x *x11) pointerIs(p point) bool {
	reply, err := xproto.QueryPointer(x.conn, x.root).Reply()
	if err != nil || reply == nil {
		x.lost()
		return false
	}
	return int(reply.RootX) == p.x && int(reply.RootY) == p.y
}

// mayPress refuses clicks and the wheel into the window that has the focus, while that is protected.
func (x *x11) mayPress(p point) error {
	if !x.protectFocused {
		return nil
	}
	focus, under := x.focusChain(), x.chainAt(p)
	if len(focus) > 0 && len(under) > 0 && focus[0] == under[0] {
		return ErrProtected
	}
	return nil
}

// chosenAt is the chosen window under p, or the one addressed last.
func (x *x11) chosenAt(p point) xproto.Window {
	for _, w := range x.chainAt(p) {
		if slices.Contains(x.confined, w) {
			return w
		}
	}
	return x.last
}

// Confine limits input to these windows (RS-114): all must be windows that are there.
func (x *x11) Confine(windows []Surface) error {
	defer x.mu.Unlock()
	if err := x.begin(); err != nil {
		return err
	}
	var chosen []xproto.Window
	for _, s := range windows {
		if s.Kind != "window" {
			return ErrUnknownSurface
		}
		w, err := windowID(s)
		if err != nil {
			return err
		}
		if _, err := x.windowRect(w); err != nil || w == x.root {
			return ErrUnknownSurface
		}
		chosen = append(chosen, w)
	}
	x.confined, x.seen = chosen, approved{}
	if !slices.Contains(chosen, x.last) {
		x.last = 0
	}
	return nil
}
