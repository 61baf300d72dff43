package session

import (
	"encoding/json"
	"errors"
	"time"

	"tasuki/helper/internal/control"
	"tasuki/helper/internal/online"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/relay"
	"tasuki/helper/internal/text"
)

// askAgain is how often an unknown secret is tried while there is Patience; the server counts wrong ones.
const askAgain = 3 * time.Second

// maxEarly bounds events that are kept until the helper is attached.
const maxEarly = 16

// wait shows that something is being waited for.
func (s *Session) wait() { s.showBusy(text.Current().Connecting) }

func (s *Session) showBusy(line string) {
	s.busy()
	s.busy = s.deps.UI.Busy(line, s.cancel)
}

func (s *Session) onServer() online.Events {
	return online.Events{
		Connected:    func() { s.loop.Post(s.online) },
		Disconnected: func(why error) { s.loop.Post(func() { s.offline(why) }) },
		Refused:      func(reason string) { s.loop.Post(func() { s.refused(reason) }) },
		// Waits, so that a server that says too much is held up and cut off, instead of filling the memory.
		Event: func(name string, argument json.RawMessage) {
			s.loop.Do(func() { s.event(name, argument) })
		},
	}
}

func (s *Session) online() {
	if s.attached != nil {
		message := protocol.HelperResume{SessionID: s.attached.SessionID, Resume: s.attached.Resume}
		s.server.Ask("helper:resume", message, func(raw json.RawMessage, err error) {
			snapshot, err := online.Answer(raw, err, protocol.DecodeHelperSnapshot)
			s.loop.Post(func() { s.resumed(snapshot, err) })
		})
		return
	}
	if s.connected == nil {
		s.wait()
	}
	s.attach(time.Now())
}

func (s *Session) attach(began time.Time) {
	message := s.deps.About
	message.Rdv = s.keys.Rdv
	s.server.Ask("helper:attach", message, func(raw json.RawMessage, err error) {
		attached, err := online.Answer(raw, err, protocol.DecodeAttached)
		s.loop.Post(func() { s.onAttached(attached, err, began) })
	})
}

func (s *Session) onAttached(attached protocol.Attached, err error, began time.Time) {
	switch {
	case s.attached != nil || s.ctx.Err() != nil:
	case err == nil:
		s.begin(attached)
	case online.IsRefusal(err, protocol.ErrorCodeCodeUnknown) && time.Since(began) < s.deps.Patience:
		s.loop.After(askAgain, func() { s.attach(began) })
	case online.IsRefusal(err, protocol.ErrorCodeLimited):
		s.loop.After(max(askAgain, time.Until(online.RetryAt(err))), func() { s.attach(began) })
	case online.IsRefusal(err, protocol.ErrorCodeCodeUnknown):
		s.finish(Outcome{Kind: Unknown}, "")
	case online.IsRefusal(err, protocol.ErrorCodeVersion):
		s.finish(Outcome{Kind: TooOld}, "")
	case errors.Is(err, online.ErrOffline):
		// The connection is replaced and it begins anew.
	default:
		// Refused for a reason that waiting does not mend, or an answer that cannot be read.
		s.log.Error("attach", "err", err)
		s.finish(Outcome{Kind: Failed}, "")
	}
}

// begin: the server knows this helper now. Nothing can be operated before the host's page has said what it shares.
func (s *Session) begin(attached protocol.Attached) {
	if !control.Operates(attached.Mode) || attached.Side != hostSide(attached.Mode) {
		s.log.Error("attached", "mode", attached.Mode, "side", attached.Side)
		s.finish(Outcome{Kind: Failed}, "")
		return
	}
	s.log.Info("attached", "mode", attached.Mode, "side", attached.Side)
	s.attached = &attached
	s.host = newLine(s, protocol.HelperEndHost, s.keys.Host, protocol.DecodeHostLineMessage)
	s.host.opened, s.host.message = s.hostOpened, s.onHost
	s.peer = newLine(s, protocol.HelperEndPeer, s.keys.Peer, protocol.DecodePeerLineMessage)
	s.peer.opened, s.peer.message = s.peerOpened, s.onPeer
	s.links = newLinks(s)
	s.clip = newBridge(s)
	gate := control.New(s.deps.Inject(), attached.Mode, s.deps.UI.Windows)
	s.mu.Lock()
	over := s.over
	s.gate = gate
	s.mu.Unlock()
	if over {
		s.release() // cancelled in between
		return
	}
	go s.follow(gate)
	s.showBusy(text.Current().Waiting)
	s.host.attach()
	s.peer.attach()
	for _, event := range s.early {
		event()
	}
	s.early = nil
}

