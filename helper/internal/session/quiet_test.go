package session

import (
	"testing"

	"tasuki/helper/internal/protocol"
)

// The controller's browser freezes: its network still answers, it says nothing more.
func TestAHeldKeyGoesUpWhenTheControllerFallsSilent(t *testing.T) {
	r := ready(t, nil)
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
	r.eventually("key", r.injected("key KeyA down"))
	r.eventually("release", func() bool { return len(r.injector.Held()) == 0 })
	// The link is still there: input goes on when the browser wakes up.
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyB", Down: true})
	r.eventually("key", r.injected("key KeyB down"))
}
