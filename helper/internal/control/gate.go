// Package control decides what remote input may do: mode ∩ the person's grant ∩ what is shared ∩ nobody of the computer's
// own is at mouse and keyboard. It is the only way to the injector, and the source of truth for the grants.
package control

import (
	"sync"
	"time"

	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/protocol"
)

// State is what holds now.
type State struct {
	Grants protocol.Grants
	// Configured: the host's page has said what is shared; before, nothing is allowed.
	Configured bool
	// Paused: the person's own input keeps the remote one away.
	Paused bool
	// Guarded: remote input keeps off the focused window, as the Tasuki page has the focus.
	Guarded bool
	// Refused counts messages that were dropped.
	Refused int
	// Info is what the injector can do.
	Info inject.Info
}

// Gate stands before one injector. All methods may be called from any goroutine.
type Gate struct {
	mode    protocol.Mode
	changed chan struct{}
	clock   clock

	// hands is held around every call of the injector; whoever has it knows that nothing is being pressed. Taken before mu.
	hands    sync.Mutex
	injector inject.Injector
	held     held

	mu        sync.Mutex
	state     State
	surfaces  []inject.Surface
	operable  bool
	connected bool
	over      bool
	queue     []waiting
	wanted    modifiers
	wake      *sync.Cond
	touched   time.Time
	config    protocol.HostLineConfig

	closing sync.Once
	done    chan struct{}
}

// New stands before injector, which it uses alone from now on; Close gives everything back, the injector included.
// windows are the helper's own, which input must not reach.
func New(injector inject.Injector, mode protocol.Mode, windows func() []uintptr) *Gate {
	return newGate(injector, mode, windows, systemClock)
}

func newGate(injector inject.Injector, mode protocol.Mode, windows func() []uintptr, clock clock) *Gate {
	g := &Gate{mode: mode, changed: make(chan struct{}, 1), clock: clock, injector: injector, done: make(chan struct{})}
	g.wake = sync.NewCond(&g.mu)
	g.state.Info = injector.Info()
	injector.Protect(windows)
	go g.work()
	go g.watch(injector.OwnInput())
	return g
}

// Operates tells whether anybody operates anything from afar in this mode.
func Operates(mode protocol.Mode) bool {
	return mode == protocol.ModeControl || mode == protocol.ModeShare
}

// HasClipboard tells whether the mode has a clipboard at all.
func HasClipboard(mode protocol.Mode) bool { return mode == protocol.ModeControl }

// Changed receives when the state is another one than before. Capacity 1; never closed.
func (g *Gate) Changed() <-chan struct{} { return g.changed }

// State is what holds now.
func (g *Gate) State() State {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.state
}

// MayClipboard tells whether text of the clipboard may cross now.
func (g *Gate) MayClipboard() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return !g.over && g.connected && g.state.Grants.Clipboard && HasClipboard(g.mode)
}

// Refuse counts a message that was dropped before it came here.
func (g *Gate) Refuse() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.state.Refused++
	g.tell()
}

// tell is called with mu held.
func (g *Gate) tell() {
	select {
	case g.changed <- struct{}{}:
	default:
	}
}

// allowed is called with mu held.
func (g *Gate) allowed() bool {
	return !g.over && g.connected && g.state.Configured && g.operable && g.state.Grants.Input && !g.state.Paused &&
		Operates(g.mode)
}

// Close lets go of everything, for good.
func (g *Gate) Close() error {
	g.shut(func() { g.over = true })
	var err error
	g.closing.Do(func() {
		close(g.done)
		g.hands.Lock()
		defer g.hands.Unlock()
		err = g.injector.Close()
	})
	return err
}

// shut makes a change after which less is allowed. When it returns everything is released, and nothing that was allowed
// before is injected any more.
func (g *Gate) shut(change func()) {
	g.mu.Lock()
	change()
	g.drop()
	g.mu.Unlock()
	g.hands.Lock()
	defer g.hands.Unlock()
	g.release()
}

// drop empties the queue; with mu held.
func (g *Gate) drop() {
	g.state.Refused += len(g.queue)
	g.queue = nil
	g.wake.Broadcast()
	g.tell()
}

// release is called with hands held.
func (g *Gate) release() {
	g.held.clear()
	// There is nothing better to do about a failure: the injector tries every key.
	_ = g.injector.ReleaseAll()
}
