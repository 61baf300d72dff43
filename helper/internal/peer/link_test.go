package peer_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"tasuki/helper/internal/peer"
	"tasuki/helper/internal/peer/peertest"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

const patience = 20 * time.Second

type rig struct {
	link     *peer.Link
	browser  *peertest.Browser
	up, down chan struct{}
	quiet    chan struct{}
	dead     chan error
	input    chan protocol.InputMessage
	session  chan protocol.HelperSessionMessage
	clip     chan protocol.ClipboardMessage
}

// connect makes a link between a helper and a browser on this computer and waits until it is up.
func connect(t *testing.T) *rig {
	t.Helper()
	return connectWith(t, 0)
}

// connectWith has the link tell after so long that nothing comes; 0: as it does by itself.
func connectWith(t *testing.T, quietAfter time.Duration) *rig {
	t.Helper()
	var key seal.SessionKey
	rand.Read(key[:])
	r := &rig{
		up: make(chan struct{}, 9), down: make(chan struct{}, 9), quiet: make(chan struct{}, 9), dead: make(chan error, 9),
		input: make(chan protocol.InputMessage, 99), session: make(chan protocol.HelperSessionMessage, 99),
		clip: make(chan protocol.ClipboardMessage, 99),
	}
	// Signals cross in order, one goroutine a direction, as over the server.
	toBrowser, toHelper := make(chan protocol.PeerLineSignal, 99), make(chan protocol.PeerLineSignal, 99)
	r.browser = peertest.New(key, func(s protocol.PeerLineSignal) { toHelper <- s })
	link, err := peer.New(peer.Config{ICE: protocol.IceConfig{Policy: "all"}, Key: &key, Loopback: true, QuietAfter: quietAfter}, peer.Events{
		Signal:    func(s protocol.PeerLineSignal) { toBrowser <- s },
		Up:        func() { r.up <- struct{}{} },
		Down:      func() { r.down <- struct{}{} },
		Quiet:     func() { r.quiet <- struct{}{} },
		Dead:      func(err error) { r.dead <- err },
		Input:     func(m protocol.InputMessage) { r.input <- m },
		Session:   func(m protocol.HelperSessionMessage) { r.session <- m },
		Clipboard: func(m protocol.ClipboardMessage) { r.clip <- m },
	})
	if err != nil {
		t.Fatal(err)
	}
	r.link = link
	done := make(chan struct{})
	var running sync.WaitGroup
	pump := func(from chan protocol.PeerLineSignal, to func(protocol.PeerLineSignal)) {
		running.Go(func() {
			for {
				select {
				case s := <-from:
					to(s)
				case <-done:
					return
				}
			}
		})
	}
	pump(toBrowser, func(s protocol.PeerLineSignal) { r.browser.Signal(t, s) })
	pump(toHelper, link.Signal)
	t.Cleanup(func() { close(done); running.Wait(); link.Close(); r.browser.Close() })
	wait(t, "up", r.up)
	r.browser.WaitOpen(t)
	return r
}

func wait[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(patience):
		t.Fatalf("no %s", what)
		panic("unreachable")
	}
}

