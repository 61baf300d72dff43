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

// What waited when guarding was asked for is not injected after the answer.
func TestGuardEmptiesTheQueue(t *testing.T) {
	injector := &slow{entered: make(chan struct{}), leave: make(chan struct{})}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.Configure(config(false, monitor))
	g.Connect(true)
	g.Input(press("KeyA"))
	<-injector.entered
	g.Input(click())
	g.Input(protocol.InputButton{X: 0.5, Y: 0.5})
	guarded := make(chan struct{})
	go func() {
		g.Guard(true)
		close(guarded)
	}()
	close(injector.leave)
	<-guarded
	count := len(events(&injector.Injector))
	g.idle()
	if got := events(&injector.Injector)[count:]; len(got) > 0 {
		t.Errorf("injected after the answer: %q", got)
	}
	if held := injector.Held(); len(held) > 0 {
		t.Errorf("held %q", held)
	}
}