// hostSide is whose computer is operated.
func hostSide(mode protocol.Mode) protocol.Side {
	if mode == protocol.ModeShare {
		return protocol.SideOperator
	}
	return protocol.SideCustomer
}

func (s *Session) resumed(snapshot protocol.HelperSnapshot, err error) {
	switch {
	case err == nil:
		s.attached.ICE = snapshot.ICE
		s.host.attach()
		s.peer.attach()
		s.tellServer()
	case online.IsRefusal(err, protocol.ErrorCodeLimited):
		s.loop.After(max(askAgain, time.Until(online.RetryAt(err))), s.online)
	case asRefusal(err):
		s.log.Warn("resume", "err", err)
		s.finish(Outcome{Kind: Gone}, "")
	case errors.Is(err, online.ErrOffline):
	default:
		// The link to the controller goes on; perhaps the next connection gives an answer that can be read.
		s.log.Error("resume", "err", err)
		s.server.Replace()
	}
}

func asRefusal(err error) bool {
	var refusal *online.Refusal
	return errors.As(err, &refusal)
}

func (s *Session) offline(why error) {
	s.log.Info("offline", "why", why)
	if s.attached != nil {
		// The link to the controller goes on without the server.
		s.host.detach()
		s.peer.detach()
		s.hostLost()
		return
	}
	s.showBusy(text.Current().Unreachable(s.deps.TCP.Settings.Automatic()))
}

func (s *Session) refused(reason string) {
	s.log.Error("refused", "reason", reason)
	kind := Failed
	if reason == string(protocol.ErrorCodeVersion) {
		kind = TooOld
	}
	s.finish(Outcome{Kind: kind}, "")
}

// event is what the server says unasked. Malformed messages are dropped: they change nothing.
func (s *Session) event(name string, argument json.RawMessage) {
	if s.ctx.Err() != nil {
		return
	}
	if s.attached == nil {
		// It may be handled before the answer that attaches this helper.
		if len(s.early) < maxEarly {
			s.early = append(s.early, func() { s.event(name, argument) })
		}
		return
	}
	id := s.attached.SessionID
	switch name {
	case "helper:relay":
		if m, err := protocol.DecodeFromBrowser(argument); err == nil && m.SessionID == id {
			s.receive(m.From, m.Envelope)
		}
	case "helper:presence":
		if m, err := protocol.DecodeBrowserPresence(argument); err == nil && m.SessionID == id {
			s.presence(m)
		}
	case "helper:dismissed":
		if m, err := protocol.DecodeOfSession(argument); err == nil && m.SessionID == id {
			s.finish(Outcome{Kind: Dismissed}, "")
		}
	case "session:ended":
		if m, err := protocol.DecodeEnded(argument); err == nil && m.SessionID == id {
			s.ended(m.By, m.Reason)
		}
	}
}

func (s *Session) receive(from protocol.HelperEnd, envelope relay.Envelope) {
	if from == protocol.HelperEndHost {
		s.host.receive(envelope)
	} else {
		s.peer.receive(envelope)
	}
}

func (s *Session) presence(m protocol.BrowserPresence) {
	switch {
	case m.Who == protocol.HelperEndHost && !m.Present:
		s.host.relay.Detach()
		s.host.open = false
		s.hostLost()
	case m.Who == protocol.HelperEndHost && !s.host.open:
		s.host.attach()
	case m.Who == protocol.HelperEndPeer && m.Present && !s.peer.open:
		s.peer.attach()
	}
}
