package session

import (
	"testing"
	"time"

	"tasuki/helper/internal/protocol"
)

// linked tells what the dialog says of the link to the controller.
func (r *rig) linked(want bool) func() bool {
	return func() bool {
		r.ui.mu.Lock()
		defer r.ui.mu.Unlock()
		return r.ui.shown != nil && r.ui.shown.Connected == want
	}
}

func TestNobodyOperatesForLongWithoutThePage(t *testing.T) {
	for _, each := range []struct {
		what       string
		lose, back func(*rig)
	}{
		{"the server is away", func(r *rig) { r.server.Drop(true) }, func(r *rig) { r.server.Drop(false) }},
		{"the page is away", func(r *rig) { r.presence(false) }, func(r *rig) { r.presence(true) }},
	} {
		t.Run(each.what, func(t *testing.T) {
			r := ready(t, func(r *rig) { r.hostGrace = time.Millisecond })
			r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
			r.eventually("key", r.injected("key KeyA down"))
			each.lose(r)
			r.eventually("the end of the link", r.linked(false))
			r.eventually("release", func() bool { return len(r.injector.Held()) == 0 })
			r.sayPeer(protocol.PeerLineRelink{}) // a controller that insists

			each.back(r)
			r.untilHost(nil)
			r.untilStatus(func(protocol.SessionStatus) bool { return true })
			r.browser.Say(t, "input", protocol.InputKey{Code: "KeyB", Down: true})
			r.eventually("key afterwards", r.injected("key KeyB down"))
		})
	}
}

func (r *rig) presence(present bool) {
	message := protocol.BrowserPresence{SessionID: sessionID, Who: protocol.HelperEndHost, Present: present}
	r.server.Emit("helper:presence", message)
}

// A question may be open in the page when its line breaks: remote input keeps off it until the page says otherwise.
func TestGuardStaysWhileThePageIsAway(t *testing.T) {
	r := ready(t, func(r *rig) { r.hostGrace = time.Millisecond })
	r.sayHost(protocol.HostLineFocus{On: true})
	r.untilHost(protocol.HostLineGuarding{On: true})
	r.presence(false)
	r.eventually("the end of the link", r.linked(false))
	if !r.injector.FocusedProtected() {
		t.Error("the guard was lifted although nobody said so")
	}
	r.presence(true)
	r.untilHost(nil)
	r.sayHost(protocol.HostLineFocus{On: false})
	r.untilHost(protocol.HostLineGuarding{})
	if r.injector.FocusedProtected() {
		t.Error("still guarded")
	}
}
