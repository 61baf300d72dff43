package session

import (
	"testing"

	"tasuki/helper/internal/dialog"
	"tasuki/helper/internal/protocol"
)

func TestOperatesAndEndsWithEverybodyKnowing(t *testing.T) {
	r := ready(t, nil)
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
	r.eventually("key", r.injected("key KeyA down"))
	r.eventually("dialog", r.ui.sees(func(s dialog.Session) bool { return s.Connected && s.Input && s.Operator == "Olga" }))
	if windows := r.injector.Protected(); len(windows) != 1 {
		t.Errorf("protected %v", windows)
	}
	r.ui.act().Cancel()
	if held := r.injector.Held(); len(held) > 0 {
		t.Errorf("held after Cancel returned: %q", held)
	}
	r.end(Outcome{Kind: Cancelled, Side: protocol.SideCustomer})
	end := protocol.End{SessionID: sessionID, By: protocol.PartyCustomer, Reason: protocol.EndReasonCancelled}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.ends) != 1 || r.ends[0] != end {
		t.Errorf("the server heard %+v", r.ends)
	}
	r.untilHost(protocol.HostLineEnd{By: end.By, Reason: end.Reason})
	if said := next(t, "word to the controller", r.peerSaid); said != (protocol.PeerLineEnd{By: end.By, Reason: end.Reason}) {
		t.Errorf("the controller heard %v", said)
	}
}

func TestGrantsAreToldToEverybody(t *testing.T) {
	r := ready(t, nil)
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
	r.eventually("key", r.injected("key KeyA down"))
	r.sayHost(protocol.HostLineGrant{Name: "input", On: false})
	r.untilHost(protocol.HostLineGrants{})
	r.untilStatus(func(s protocol.SessionStatus) bool { return !s.Grants.Input })
	if held := r.injector.Held(); len(held) > 0 {
		t.Errorf("held %q", held)
	}
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyB", Down: true})
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Refused == 1 })

	// The page widens only while it is guarded.
	r.sayHost(protocol.HostLineGrant{Name: "input", On: true})
	r.sayHost(protocol.HostLineFocus{On: true})
	r.untilHost(protocol.HostLineGuarding{On: true})
	if !r.injector.FocusedProtected() {
		t.Error("guarding was told before it held")
	}
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Guarded && !s.Grants.Input })
	r.sayHost(protocol.HostLineGrant{Name: "input", On: true})
	r.untilHost(protocol.HostLineGrants{Grants: protocol.Grants{Input: true}})

	// So does the helper's own window.
	r.ui.act().Grant("clipboard", true)
	both := protocol.Grants{Input: true, Clipboard: true}
	r.untilHost(protocol.HostLineGrants{Grants: both})
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Grants == both })
	r.eventually("audit", func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		return len(r.grants) > 0 && r.grants[len(r.grants)-1] == both
	})
}

func TestOwnInputPauses(t *testing.T) {
	r := ready(t, nil)
	r.injector.Touch()
	r.untilHost(protocol.HostLinePaused{On: true})
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Paused })
	r.untilHost(protocol.HostLinePaused{On: false})
	r.untilStatus(func(s protocol.SessionStatus) bool { return !s.Paused })
}

func TestClipboardCrossesWithItsGrant(t *testing.T) {
	r := ready(t, nil)
	r.browser.Say(t, "clipboard", protocol.ClipboardMessage{Of: 1, Text: "not granted"})
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Refused == 1 })
	r.ui.act().Grant("clipboard", true)
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Grants.Clipboard })
	r.board.changes <- "日本語"
	got := untilChannel(r, "clipboard", protocol.DecodeClipboardMessage, func(protocol.ClipboardMessage) bool { return true })
	if got != (protocol.ClipboardMessage{Of: 1, Text: "日本語"}) {
		t.Errorf("got %+v", got)
	}
	r.browser.Say(t, "clipboard", protocol.ClipboardMessage{Of: 2, Text: "one "})
	r.browser.Say(t, "clipboard", protocol.ClipboardMessage{Part: 1, Of: 2, Text: "two"})
	if text := next(t, "text", r.board.set); text != "one two" {
		t.Errorf("got %q", text)
	}
	r.sayHost(protocol.HostLineGrant{Name: "clipboard", On: false})
	r.untilStatus(func(s protocol.SessionStatus) bool { return !s.Grants.Clipboard })
	r.browser.Say(t, "clipboard", protocol.ClipboardMessage{Of: 1, Text: "too late"})
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Refused == 2 })
	if len(r.board.set) > 0 {
		t.Errorf("set %q", <-r.board.set)
	}
}

func TestServerAwayTheLinkGoesOn(t *testing.T) {
	r := ready(t, nil)
	r.server.Drop(true)
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
	r.eventually("key without a server", r.injected("key KeyA down"))
	r.server.Drop(false)
	r.untilHost(nil) // a new epoch
	r.mu.Lock()
	resumed := r.resumed
	r.mu.Unlock()
	if resumed == 0 {
		t.Error("not resumed")
	}
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyB", Down: true})
	r.eventually("key afterwards", r.injected("key KeyB down"))
	// The snapshot says what holds; the page's grants do not count again.
	config := everything
	config.Grants = protocol.Grants{Input: true, Clipboard: true}
	r.sayHost(config)
	r.untilHost(protocol.HostLineGrants{Grants: protocol.Grants{Input: true}})
}

func TestLostLinkIsMadeAnew(t *testing.T) {
	r := ready(t, nil)
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
	r.eventually("key", r.injected("key KeyA down"))
	r.browser.Close()
	r.eventually("release", func() bool { return len(r.injector.Held()) == 0 })
	r.untilStatus(func(protocol.SessionStatus) bool { return true })
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyB", Down: true})
	r.eventually("key over the new link", r.injected("key KeyB down"))
	r.sayPeer(protocol.PeerLineRelink{})
	r.untilStatus(func(protocol.SessionStatus) bool { return true })
}

func TestTamperedLinksEndIt(t *testing.T) {
	r := ready(t, nil)
	for range maxTampered {
		r.browser.SendRaw(t, "input", make([]byte, 60))
		r.untilStatus(func(protocol.SessionStatus) bool { return true })
	}
	r.browser.SendRaw(t, "input", make([]byte, 60))
	r.end(Outcome{Kind: Tampered, Reason: protocol.EndReasonTampered, Side: protocol.SideCustomer})
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.ends) != 1 || r.ends[0].Reason != protocol.EndReasonTampered {
		t.Errorf("the server heard %+v", r.ends)
	}
}

func TestCancelWhileConnecting(t *testing.T) {
	r := start(t, func(r *rig) {
		r.attach = func() any { return map[string]any{"ok": false, "error": "limited", "retryAt": 4_000_000_000_000} }
	})
	r.eventually("window", r.ui.open)
	r.ui.mu.Lock()
	cancel := r.ui.cancel
	r.ui.mu.Unlock()
	cancel()
	r.end(Outcome{Kind: Cancelled})
}

func TestShareNamesTheCustomer(t *testing.T) {
	r := ready(t, func(r *rig) { r.mode = protocol.ModeShare })
	r.eventually("dialog", r.ui.sees(func(s dialog.Session) bool {
		return s.Sharing && !s.ClipboardAllowed && s.Operator != "" && s.Operator != "Olga"
	}))
	r.ui.act().Grant("clipboard", true)
	r.browser.Say(t, "clipboard", protocol.ClipboardMessage{Of: 1, Text: "x"})
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Refused == 1 && !s.Grants.Clipboard })
}
