package session

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tasuki/helper/internal/clipboard"
	"tasuki/helper/internal/dialog"
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
	patience  = 30 * time.Second
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
	// attach answers helper:attach; nil: as the server does.
	attach func() any

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
			Origin: web.URL, Secret: r.secret, Server: &socketio.Dialer{Origin: web.URL},
			TCP: &proxy.Dialer{Settings: proxy.Direct()}, UI: r.ui,
			Inject:    func() inject.Injector { return r.injector },
			Clipboard: func() (clipboard.System, error) { return r.board, nil },
			About:     protocol.Attach{Version: "1.0", System: protocol.HelperSystemLinux, SystemVersion: "Test"},
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
		r.mu.Unlock()
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

// logTo keeps what a session says until its test is over; sessions may say their last word after that.
type logTo struct {
	mu   sync.Mutex
	over bool
	said strings.Builder
}

func newLog(t *testing.T) *logTo {
	l := &logTo{}
	t.Cleanup(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.over = true
		if t.Failed() {
			t.Log(l.said.String())
		}
	})
	return l
}

func (l *logTo) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		l.said.Write(line)
	}
	return len(line), nil
}

// board is a clipboard without a system.
type board struct {
	changes chan string
	set     chan string
}

func (b *board) Set(text string) error { b.set <- text; return nil }
func (b *board) Close()                {}
func (b *board) Watch(ctx context.Context, changed func(string, error)) error {
	for {
		select {
		case text := <-b.changes:
			changed(text, nil)
		case <-ctx.Done():
			return nil
		}
	}
}

// person is who sits in front of the windows.
type person struct {
	dialog.UI
	mu     sync.Mutex
	busy   int
	shown  *dialog.Session
	events dialog.Events
	closed bool
	cancel func()
}

func (p *person) Windows() []uintptr { return []uintptr{1} }
func (p *person) Busy(_ string, cancel func()) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy++
	p.cancel = cancel
	return sync.OnceFunc(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.busy--
	})
}
func (p *person) ShowConnected(session dialog.Session, events dialog.Events) dialog.Connected {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown, p.events, p.closed = &session, events, false
	return p
}
func (p *person) Update(session dialog.Session) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = &session
}
func (p *person) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
}
func (p *person) open() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.busy > 0 || p.shown != nil && !p.closed
}
func (p *person) sees(holds func(dialog.Session) bool) func() bool {
	return func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.shown != nil && holds(*p.shown)
	}
}
func (p *person) act() dialog.Events {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.events
}
