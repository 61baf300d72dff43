package inject

import (
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
	// dialog or menu of. Empty: none. exact asks for what a click would hit, even where that takes longer to find out.
	under(p point, exact bool) []uintptr
	focused() []uintptr
	// ours tells whether a top-level window belongs to this very process.
	ours(w uintptr) bool
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
	// altGr tells whether the right Alt key chooses characters on the present layout, instead of being an Alt key.
	altGr() bool
	close()
}

// driven is an Injector on top of a driver.
type driven struct {
	mu   sync.Mutex
	d    driver
	stop atomic.Bool
	own  *ownInput

	holding
	stuck  stuck
	repeat repeater

	confined       []uintptr
	last           uintptr // the window addressed last
	click          click
	protect        func() []uintptr
	protectFocused bool
}

var (
	_ Injector = (*driven)(nil)
	_ guarded  = (*driven)(nil)
)

func newDriven(d driver, own *ownInput) *driven { return &driven{d: d, own: own} }

// begin locks and tells whether the injector is alive; the caller unlocks in any case.
func (b *driven) begin() error {
	b.mu.Lock()
	if b.stop.Load() {
		return ErrUnsupported
	}
	b.retry()
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

// Close may be called while another method runs: a text under way ends at the next character.
func (b *driven) Close() error {
	if b.stop.Swap(true) {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.releaseAll()
	if len(b.down) > 0 {
		b.handOver()
	}
	b.d.close()
	return err
}

func (b *driven) watchHeld(f func(t token, down bool), lost func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.holding.watch, b.holding.lost = f, lost
}

func (b *driven) adopt(t token) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.holding.adopt(t, "key", "button")
}

// raiseTime is how long a window may take to come to the front.
const raiseTime = 300 * time.Millisecond

// focusTime is how long a desktop may take to give the focus to the window that was clicked.
const focusTime = 500 * time.Millisecond

// click is when a button was pressed last.
type click struct{ at time.Time }

// settle waits for done while the focus may still be on its way to what was clicked.
func (c click) settle(done func() bool) {
	if rest := time.Until(c.at.Add(focusTime)); rest > 0 {
		until(rest, done)
	}
}

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
