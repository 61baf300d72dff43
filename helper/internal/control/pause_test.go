package control

import (
	"sync"
	"testing"
	"time"

	"tasuki/helper/internal/inject/fake"
	"tasuki/helper/internal/protocol"
)

// fakeClock stands still until it is set on.
type fakeClock struct {
	mu     sync.Mutex
	time   time.Time
	alarms []alarm
}

type alarm struct {
	due time.Time
	act func()
}

func (c *fakeClock) clock() clock {
	return clock{
		now: func() time.Time {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.time
		},
		after: func(wait time.Duration, act func()) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.alarms = append(c.alarms, alarm{c.time.Add(wait), act})
		},
	}
}

// pass sets the clock on and runs what has become due.
func (c *fakeClock) pass(wait time.Duration) {
	c.mu.Lock()
	c.time = c.time.Add(wait)
	var due, rest []alarm
	for _, each := range c.alarms {
		if each.due.After(c.time) {
			rest = append(rest, each)
		} else {
			due = append(due, each)
		}
	}
	c.alarms = rest
	c.mu.Unlock()
	for _, each := range due {
		each.act()
	}
}

func TestTouchPausesForAWhile(t *testing.T) {
	injector, clock := &fake.Injector{}, &fakeClock{}
	g := newGate(injector, protocol.ModeControl, nil, clock.clock())
	defer g.Close()
	g.Configure(config(false, monitor))
	g.Connect(true)
	paused := func(want bool) {
		t.Helper()
		if g.State().Paused != want {
			t.Errorf("paused is %v", !want)
		}
	}
	g.touch()
	paused(true)
	clock.pass(PauseAfterTouch * 3 / 5)
	g.touch() // the pause counts from the last touch
	clock.pass(PauseAfterTouch * 3 / 5)
	paused(true)
	g.Input(press("KeyB"))
	clock.pass(PauseAfterTouch*2/5 - 1)
	paused(true)
	clock.pass(1)
	paused(false)
	g.Input(press("KeyA"))
	g.idle()
	if got := events(injector); len(got) != 1 || got[0] != "key KeyA down" {
		t.Errorf("injected %q", got)
	}
}

// The injector's word that somebody touched the mouse reaches the gate.
func TestTouchIsHeard(t *testing.T) {
	injector, clock := &fake.Injector{}, &fakeClock{}
	g := newGate(injector, protocol.ModeControl, nil, clock.clock())
	defer g.Close()
	injector.Touch()
	wait(t, g, func(s State) bool { return s.Paused })
}

func wait(t *testing.T, g *Gate, holds func(State) bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for !holds(g.State()) {
		select {
		case <-g.Changed():
		case <-deadline:
			t.Fatal("it did not come about")
		}
	}
}
