package peer

import (
	"crypto/rand"
	"errors"
	"sync"

	"github.com/pion/webrtc/v4"

	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

// Events are what a link tells. They come from several goroutines; those of one channel in order. None may call Close.
type Events struct {
	// Signal is to be sent to the browser over the peer line, in order.
	Signal func(protocol.PeerLineSignal)
	// Up: messages can be sent and come in, first or again. Down: nothing comes through at the moment.
	Up, Down func()
	// Quiet: nothing has come for a while though the link is not down yet; what the controller holds must be let go of.
	// Once for each silence.
	Quiet func()
	// Dead comes once, unless Close was first; a *seal.TamperError when a message did not verify.
	Dead      func(error)
	Input     func(protocol.InputMessage)
	Session   func(protocol.HelperSessionMessage)
	Clipboard func(protocol.ClipboardMessage)
}

// ErrLost: the link broke down; a new one may work.
var ErrLost = errors.New("peer link lost")

// maxEarly bounds candidates that overtake the answer.
const maxEarly = 50

// Link is one attempt to reach the browser, with its own id, nonce and keys. A dead one is replaced, never mended.
type Link struct {
	id     string
	nonce  []byte
	config Config
	events Events
	pc     *webrtc.PeerConnection

	mu       sync.Mutex
	answered bool
	early    []webrtc.ICECandidateInit
	up, over bool
	silence  silence

	session, input, clipboard *lane
}

// New makes a link and begins to offer it. Close it when it is not needed any more.
func New(config Config, events Events) (*Link, error) {
	pc, err := config.api().NewPeerConnection(config.connection())
	if err != nil {
		return nil, err
	}
	l := &Link{id: seal.ToBase64(fresh()), nonce: fresh(), config: config, events: events, pc: pc,
		silence: silence{after: quietAfter, tell: events.Quiet}}
	if config.QuietAfter > 0 {
		l.silence.after = config.QuietAfter
	}
	if err := l.begin(); err != nil {
		return nil, errors.Join(err, pc.Close())
	}
	return l, nil
}

// ID names the link in signals: 16 bytes as base64url.
func (l *Link) ID() string { return l.id }

func fresh() []byte {
	bytes := make([]byte, seal.NonceSize)
	rand.Read(bytes) // never fails: it ends the program instead
	return bytes
}

func (l *Link) begin() (err error) {
	if l.session, err = l.open("session", nil); err != nil {
		return err
	}
	if l.input, err = l.open("input", number(protocol.InputChannelID)); err != nil {
		return err
	}
	if l.clipboard, err = l.open("clipboard", number(protocol.ClipboardChannelID)); err != nil {
		return err
	}
	// The helper alone makes channels. Each one more would cost a goroutine and a buffer.
	l.pc.OnDataChannel(func(*webrtc.DataChannel) { l.die(seal.Tampered(seal.Unexpected)) })
	l.pc.OnICECandidate(func(candidate *webrtc.ICECandidate) {
		if candidate != nil {
			l.signal(fromCandidate(candidate.ToJSON()))
		}
	})
	l.pc.OnICEConnectionStateChange(func(state webrtc.ICEConnectionState) {
		switch state {
		case webrtc.ICEConnectionStateDisconnected:
			l.setUp(false)
		case webrtc.ICEConnectionStateConnected, webrtc.ICEConnectionStateCompleted:
			if l.session.open() {
				l.setUp(true)
			}
		case webrtc.ICEConnectionStateFailed, webrtc.ICEConnectionStateClosed:
			l.die(ErrLost)
		}
	})
	l.pc.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateFailed {
			l.die(ErrLost)
		}
	})
	offer, err := l.pc.CreateOffer(nil)
	if err != nil {
		return err
	}
	// Before the local description is set: candidates come from that moment on, and the offer must be first.
	l.signal(protocol.SignalOffer{SDP: offer.SDP})
	return l.pc.SetLocalDescription(offer)
}

func number(id uint16) *uint16 { return &id }

func (l *Link) signal(data protocol.LinkSignal) {
	l.events.Signal(protocol.PeerLineSignal{Link: l.id, Nonce: seal.ToBase64(l.nonce), Data: data})
}

// Signal takes what the browser answers; other links' signals are ignored. Not for two goroutines at a time.
func (l *Link) Signal(signal protocol.PeerLineSignal) {
	if signal.Link != l.id {
		return
	}
	switch data := signal.Data.(type) {
	case protocol.SignalAnswer:
		if err := l.answer(signal.Nonce, data.SDP); err != nil {
			l.die(err)
		}
	case protocol.SignalCandidate:
		candidate, ok := toCandidate(data)
		l.mu.Lock()
		defer l.mu.Unlock()
		switch {
		case !ok || l.over:
		case l.answered:
			// One that pion cannot use is one path less, not the end.
			_ = l.pc.AddICECandidate(candidate)
		case len(l.early) < maxEarly:
			l.early = append(l.early, candidate)
		}
	}
}

func (l *Link) answer(nonce, sdp string) error {
	theirs, err := seal.FromBase64(nonce)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.answered || l.over {
		return nil // an answer is given once
	}
	nonces := seal.NoncePair{Customer: l.nonce, Operator: theirs}
	for _, each := range []*lane{l.session, l.input, l.clipboard} {
		each.use(l.config.Key, nonces)
	}
	if err := l.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: sdp}); err != nil {
		return errors.Join(ErrLost, err)
	}
	l.answered = true
	for _, candidate := range l.early {
		_ = l.pc.AddICECandidate(candidate)
	}
	l.early = nil
	return nil
}

func (l *Link) setUp(up bool) {
	l.mu.Lock()
	if l.over || l.up == up {
		l.mu.Unlock()
		return
	}
	l.up = up
	l.mu.Unlock()
	if up {
		l.silence.heard()
		l.events.Up()
	} else {
		l.events.Down()
	}
}

// IsUp tells whether messages come through.
func (l *Link) IsUp() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.up && !l.over
}

func (l *Link) die(why error) {
	if l.finish() {
		l.events.Dead(why)
		go l.pc.Close() // it waits for the goroutine that may have called us
	}
}

// Close ends the link without a word; no event comes after it but those already running.
func (l *Link) Close() {
	if l.finish() {
		go l.pc.Close()
	}
}

func (l *Link) finish() (first bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first = !l.over
	l.over = true
	l.silence.stop()
	return first
}

func (l *Link) isOver() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}
