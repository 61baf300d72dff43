package session

import (
	"crypto/rand"
	"testing"

	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/relay"
)

func TestOthersEndIt(t *testing.T) {
	byOperator := Outcome{
		Kind: Ended, By: protocol.PartyOperator, Reason: protocol.EndReasonCancelled, Side: protocol.SideCustomer,
	}
	for name, test := range map[string]struct {
		do   func(*rig)
		want Outcome
	}{
		"server": {func(r *rig) {
			r.server.Emit("session:ended", protocol.Ended{SessionID: sessionID, By: "operator", Reason: "cancelled"})
		}, byOperator},
		"dismissed": {func(r *rig) {
			r.server.Emit("helper:dismissed", protocol.OfSession{SessionID: sessionID})
		}, Outcome{Kind: Dismissed, Side: protocol.SideCustomer}},
		"page dismisses": {func(r *rig) { r.sayHost(protocol.HostLineDismiss{}) },
			Outcome{Kind: Dismissed, Side: protocol.SideCustomer}},
		"page ends": {func(r *rig) { r.sayHost(protocol.HostLineEnd{By: "operator", Reason: "cancelled"}) }, byOperator},
		"controller, by the line": {func(r *rig) {
			r.sayPeer(protocol.PeerLineEnd{By: "operator", Reason: "cancelled"})
		}, byOperator},
		"controller, peer to peer": {func(r *rig) {
			r.server.Drop(true)
			r.browser.Say(r.t, "session", protocol.SessionEnd{By: "operator", Reason: "cancelled"})
		}, byOperator},
	} {
		t.Run(name, func(t *testing.T) {
			r := ready(t, nil)
			r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
			r.eventually("key", r.injected("key KeyA down"))
			test.do(r)
			r.end(test.want)
			r.mu.Lock()
			defer r.mu.Unlock()
			if len(r.ends) > 0 {
				t.Errorf("the server was told of its own end: %+v", r.ends)
			}
		})
	}
}

func TestHostileHostLineEndsIt(t *testing.T) {
	for name, do := range map[string]func(*rig){
		"another mode": func(r *rig) {
			config := everything
			config.Mode = protocol.ModeShare
			r.sayHost(config)
		},
		"another operator": func(r *rig) {
			config := everything
			config.Card.Operator = "Mallory"
			r.sayHost(config)
		},
		"what only the helper says": func(r *rig) { r.sayHost(protocol.HostLinePaused{On: true}) },
		"nonsense":                  func(r *rig) { r.sayHost(map[string]string{"t": "sudo"}) },
		"forged": func(r *rig) {
			r.mu.Lock()
			defer r.mu.Unlock()
			envelope, _, _ := r.host.Seal([]byte(`{"t":"dismiss"}`))
			frame := []byte(envelope.Frame)
			// Another letter of the alphabet: what is no base64url at all is dropped before it is opened.
			if frame[20] == 'A' {
				frame[20] = 'B'
			} else {
				frame[20] = 'A'
			}
			envelope.Frame = string(frame)
			r.post(protocol.HelperEndHost, []relay.Envelope{envelope})
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := ready(t, nil)
			do(r)
			r.end(Outcome{Kind: Tampered, Reason: protocol.EndReasonTampered, Side: protocol.SideCustomer})
		})
	}
}

func TestRefusalsOfTheServer(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(*rig)
		want    Outcome
	}{
		"unknown secret": {func(r *rig) {
			r.attach = func() any { return map[string]any{"ok": false, "error": "code_unknown"} }
		}, Outcome{Kind: Unknown}},
		"too old": {func(r *rig) {
			r.attach = func() any { return map[string]any{"ok": false, "error": "version"} }
		}, Outcome{Kind: TooOld}},
		"a mode without a helper": {func(r *rig) { r.mode = protocol.ModeView }, Outcome{Kind: Failed}},
		"an answer that cannot be read": {func(r *rig) {
			r.attach = func() any { return map[string]any{"ok": true, "sessionId": 7} }
		}, Outcome{Kind: Failed}},
		"malformed": {func(r *rig) {
			r.attach = func() any { return map[string]any{"ok": false, "error": "invalid"} }
		}, Outcome{Kind: Failed}},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, test.prepare)
			r.end(test.want)
		})
	}
}

// An answer to the resumption that cannot be read is asked for again, while the link to the controller goes on.
func TestUnreadableResumptionIsAskedForAgain(t *testing.T) {
	r := ready(t, nil)
	r.mu.Lock()
	r.resume = func() any { return map[string]any{"ok": true, "sessionId": 7} }
	r.mu.Unlock()
	r.server.Drop(false)
	r.eventually("second resumption", func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.resumed >= 2
	})
	r.mu.Lock()
	r.resume = nil
	r.mu.Unlock()
	r.untilHost(nil) // a new epoch
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
	r.eventually("key", r.injected("key KeyA down"))
}

// Events of the server that do not fit change nothing.
func FuzzServerEvents(f *testing.F) {
	f.Add("helper:relay", []byte(`{"sessionId":"AAAAAAAAAAAAAAAAAAAAAA","from":"host","envelope":{"t":"knock"}}`))
	f.Add("session:ended", []byte(`{}`))
	f.Fuzz(func(t *testing.T, name string, argument []byte) {
		s := &Session{ctx: t.Context(), attached: &protocol.Attached{SessionID: rand.Text()}}
		s.event(name, argument) // a panic is the failure: nothing here is set up to be reached
	})
}
