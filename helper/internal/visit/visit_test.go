package visit

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tasuki/helper/internal/online"
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
	busy := 0
	result, err := Run(ctx, Deps{
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
		Open:    open,
		Waiting: func(func()) func() { busy++; return sync.OnceFunc(func() { busy-- }) },
		Log:     slog.New(slog.DiscardHandler),
	}, digits)
	if busy != 0 {
		t.Errorf("%d windows stayed open", busy)
	}
	return result, err
}

func yes() bool { return true }
func no() bool  { return false }

func TestHandsOverToTheBrowser(t *testing.T) {
	for _, mode := range []protocol.Mode{protocol.ModeControl, protocol.ModeView, protocol.ModeShare} {
		t.Run(string(mode), func(t *testing.T) {
			o := &operator{ask: protocol.RelayAsk{Card: card, Mode: mode, WindowsOnly: mode == protocol.ModeControl}}
			var address string
			result, err := visitor(t, o, yes, func(url string) error {
				address = url
				o.mu.Lock()
				defer o.mu.Unlock()
				o.taken = true
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			text, found := strings.CutPrefix(address, o.origin+"/#take=")
			raw, err := seal.FromBase64(text)
			if !found || err != nil {
				t.Fatalf("%q: %v", address, err)
			}
			var got take
			if err := json.Unmarshal(raw, &got); err != nil {
				t.Fatal(err)
			}
			want := take{
				V: 1, ID: sessionID, Resume: token, Key: seal.ToBase64(o.answer.Key[:]), Mode: mode,
				Host: protocol.Host(card), WindowsOnly: mode == protocol.ModeControl,
			}
			want.Secret = got.Secret
			if secret, err := seal.FromBase64(got.Secret); err != nil || len(secret) != 16 ||
				result.Secret != nil && got.Secret != seal.ToBase64(result.Secret[:]) {
				t.Errorf("secret %q", got.Secret)
			}
			if got != want || (result.Secret != nil) != (mode == protocol.ModeControl) {
				t.Errorf("got %+v\nwant %+v", got, want)
			}
			if !slices.Equal(o.consents, []bool{true}) || len(o.ends) > 0 || o.joins[0].Path != "download" {
				t.Errorf("consents %v, ends %v, %v", o.consents, o.ends, o.joins)
			}
			if len(o.states) != 2 || !strings.Contains(o.states[0], `"reading"`) || !strings.Contains(o.states[1], `"granted"`) {
				t.Errorf("states %v", o.states)
			}
		})
	}
}

func TestWhatElseMayHappen(t *testing.T) {
	noBrowser := func(string) error { return errors.New("none") }
	never := func(string) error { return errors.New("opened") }
	for name, test := range map[string]struct {
		o      *operator
		decide func() bool
		open   func(string) error
		want   error
		end    protocol.EndReason
	}{
		"declined":     {&operator{}, no, never, ErrCancelled, "declined"},
		"wrong number": {&operator{number: "87654321"}, yes, never, ErrNumber, ""},
		"no browser":   {&operator{}, yes, noBrowser, ErrBrowser, "failed"},
		"other people": {&operator{ask: protocol.RelayAsk{
			Card: protocol.Card{Operator: "Mallory", Company: "Acme"}, Mode: protocol.ModeView,
		}}, yes, never, ErrTampered, "tampered"},
		"somebody in between": {&operator{deceive: func(e *relay.Envelope) {
			e.Tag = strings.Repeat("A", 86)
		}}, yes, never, ErrTampered, "tampered"},
		"version": {&operator{join: func() any { return map[string]any{"ok": false, "error": "version"} }}, yes, never,
			ErrTooOld, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := visitor(t, test.o, test.decide, test.open)
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			var reasons []protocol.EndReason
			for _, end := range test.o.ends {
				reasons = append(reasons, end.Reason)
			}
			if test.end != "" && !slices.Equal(reasons, []protocol.EndReason{test.end}) || test.end == "" && len(reasons) > 0 {
				t.Errorf("ended with %v", reasons)
			}
			if name == "declined" && !slices.Equal(test.o.consents, []bool{false}) {
				t.Errorf("consents %v", test.o.consents)
			}
		})
	}
}

func TestLimitedSaysWhen(t *testing.T) {
	when := time.Now().Add(5 * time.Minute).UnixMilli()
	o := &operator{join: func() any { return map[string]any{"ok": false, "error": "limited", "retryAt": when} }}
	_, err := visitor(t, o, yes, nil)
	if !online.IsRefusal(err, protocol.ErrorCodeLimited) || online.RetryAt(err).UnixMilli() != when {
		t.Errorf("got %v", err)
	}
}

func TestServerNotThere(t *testing.T) {
	web := httptest.NewServer(nil)
	web.Close()
	_, err := Run(t.Context(), Deps{
		Origin: web.URL, Server: &socketio.Dialer{Origin: web.URL}, Log: slog.New(slog.DiscardHandler),
		Waiting: func(func()) func() { return func() {} },
	}, digits)
	if !errors.Is(err, ErrUnreachable) {
		t.Errorf("got %v", err)
	}
}
