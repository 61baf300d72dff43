package inject

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tasuki/helper/internal/keys"
)

// driver is what a system must be able to do; driven adds the rules that are the same on all of them. (X11 has its own
// injector: it can make check and press one step, and must borrow keycodes.)
type driver interface {
	info() Info
	// place finds a surface in desktop pixels; window is 0 for a monitor.
	place(s Surface) (r rect, window uintptr, err error)
	// under and focused name the top-level window at a point, and the one that gets keys, followed by the windows it is a
	// dialog or menu of. Empty: none.
	under(p point) []uintptr
	focused() []uintptr
	// top is the top-level window that w lies in; 0 when it is gone.
	top(w uintptr) uintptr
	// activate asks for a window to come to the front with the focus.
	activate(w uintptr)
	// move moves the pointer; held are the buttons that are down.
	move(p point, held []int) error
	button(p point, button int, down bool) error
	wheel(p point, dx, dy float64) error
	// key presses or releases; repeat marks a press of a key that is down already.
	key(k keys.Key, down, repeat bool) error
	// unicode types one character, given as UTF-16.
	unicode(units []uint16) error
	secureAttention() error
	close()
}

// driven is an Injector on top of a driver.
type driven struct {
	mu   sync.Mutex
	d    driver
	stop atomic.Bool
	own  *ownInput

	holding
	repeat repeater

	confined       []uintptr
	last           uintptr
	protect        func() []uintptr
	protectFocused bool
}

var (
	_ Injector = (*driven)(nil)
	_ guarded  = (*driven)(nil)
)

func newDriven(d driver, own *ownInput) *driven { return &driven{d: d, own: own} }

func (b *driven) begin() error {
	b.mu.Lock()
	if b.stop.Load() {
		return ErrUnsupported
	}
	return nil
}

func (b *driven) Info() Info {
	if b.stop.Load() {
		return Info{Backend: "none", Reason: ReasonNoDisplay}
	}
	return b.d.info()
}

func (b *driven) OwnInput() <-chan struct{} { return b.own.channel }

func (b *driven) Protect(windows func() []uintptr) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.protect = windows
}

func (b *driven) ProtectFocused(on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.protectFocused = on
	if on {
		b.repeat.stop()
	}
}

func (b *driven) isProtected(chain []uintptr) bool {
	if b.protect == nil || len(chain) == 0 {
		return false
	}
	return slices.ContainsFunc(b.protect(), func(w uintptr) bool { return w == chain[0] || b.d.top(w) == chain[0] })
}

func meets(chain, windows []uintptr) bool {
	return slices.ContainsFunc(chain, func(w uintptr) bool { return slices.Contains(windows, w) })
}

// mayPoint checks the window under p: allowed are the chosen windows and their dialogs and menus, nothing else.
func (b *driven) mayPoint(p point, surface uintptr, press bool) error {
	targets := b.confined
	if surface != 0 {
		surface = b.d.top(surface)
		if len(b.confined) > 0 && !slices.Contains(b.confined, surface) {
			return ErrOutside
		}
		targets = []uintptr{surface}
	}
	if len(targets) == 0 && b.protect == nil && !(press && b.protectFocused) {
		return nil
	}
	chain := b.d.under(p)
	if b.isProtected(chain) {
		return ErrProtected
	}
	if len(targets) > 0 && !meets(chain, targets) {
		return ErrOutside
	}
	if focus := b.d.focused(); press && b.protectFocused && len(focus) > 0 && len(chain) > 0 && focus[0] == chain[0] {
		return ErrProtected
	}
	return nil
}

func (b *driven) target(s Surface, x, y float64) (point, uintptr, error) {
	r, w, err := b.d.place(s)
	if err != nil {
		return point{}, 0, err
	}
	p, err := r.at(x, y)
	return p, w, err
}