func TestLinkCarriesAllChannels(t *testing.T) {
	r := connect(t)
	r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
	if got := wait(t, "key", r.input); got != (protocol.InputKey{Code: "KeyA", Down: true}) {
		t.Errorf("got %v", got)
	}
	r.browser.Say(t, "session", protocol.SessionPing{At: 5})
	if got := wait(t, "ping", r.session); got != (protocol.SessionPing{At: 5}) {
		t.Errorf("got %v", got)
	}
	r.browser.Say(t, "clipboard", protocol.ClipboardMessage{Of: 1, Text: "あ"})
	if got := wait(t, "text", r.clip); got.Text != "あ" {
		t.Errorf("got %v", got)
	}
	if err := r.link.SendSession(protocol.SessionPong{At: 5}); err != nil {
		t.Error(err)
	}
	if got := wait(t, "pong", r.browser.Received); got.Err != nil || string(got.Plain) != `{"t":"pong","at":5}` {
		t.Errorf("got %s %v", got.Plain, got.Err)
	}
	// More than fits at once: the sender waits, and all of it arrives in order.
	text := strings.Repeat("漢", 10_000)
	for part := range 100 {
		if err := r.link.SendClipboard(t.Context(), protocol.ClipboardMessage{Part: part, Of: 100, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	for part := range 100 {
		got := wait(t, "part", r.browser.Received)
		message, err := protocol.DecodeClipboardMessage(got.Plain)
		if err != nil || got.Err != nil || message.Part != part || message.Text != text {
			t.Fatalf("part %d: %v %v", part, err, got.Err)
		}
	}
}

func TestHostileMessagesEndTheLink(t *testing.T) {
	move := protocol.InputMove{X: 0.5}
	for name, attack := range map[string]struct {
		do   func(t *testing.T, b *peertest.Browser)
		kind seal.TamperKind
	}{
		"forged": {func(t *testing.T, b *peertest.Browser) {
			frame := b.Seal(t, "input", move)
			frame[len(frame)-1] ^= 1
			b.SendRaw(t, "input", frame)
		}, seal.Forged},
		"replayed": {func(t *testing.T, b *peertest.Browser) {
			frame := b.Seal(t, "input", move)
			b.SendRaw(t, "input", frame)
			b.SendRaw(t, "input", frame)
		}, seal.Replayed},
		"out of order": {func(t *testing.T, b *peertest.Browser) {
			b.Seal(t, "input", move)
			b.SendRaw(t, "input", b.Seal(t, "input", move))
		}, seal.Missing},
		"of another channel": {func(t *testing.T, b *peertest.Browser) {
			b.SendRaw(t, "input", b.Seal(t, "session", protocol.SessionPing{}))
		}, seal.Forged},
		"malformed": {func(t *testing.T, b *peertest.Browser) {
			b.Say(t, "input", []byte(`{"t":"move","s":0,"x":2,"y":0}`))
		}, seal.Malformed},
		"oversized": {func(t *testing.T, b *peertest.Browser) {
			b.Say(t, "clipboard", []byte(`{"t":"text","part":0,"of":1,"text":"`+strings.Repeat("a", 50_000)+`"}`))
		}, seal.Malformed},
		"empty": {func(t *testing.T, b *peertest.Browser) { b.SendRaw(t, "session", nil) }, seal.Forged},
	} {
		t.Run(name, func(t *testing.T) {
			r := connect(t)
			attack.do(t, r.browser)
			var tampered *seal.TamperError
			if err := wait(t, "end", r.dead); !errors.As(err, &tampered) || tampered.Kind != attack.kind {
				t.Errorf("got %v, want %s", err, attack.kind)
			}
			if name != "replayed" && len(r.input) > 0 {
				t.Errorf("handed on %v", <-r.input)
			}
			if r.link.IsUp() {
				t.Error("still up")
			}
		})
	}
}

func TestFarTooLongMessageEndsTheLink(t *testing.T) {
	r := connect(t)
	r.browser.SendRaw(t, "input", make([]byte, 65_000))
	wait(t, "end", r.dead)
}

func TestBrowserGoneEndsTheLink(t *testing.T) {
	r := connect(t)
	r.browser.Close()
	if err := wait(t, "end", r.dead); !errors.Is(err, peer.ErrLost) {
		t.Errorf("got %v", err)
	}
	if err := r.link.SendSession(protocol.SessionPong{}); !errors.Is(err, peer.ErrLost) {
		t.Errorf("sent on a dead link: %v", err)
	}
}

func TestOtherLinksSignalsAreIgnored(t *testing.T) {
	r := connect(t)
	r.link.Signal(protocol.PeerLineSignal{Link: "AAAAAAAAAAAAAAAAAAAAAA", Data: protocol.SignalAnswer{SDP: "nonsense"}})
	r.link.Signal(protocol.PeerLineSignal{Link: r.link.ID(), Nonce: "AAAAAAAAAAAAAAAAAAAAAA",
		Data: protocol.SignalAnswer{SDP: "a second answer"}})
	if !r.link.IsUp() {
		t.Error("a foreign signal ended the link")
	}
}

func TestUnusableAnswerEndsTheLink(t *testing.T) {
	dead := make(chan error, 1)
	offers := make(chan protocol.PeerLineSignal, 99)
	var key seal.SessionKey
	link, err := peer.New(peer.Config{ICE: protocol.IceConfig{Policy: "all"}, Key: &key}, peer.Events{
		Signal: func(s protocol.PeerLineSignal) { offers <- s }, Dead: func(err error) { dead <- err },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer link.Close()
	if _, ok := wait(t, "offer", offers).Data.(protocol.SignalOffer); !ok {
		t.Error("the first signal is no offer")
	}
	link.Signal(protocol.PeerLineSignal{Link: link.ID(), Nonce: "AAAAAAAAAAAAAAAAAAAAAA", Data: protocol.SignalAnswer{SDP: "x"}})
	if err := wait(t, "end", dead); !errors.Is(err, peer.ErrLost) {
		t.Errorf("got %v", err)
	}
}
