package control

import (
	"slices"
	"testing"

	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/protocol"
)

func lift(code string) protocol.InputMessage { return protocol.InputKey{Code: code} }

// Half a combination is another command: what is pressed with a modifier is pressed with it, or not at all.
func TestKeysNeedTheirModifiers(t *testing.T) {
	g, injector := ready(t)
	send := func(messages ...protocol.InputMessage) []string {
		before := len(events(injector))
		for _, message := range messages {
			g.Input(message)
		}
		g.idle()
		return events(injector)[before:]
	}
	check := func(what string, got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}

	injector.Err = func(call string) error {
		if call == "key ControlLeft down" {
			return inject.ErrProtected
		}
		return nil
	}
	send(press("ControlLeft"))
	injector.Err = nil
	check("refused modifier", send(press("KeyV"), lift("KeyV"), lift("ControlLeft")))
	check("let go of", send(press("KeyA")), "key KeyA down")
	check("pressed again", send(press("ControlLeft"), press("KeyV")), "key ControlLeft down", "key KeyV down")

	// The guard lets go of everything while the controller still holds it.
	g.Guard(true)
	g.Guard(false)
	check("let go of by the guard", send(press("KeyW"), press("ShiftLeft")), "key ShiftLeft down")
	check("started anew", send(protocol.InputRelease{}, press("KeyW")), "key KeyW down")

	// What came while nothing was allowed counts, too.
	g.Grant("input", false)
	send(press("AltLeft"))
	g.Grant("input", true)
	check("pressed while it was forbidden", send(press("F4")))
	g.Connect(false)
	g.Connect(true)
	check("another controller", send(press("F4")), "key F4 down")
}
