package session

import (
	"slices"
	"testing"
	"time"

	"tasuki/helper/internal/link"
	"tasuki/helper/internal/protocol"
)

const patience = 30 * time.Second

func next[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(patience):
		t.Fatalf("%s did not come", what)
		panic("unreachable")
	}
}

// untilHost waits until the host's page hears this.
func (r *rig) untilHost(want protocol.HostLineMessage) {
	r.t.Helper()
	for next(r.t, "word to the host", r.hostSaid) != want {
	}
}

// untilChannel waits for a message on a channel that decode and holds accept.
func untilChannel[M any](r *rig, channel string, decode func([]byte) (M, error), holds func(M) bool) M {
	r.t.Helper()
	for {
		got := next(r.t, "message on "+channel, r.browser.Received)
		if got.Err != nil {
			r.t.Fatal(got.Err)
		}
		if message, err := decode(got.Plain); got.Channel == channel && err == nil && holds(message) {
			return message
		}
	}
}

func (r *rig) untilStatus(holds func(protocol.SessionStatus) bool) {
	r.t.Helper()
	untilChannel(r, "session", protocol.DecodeHelperSessionMessage, func(m protocol.HelperSessionMessage) bool {
		status, ok := m.(protocol.SessionStatus)
		return ok && holds(status)
	})
}

func (r *rig) end(want Outcome) {
	r.t.Helper()
	if got := next(r.t, "end", r.outcome); got != want {
		r.t.Errorf("ended %+v, want %+v", got, want)
	}
	if held := r.injector.Held(); len(held) > 0 {
		r.t.Errorf("still held: %q", held)
	}
	if calls := r.injector.Calls(); len(calls) > 0 && calls[len(calls)-1] != "close" {
		r.t.Errorf("after the release: %q", calls[len(calls)-1])
	}
	if r.ui.open() {
		r.t.Error("windows stayed open")
	}
	if r.secret != (link.Secret{}) {
		r.t.Error("the secret was kept")
	}
}

// eventually waits until holds, looking again and again: for what announces itself nowhere.
func (r *rig) eventually(what string, holds func() bool) {
	r.t.Helper()
	ticker := time.NewTicker(2 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.After(patience)
	for !holds() {
		select {
		case <-ticker.C:
		case <-deadline:
			r.t.Fatalf("%s did not come about", what)
		}
	}
}

func (r *rig) injected(call string) func() bool {
	return func() bool { return slices.Contains(r.injector.Calls(), call) }
}
