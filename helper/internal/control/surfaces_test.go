package control

import (
	"slices"
	"strings"
	"testing"

	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/inject/fake"
	"tasuki/helper/internal/protocol"
)

func TestWindowsOnlyConfines(t *testing.T) {
	g, injector := ready(t)
	g.Configure(config(false, window)) // a single window without the demand: confined all the same
	if got := injector.Confined(); len(got) != 1 || got[0].ID != "7" {
		t.Errorf("confined to %v", got)
	}
	g.Configure(config(false, monitor, window))
	if got := injector.Confined(); len(got) != 0 {
		t.Errorf("confined to %v beside a whole screen", got)
	}
	g.Configure(config(true, window, monitor))
	g.Input(protocol.InputMove{S: 1})
	g.Input(protocol.InputMove{S: 0})
	g.Input(protocol.InputMove{S: 5})
	g.idle()
	for _, call := range events(injector) {
		if call != "move window/7 0 0" {
			t.Errorf("injected %q", call)
		}
	}
}

func TestConfiningFailsClosed(t *testing.T) {
	injector := &fake.Injector{Err: func(call string) error {
		if strings.HasPrefix(call, "confine") {
			return inject.ErrUnsupported
		}
		return nil
	}}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.Connect(true)
	g.Configure(config(true, window))
	g.Input(click())
	g.idle()
	if got := events(injector); len(got) > 0 {
		t.Errorf("injected %q", got)
	}
}

// A window that was closed keeps its place as a tombstone: nothing reaches it, and the others keep their numbers.
func TestTombstones(t *testing.T) {
	first, last := window, protocol.Surface{Kind: "window", ID: "9", Width: 100, Height: 100}
	closed := protocol.Surface{Kind: "unknown"}
	g, injector := ready(t)
	g.Configure(config(true, first, closed, last))
	if got := injector.Confined(); len(got) != 2 || got[0].ID != "7" || got[1].ID != "9" {
		t.Errorf("confined to %v", got)
	}
	g.Configure(config(true, closed, closed, last))
	if got := injector.Confined(); len(got) != 1 || got[0].ID != "9" {
		t.Errorf("confined to %v", got)
	}
	refused := g.State().Refused
	for s := range 3 {
		g.Input(protocol.InputMove{S: s})
		g.Input(protocol.InputButton{S: s, Down: true})
		g.Input(protocol.InputWheel{S: s, Dy: 1})
		g.Input(protocol.InputAddress{S: s})
	}
	g.idle()
	want := []string{"move window/9 0 0", "button window/9 0 0 0 down", "wheel window/9 0 0 0 1", "address window/9"}
	if got := events(injector); !slices.Equal(got, want) {
		t.Errorf("injected %q", got)
	}
	if got := g.State().Refused - refused; got != 8 {
		t.Errorf("%d refused", got)
	}
	g.Configure(config(true, closed, closed, closed))
	g.Input(press("KeyA"))
	g.idle()
	if got := events(injector); len(got) != len(want) {
		t.Errorf("with nothing left injected %q", got[len(want):])
	}
}

// Looking at a surface sends keys there, within the same bounds as a click.
func TestAddress(t *testing.T) {
	g, injector := ready(t)
	g.Configure(config(true, window))
	g.Input(protocol.InputAddress{S: 0})
	g.Input(press("KeyA"))
	g.Input(protocol.InputAddress{S: 1})
	g.Input(protocol.InputAddress{S: 7})
	g.idle()
	if got := events(injector); !slices.Equal(got, []string{"address window/7", "key KeyA down"}) {
		t.Errorf("injected %q", got)
	}
	if got := g.State().Refused; got != 2 {
		t.Errorf("%d refused", got)
	}
	injector.Err = func(call string) error {
		if strings.HasPrefix(call, "address") {
			return inject.ErrProtected
		}
		return nil
	}
	g.Input(protocol.InputAddress{S: 0})
	g.idle()
	if got := g.State().Refused; got != 3 {
		t.Errorf("%d refused of a protected window", got)
	}
}
