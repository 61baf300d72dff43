package visit

import (
	"encoding/json"

	"tasuki/helper/internal/online"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/relay"
)

// event is what the server says unasked. Malformed messages are dropped: they change nothing.
func (v *visit) event(name string, argument json.RawMessage) {
	if v.ctx.Err() != nil {
		return
	}
	if v.joined == nil {
		// The operator's reply may be handled before the answer that lets this side in.
		if len(v.early) < maxEarly {
			v.early = append(v.early, func() { v.event(name, argument) })
		}
		return
	}
	switch name {
	case "session:relay":
		if m, err := protocol.DecodeRelay(argument); err == nil && m.SessionID == v.joined.SessionID && !v.handed {
			v.receive(m.Envelope)
		}
	case "session:ended":
		if m, err := protocol.DecodeEnded(argument); err == nil && m.SessionID == v.joined.SessionID {
			v.stop(ErrEnded)
		}
	}
}

func (v *visit) receive(envelope relay.Envelope) {
	out, err := v.relay.Receive(envelope)
	if err != nil {
		v.deps.Log.Error("tampered", "err", err)
		v.stop(ErrTampered)
		return
	}
	v.post(out.Send)
	if out.Opened && v.ask != nil {
		v.send(protocol.RelayState{Consent: "reading", Capture: "none", WindowsOnly: v.windowsOnly()})
	}
	for _, message := range out.Messages {
		switch m := message.(type) {
		case protocol.RelayAsk:
			v.asked(m)
		case protocol.RelayEnd:
			v.stop(ErrEnded)
		case protocol.RelayHost, protocol.RelayHelper:
			// For the page.
		default:
			v.stop(ErrTampered)
		}
	}
}

func (v *visit) post(envelopes []relay.Envelope) {
	for _, envelope := range envelopes {
		v.tell("session:relay", protocol.Relay{SessionID: v.joined.SessionID, Envelope: envelope})
	}
}

func (v *visit) send(message protocol.RelayMessage) {
	raw, err := json.Marshal(message)
	if err != nil || v.relay == nil {
		return
	}
	if envelope, sent, err := v.relay.Seal(raw); err == nil && sent {
		v.post([]relay.Envelope{envelope})
	}
}

// tell sends what needs no answer but a yes.
func (v *visit) tell(name string, message any) {
	v.server.Ask(name, message, func(raw json.RawMessage, err error) {
		if err := online.Done(raw, err); err != nil {
			v.deps.Log.Warn(name, "err", err)
		}
	})
}

func (v *visit) windowsOnly() bool { return v.joined.WindowsOnly || v.ask != nil && v.ask.WindowsOnly }
