package visit

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tasuki/helper/internal/online"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/relay"
	"tasuki/helper/internal/seal"
	"tasuki/helper/internal/socketio"
)

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
		"an answer that cannot be read": {&operator{join: func() any { return map[string]any{"ok": true} }}, yes, never,
			protocol.ErrMessage, ""},
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

// A server that has stopped answering holds nobody up: the window is gone and the program ends.
func TestCancelWaitsForNobody(t *testing.T) {
	deaf := make(chan struct{})
	o := &operator{hurry: true}
	o.hear = func(event string) {
		if event == "session:consent" {
			o.cancel()
			<-deaf
		}
	}
	began := time.Now()
	_, err := visitor(t, o, yes, func(string) error { return errors.New("opened") })
	close(deaf)
	if !errors.Is(err, ErrCancelled) {
		t.Errorf("got %v", err)
	}
	// The answer would be waited for ten seconds, the goodbye two more.
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestCancelledBeforeThePageTookOver(t *testing.T) {
	o := &operator{}
	_, err := visitor(t, o, yes, func(string) error {
		go o.cancel()
		return nil
	})
	if !errors.Is(err, ErrCancelled) || len(o.ends) != 1 {
		t.Errorf("got %v, ends %v", err, o.ends)
	}
}
