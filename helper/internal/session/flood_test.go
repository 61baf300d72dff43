package session

import (
	"log/slog"
	"testing"

	"tasuki/helper/internal/loop"
	"tasuki/helper/internal/protocol"
)

// busy keeps the loop at a change that the controller caused, until free is called.
func (r *rig) busy() (free func()) {
	r.t.Helper()
	slow := make(chan struct{})
	r.ui.mu.Lock()
	r.ui.slow = slow
	before := r.ui.updates
	r.ui.mu.Unlock()
	r.ui.act().Grant("clipboard", true)
	r.eventually("loop is busy", func() bool {
		r.ui.mu.Lock()
		defer r.ui.mu.Unlock()
		return r.ui.updates > before
	})
	return func() {
		r.ui.mu.Lock()
		defer r.ui.mu.Unlock()
		r.ui.slow = nil
		close(slow)
	}
}

// However often the controller asks whether somebody is there: it is answered beside the loop, which has other things to do.
func TestPingsDoNotQueue(t *testing.T) {
	r := ready(t, nil)
	free := r.busy()
	const pings = 500
	go func() {
		for n := range pings {
			r.browser.Say(t, "session", protocol.SessionPing{At: float64(n)})
		}
	}()
	for n := range pings {
		got := untilChannel(r, "session", protocol.DecodeHelperSessionMessage, func(m protocol.HelperSessionMessage) bool {
			_, pong := m.(protocol.SessionPong)
			return pong
		})
		if got != (protocol.SessionPong{At: float64(n)}) {
			t.Fatalf("got %v, want pong %d", got, n)
		}
	}
	free()
}

// What the controller may cause without end is reported once when there is time, and does not stand in the page's way.
func TestRefusalsAreReportedTogether(t *testing.T) {
	r := ready(t, nil)
	free := r.busy()
	for range 3000 {
		r.browser.Say(t, "input", protocol.InputWheel{S: 5, Dy: 1}) // there is no such surface
	}
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
	r.eventually("key", r.injected("key KeyA down"))
	r.ui.mu.Lock()
	before := r.ui.updates
	r.ui.mu.Unlock()
	r.sayHost(protocol.HostLineGrant{Name: "input", On: false})
	free()
	r.eventually("release", func() bool { return len(r.injector.Held()) == 0 })
	r.untilHost(protocol.HostLineGrants{Grants: protocol.Grants{Clipboard: true}})
	r.ui.mu.Lock()
	defer r.ui.mu.Unlock()
	if reports := r.ui.updates - before; reports > 10 {
		t.Errorf("%d reports of one flood", reports)
	}
}

// A server that says more than can be heard is cut off, instead of filling the memory; it may come again.
func TestAFloodOfEventsIsCutOff(t *testing.T) {
	r := ready(t, nil)
	free := r.busy()
	for range 2000 {
		r.server.Emit("helper:presence", protocol.BrowserPresence{
			SessionID: sessionID, Who: protocol.HelperEndPeer, Present: true,
		})
	}
	free()
	r.eventually("new connection", func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.resumed > 0
	})
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyB", Down: true})
	r.eventually("key", r.injected("key KeyB down"))
}

// An event is heard before the next one is taken from the connection, whose queue is the one that is bounded.
func TestEventsWaitForTheLoop(t *testing.T) {
	s := &Session{ctx: t.Context(), loop: loop.New(), log: slog.New(slog.DiscardHandler)}
	go s.loop.Run(t.Context())
	events := s.onServer()
	for n := range maxEarly {
		events.Event("helper:presence", nil)
		if len(s.early) != n+1 {
			t.Fatalf("%d of %d events were heard", len(s.early), n+1)
		}
	}
}
