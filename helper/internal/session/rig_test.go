package session

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"tasuki/helper/internal/clipboard"
	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/inject/fake"
	"tasuki/helper/internal/link"
	"tasuki/helper/internal/peer/peertest"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/proxy"
	"tasuki/helper/internal/relay"
	"tasuki/helper/internal/seal"
	"tasuki/helper/internal/session/fakeserver"
	"tasuki/helper/internal/socketio"
)

const (
	sessionID = "AAAAAAAAAAAAAAAAAAAAAA"
	token     = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)

var card = protocol.Card{Operator: "Olga", Company: "Acme"}

// rig is everything around one helper: the server, the host's page, the controller's browser, the person's windows.
type rig struct {
	t        *testing.T
	server   *fakeserver.Server
	secret   link.Secret
	injector *fake.Injector
	ui       *person
	board    *board
	outcome  chan Outcome
	cancel   context.CancelFunc

	mode protocol.Mode
	// hostGrace: zero is the product's own.
	hostGrace time.Duration
	// attach answers helper:attach, resume helper:resume; nil: as the server does.
	attach, resume func() any

	mu      sync.Mutex
	host    *relay.Relay[protocol.HostLineMessage]
	control *relay.Relay[protocol.PeerLineMessage]
	browser *peertest.Browser
	resumed int
	ends    []protocol.End
	grants  []protocol.Grants
	// deaf: the browsers get nothing.
	hostSaid chan protocol.HostLineMessage
	peerSaid chan protocol.PeerLineMessage
	signals  chan protocol.PeerLineSignal
}

func start(t *testing.T, prepare func(*rig)) *rig {
	t.Helper()
	r := &rig{
		t: t, injector: &fake.Injector{}, ui: &person{}, outcome: make(chan Outcome, 1), mode: protocol.ModeControl,
		hostSaid: make(chan protocol.HostLineMessage, 1000), peerSaid: make(chan protocol.PeerLineMessage, 1000),
		signals: make(chan protocol.PeerLineSignal, 1000), board: &board{changes: make(chan string, 9), set: make(chan string, 9)},
	}
	r.secret[0] = 7
	keys := r.secret.Keys()
	r.host = relay.Restore(seal.Operator, keys.Host, protocol.DecodeHostLineMessage)
	r.control = relay.Restore(seal.Operator, keys.Peer, protocol.DecodePeerLineMessage)
	r.browser = peertest.New(keys.Peer, func(s protocol.PeerLineSignal) { r.sayPeer(s) })
	if prepare != nil {
		prepare(r)
	}
	r.server = fakeserver.New(r.answer)
	web := httptest.NewServer(r.server)
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	go func() {
		r.outcome <- Run(ctx, Deps{
			Origin: web.URL, Secret: &r.secret, Server: &socketio.Dialer{Origin: web.URL},
			TCP: &proxy.Dialer{Settings: proxy.Direct()}, UI: r.ui,
			Inject:    func() inject.Injector { return r.injector },
			Clipboard: func() (clipboard.System, error) { return r.board, nil },
			About:     protocol.Attach{Version: "1.0", System: protocol.HelperSystemLinux, SystemVersion: "Test"},
			HostGrace: r.hostGrace,
			Log:       slog.New(slog.NewTextHandler(newLog(t), nil)),
		})
	}()
	done := make(chan struct{})
	var pumping sync.WaitGroup
	pumping.Go(func() {
		for {
			select {
			case s := <-r.signals:
				r.browser.Signal(t, s)
			case <-done:
				return
			}
		}
	})
	t.Cleanup(func() {
		cancel()
		close(done)
		pumping.Wait()
		r.browser.Close()
		r.server.Close()
		web.Close()
	})
	return r
}

// answer is the server.
func (r *rig) answer(event string, message json.RawMessage) any {
	switch event {
	case "helper:attach":
		if r.attach != nil {
			return r.attach()
		}
		return r.attached()
	case "helper:resume":
		r.mu.Lock()
		r.resumed++
		resume := r.resume
		r.mu.Unlock()
		if resume != nil {
			return resume()
		}
		return r.attached()
	case "helper:relay":
		if m, err := protocol.DecodeToBrowser(message); err == nil {
			r.receive(m)
		}
	case "helper:grants":
		if m, err := protocol.DecodeReportGrants(message); err == nil {
			r.mu.Lock()
			r.grants = append(r.grants, m.Grants)
			r.mu.Unlock()
		}
	case "session:end":
		if m, err := protocol.DecodeEnd(message); err == nil {
			r.mu.Lock()
			r.ends = append(r.ends, m)
			r.mu.Unlock()
		}
	}
	return map[string]bool{"ok": true}
}

func (r *rig) attached() any {
	side := "customer"
	if r.mode == protocol.ModeShare {
		side = "operator"
	}
	return map[string]any{
		"ok": true, "sessionId": sessionID, "resume": token, "side": side, "mode": r.mode, "host": card,
		"hostPresent": true, "peerPresent": true, "ice": map[string]any{"servers": []any{}, "policy": "all"},
	}
}

// receive is both browsers.
func (r *rig) receive(m protocol.ToBrowser) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m.To == protocol.HelperEndHost {
		out, err := r.host.Receive(m.Envelope)
		if err != nil {
			r.t.Errorf("host line: %v", err)
		}
		r.post(m.To, out.Send)
		for _, message := range out.Messages {
			r.hostSaid <- message
		}
		if out.Opened {
			r.hostSaid <- nil
		}
		return
	}
	out, err := r.control.Receive(m.Envelope)
	if err != nil {
		r.t.Errorf("peer line: %v", err)
	}
	r.post(m.To, out.Send)
	for _, message := range out.Messages {
		if signal, ok := message.(protocol.PeerLineSignal); ok {
			r.signals <- signal
		} else {
			r.peerSaid <- message
		}
	}
}

func (r *rig) post(from protocol.HelperEnd, envelopes []relay.Envelope) {
	for _, envelope := range envelopes {
		r.server.Emit("helper:relay", protocol.FromBrowser{SessionID: sessionID, From: from, Envelope: envelope})
	}
}

func (r *rig) sayHost(message any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	raw, _ := json.Marshal(message)
	envelope, sent, err := r.host.Seal(raw)
	if err != nil || !sent {
		r.t.Errorf("not sealed: %s %v", raw, err)
	}
	r.post(protocol.HelperEndHost, []relay.Envelope{envelope})
}

func (r *rig) sayPeer(message any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	raw, _ := json.Marshal(message)
	if envelope, sent, err := r.control.Seal(raw); err == nil && sent {
		r.post(protocol.HelperEndPeer, []relay.Envelope{envelope})
	}
}

var everything = protocol.HostLineConfig{
	Language: "en", Card: card, Mode: protocol.ModeControl, Grants: protocol.Grants{Input: true},
	Surfaces: []protocol.Surface{{Kind: "monitor", ID: "0"}},
}

// ready brings the session to where the controller operates.
func ready(t *testing.T, prepare func(*rig)) *rig {
	t.Helper()
	r := start(t, prepare)
	config := everything
	config.Mode = r.mode
	r.untilHost(nil)
	r.sayHost(config)
	r.untilHost(protocol.HostLineGrants{Grants: protocol.Grants{Input: true}})
	r.untilStatus(func(s protocol.SessionStatus) bool { return s.Grants.Input })
	r.browser.WaitOpen(t)
	return r
}
