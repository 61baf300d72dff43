package visit

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"tasuki/helper/internal/pairing"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/relay"
	"tasuki/helper/internal/seal"
	"tasuki/helper/internal/session/fakeserver"
	"tasuki/helper/internal/socketio"
)

const (
	digits    = "12345678"
	sessionID = "AAAAAAAAAAAAAAAAAAAAAA"
	token     = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)

var card = protocol.Card{Operator: "Olga", Company: "Acme"}

// operator is the server and the operator's browser of one session.
type operator struct {
	t      *testing.T
	server *fakeserver.Server
	origin string
	ask    protocol.RelayAsk
	// number the operator issued.
	number string
	// deceive changes the reply.
	deceive func(*relay.Envelope)
	// join answers instead; nil: as the server does.
	join func() any
	// hear is told every event before it is answered; nil: nobody.
	hear func(event string)
	// hurry leaves the server hardly any time to hear of the end.
	hurry bool
	// cancel is the button of the window that waits.
	cancel func()

	mu       sync.Mutex
	answer   pairing.Answer
	opener   *seal.Opener
	taken    bool
	consents []bool
	ends     []protocol.End
	states   []string
	joins    []protocol.Join
}

func (o *operator) handle(event string, message json.RawMessage) any {
	if o.hear != nil {
		o.hear(event)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	ok := map[string]any{"ok": true}
	switch event {
	case "session:join":
		return o.joined(message)
	case "session:relay":
		if m, err := protocol.DecodeRelay(message); err != nil {
			o.t.Errorf("relay: %v", err)
		} else {
			o.receive(m.Envelope)
		}
	case "session:consent":
		m, err := protocol.DecodeConsent(message)
		if err != nil {
			o.t.Error(err)
		}
		o.consents = append(o.consents, m.Granted)
	case "session:end":
		m, err := protocol.DecodeEnd(message)
		if err != nil {
			o.t.Error(err)
		}
		o.ends = append(o.ends, m)
	case "session:ice":
		if o.taken {
			return map[string]any{"ok": false, "error": "session_gone"}
		}
	}
	return ok
}

func (o *operator) joined(message json.RawMessage) any {
	join, err := protocol.DecodeJoin(message)
	if err != nil {
		o.t.Error(err)
	}
	o.joins = append(o.joins, join)
	if o.join != nil {
		return o.join()
	}
	place := pairing.PairingOrigin(o.origin)
	stretched := pairing.Stretch(o.number, place, pairing.HourOf(time.Now()))
	if stretched.Rdv != join.Rdv {
		return map[string]any{"ok": false, "error": "code_unknown"}
	}
	o.answer, err = pairing.AnswerCustomer(stretched, place, join.Share)
	if err != nil {
		o.t.Error(err)
	}
	o.opener = seal.NewOpener(seal.RelayKey(&o.answer.Key, seal.Customer, o.answer.Shares))
	ask, err := json.Marshal(o.ask)
	if err != nil {
		o.t.Error(err)
	}
	sealer := seal.NewSealer(seal.RelayKey(&o.answer.Key, seal.Operator, o.answer.Shares))
	reply := relay.Envelope{
		T: relay.Reply, Share: o.answer.Share, Tag: o.answer.Tag, Frame: seal.ToBase64(sealer.Seal(ask)),
	}
	if o.deceive != nil {
		o.deceive(&reply)
	}
	go o.server.Emit("session:relay", protocol.Relay{SessionID: sessionID, Envelope: reply})
	return map[string]any{
		"ok": true, "sessionId": sessionID, "resume": token, "host": card, "mode": o.ask.Mode, "peerPresent": true,
		"ice": map[string]any{"servers": []any{}, "policy": "all"}, "windowsOnly": false,
	}
}

func (o *operator) receive(envelope relay.Envelope) {
	if envelope.T == relay.Confirm && envelope.Tag != o.answer.ExpectedTag {
		o.t.Error("wrong confirmation")
	}
	frame, err := seal.FromBase64(envelope.Frame)
	if err != nil {
		o.t.Error(err)
	}
	plain, err := o.opener.Open(frame)
	if err != nil {
		o.t.Errorf("%s: %v", envelope.T, err)
	}
	o.states = append(o.states, string(plain))
}

// visitor runs a visit; ask decides, open is the browser.
func visitor(t *testing.T, o *operator, decide func() bool, open func(string) error) (Result, error) {
	t.Helper()
	o.t = t
	if o.number == "" {
		o.number = digits
	}
	if o.ask.Mode == "" {
		o.ask = protocol.RelayAsk{Card: card, Mode: protocol.ModeControl, WindowsOnly: true}
	}
	// Two hours are two stretchings: near the turn of the hour the operator's might differ.
	o.server = fakeserver.New(o.handle)
	web := httptest.NewServer(o.server)
	defer web.Close()
	defer o.server.Close()
	o.origin = web.URL
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	busy, opened := 0, 0
	v := newVisit(Deps{
		Origin: web.URL, Server: &socketio.Dialer{Origin: web.URL},
		Ask: func(_ context.Context, who protocol.Card, mode protocol.Mode, windowsOnly bool) bool {
			if who != card || mode != o.ask.Mode || windowsOnly != o.ask.WindowsOnly {
				t.Errorf("asked about %v %v %v", who, mode, windowsOnly)
			}
			o.mu.Lock()
			if len(o.consents) > 0 {
				t.Error("consent was told before it was given")
			}
			o.mu.Unlock()
			return decide()
		},
		Open: func(url string) (func(), error) {
			if err := open(url); err != nil {
				return nil, err
			}
			opened++
			return sync.OnceFunc(func() { opened-- }), nil
		},
		Waiting: func(cancel func()) func() {
			busy++
			o.cancel = cancel
			return sync.OnceFunc(func() { busy-- })
		},
		Log: slog.New(slog.DiscardHandler),
	}, digits)
	if o.hurry {
		v.goodbye = time.Millisecond
	}
	result, err := v.run(ctx)
	if busy != 0 {
		t.Errorf("%d windows stayed open", busy)
	}
	if opened != 0 {
		t.Error("the address was not forgotten")
	}
	return result, err
}
