package control

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"tasuki/helper/internal/inject/fake"
	"tasuki/helper/internal/protocol"
)

// slow blocks every event until it is let through.
type slow struct {
	fake.Injector
	entered, leave chan struct{}
}

func (s *slow) Key(code string, down bool) error {
	s.entered <- struct{}{}
	<-s.leave
	return s.Injector.Key(code, down)
}

func TestRevocationEmptiesTheQueueAndMovesAreCoalesced(t *testing.T) {
	injector := &slow{entered: make(chan struct{}), leave: make(chan struct{})}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.Configure(config(false, monitor))
	g.Connect(true)
	g.Input(press("KeyA"))
	<-injector.entered
	for i := range 500 {
		g.Input(protocol.InputMove{X: float64(i) / 500})
	}
	if g.mu.Lock(); len(g.queue) != 1 {
		t.Errorf("%d moves wait", len(g.queue))
	}
	g.mu.Unlock()
	for i := range maxQueue - 1 {
		g.Input(press(fmt.Sprintf("Key%d", i)))
	}
	var full sync.WaitGroup
	full.Go(func() { g.Input(press("KeyZ")) }) // blocks: the queue is full
	revoked := make(chan struct{})
	go func() {
		g.Grant("input", false)
		close(revoked)
	}()
	full.Wait() // revocation frees whoever waits
	close(injector.leave)
	<-revoked
	if got := events(&injector.Injector); !slices.Equal(got, []string{"key KeyA down"}) {
		t.Errorf("injected %q", got)
	}
	if held := injector.Held(); len(held) > 0 {
		t.Errorf("held %q", held)
	}
}

// eager is told of guarding in the midst of input.
type eager struct {
	fake.Injector
	meanwhile func()
}

func (e *eager) ProtectFocused(on bool) {
	e.Injector.ProtectFocused(on)
	e.meanwhile()
}

// What waits when guarding is asked for is not injected after the answer.
func TestGuardEmptiesTheQueue(t *testing.T) {
	injector := &eager{}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.Configure(config(false, monitor))
	g.Connect(true)
	injector.meanwhile = func() {
		g.Input(click())
		g.Input(protocol.InputButton{X: 0.5, Y: 0.5})
	}
	g.Guard(true)
	g.idle()
	if got := events(&injector.Injector); len(got) > 0 {
		t.Errorf("injected after the answer: %q", got)
	}
	if got := g.State().Refused; got != 2 {
		t.Errorf("%d refused", got)
	}
	injector.meanwhile = func() {}
}