func (b *driven) heldButtons() []int {
	var held []int
	for _, t := range b.down {
		if kind, _, _ := t.parse(); kind == "button" {
			held = append(held, t.number())
		}
	}
	return held
}

func (b *driven) Move(s Surface, x, y float64) error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	p, w, err := b.target(s, x, y)
	if err == nil {
		err = b.mayPoint(p, w, false)
	}
	if err != nil {
		return err
	}
	return b.d.move(p, b.heldButtons())
}

func (b *driven) Button(s Surface, x, y float64, button int, down bool) error {
	if button < 0 || button > 4 {
		return ErrUnsupported
	}
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	t := buttonToken(button)
	if down == b.has(t) {
		return nil
	}
	p, w, err := b.target(s, x, y)
	if err == nil && down && (w != 0 || len(b.confined) > 0) {
		p, err = b.raise(s, x, y, p, w)
	}
	if err == nil {
		err = b.mayPoint(p, w, down)
	}
	if err == nil {
		err = b.d.move(p, b.heldButtons())
	}
	switch {
	case !down:
		// Up it goes in any case; where the point is refused, where the pointer is.
		if up := b.d.button(p, button, false); err == nil {
			err = up
		}
		b.release(t)
		return err
	case err != nil:
		return err
	}
	b.press(t)
	return b.d.button(p, button, true)
}

// raise brings the addressed window to the front when another one covers it, and finds the point again.
func (b *driven) raise(s Surface, x, y float64, p point, w uintptr) (point, error) {
	if w == 0 {
		if i := slices.IndexFunc(b.d.under(p), func(u uintptr) bool { return slices.Contains(b.confined, u) }); i >= 0 {
			b.last = b.d.under(p)[i]
		}
		return p, nil
	}
	top := b.d.top(w)
	if len(b.confined) > 0 && !slices.Contains(b.confined, top) {
		return p, ErrOutside
	}
	b.last = top
	if b.mayPoint(p, w, true) != ErrOutside {
		return p, nil
	}
	b.d.activate(top)
	until(raiseTime, func() bool { return b.mayPoint(p, w, true) != ErrOutside })
	p, _, err := b.target(s, x, y)
	return p, err
}

func (b *driven) Wheel(s Surface, x, y, dx, dy float64) error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	p, w, err := b.target(s, x, y)
	if err == nil {
		err = b.mayPoint(p, w, true)
	}
	if err == nil {
		err = b.d.move(p, b.heldButtons())
	}
	if err != nil {
		return err
	}
	return b.d.wheel(p, bounded(dx), bounded(dy))
}

func (b *driven) SecureAttention() error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	if len(b.confined) > 0 {
		return ErrOutside
	}
	return b.d.secureAttention()
}

func (b *driven) ReleaseAll() error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	return b.releaseAll()
}

func (b *driven) Confine(windows []Surface) error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	var chosen []uintptr
	for _, s := range windows {
		if s.Kind != "window" {
			return ErrUnknownSurface
		}
		_, w, err := b.d.place(s)
		if err != nil {
			return err
		}
		chosen = append(chosen, b.d.top(w))
	}
	b.confined = chosen
	if !slices.Contains(chosen, b.last) {
		b.last = 0
	}
	b.repeat.stop()
	return nil
}

// Close may be called while another method runs: a text under way ends at the next character.
func (b *driven) Close() error {
	if b.stop.Swap(true) {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.releaseAll()
	b.d.close()
	return err
}

func (b *driven) watchHeld(f func(t token, down bool)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.holding.watch = f
}

func (b *driven) adopt(t token) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.holding.adopt(t, "key", "button")
}

// raiseTime is how long a window may take to come to the front.
const raiseTime = 300 * time.Millisecond

// until asks done every few milliseconds; the desktop does not tell when it has finished.
func until(patience time.Duration, done func() bool) bool {
	for deadline := time.Now().Add(patience); ; time.Sleep(3 * time.Millisecond) {
		if done() {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}
