// Package peertest plays the controller's browser at the other end of a helper's link, with a second pion.
package peertest

import (
	"crypto/rand"
	"encoding/json"
	"sync"
	"testing"

	"github.com/pion/webrtc/v4"

	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

// Browser answers one link after the other, as client/session/helper-controller-link.ts does.
type Browser struct {
	// Send hands a signal to the helper.
	Send func(protocol.PeerLineSignal)
	Key  *seal.SessionKey
	// Received gets every message, by channel; a message that does not open comes as an error.
	Received chan Received

	mu   sync.Mutex
	link *end
}

// Received is what came in on a channel.
type Received struct {
	Channel string
	Plain   []byte
	Err     error
}

type end struct {
	id       string
	nonce    []byte
	pc       *webrtc.PeerConnection
	mu       sync.Mutex
	channels map[string]*webrtc.DataChannel
	sealers  map[string]*seal.Sealer
	opened   chan string
}

// New makes a browser without a link yet.
func New(key seal.SessionKey, send func(protocol.PeerLineSignal)) *Browser {
	return &Browser{Send: send, Key: &key, Received: make(chan Received, 10_000)}
}

// Signal takes what the helper says.
func (b *Browser) Signal(t testing.TB, signal protocol.PeerLineSignal) {
	t.Helper()
	switch data := signal.Data.(type) {
	case protocol.SignalOffer:
		b.answer(t, signal, data.SDP)
	case protocol.SignalCandidate:
		b.mu.Lock()
		link := b.link
		b.mu.Unlock()
		if link == nil || link.id != signal.Link {
			return
		}
		init := webrtc.ICECandidateInit{Candidate: data.Candidate.Candidate, SDPMid: data.Candidate.SDPMid}
		if err := link.pc.AddICECandidate(init); err != nil {
			t.Logf("candidate: %v", err)
		}
	}
}

func (b *Browser) answer(t testing.TB, signal protocol.PeerLineSignal, sdp string) {
	t.Helper()
	b.Close()
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	pc, err := webrtc.NewAPI(webrtc.WithSettingEngine(settings)).NewPeerConnection(webrtc.Configuration{})
	must(t, err)
	theirs, err := seal.FromBase64(signal.Nonce)
	must(t, err)
	link := &end{id: signal.Link, nonce: make([]byte, seal.NonceSize), pc: pc, channels: map[string]*webrtc.DataChannel{},
		sealers: map[string]*seal.Sealer{}, opened: make(chan string, 3)}
	rand.Read(link.nonce)
	nonces := seal.NoncePair{Customer: theirs, Operator: link.nonce}
	pc.OnDataChannel(func(dc *webrtc.DataChannel) { b.use(link, dc, nonces) })
	for name, id := range map[string]uint16{"input": protocol.InputChannelID, "clipboard": protocol.ClipboardChannelID} {
		negotiated := true
		dc, err := pc.CreateDataChannel(name, &webrtc.DataChannelInit{Negotiated: &negotiated, ID: &id})
		must(t, err)
		b.use(link, dc, nonces)
	}
	b.mu.Lock()
	b.link = link
	b.mu.Unlock()
	say := func(data protocol.LinkSignal) {
		b.Send(protocol.PeerLineSignal{Link: link.id, Nonce: seal.ToBase64(link.nonce), Data: data})
	}
	pc.OnICECandidate(func(candidate *webrtc.ICECandidate) {
		if candidate != nil {
			out := protocol.SignalCandidate{}
			out.Candidate.Candidate = candidate.ToJSON().Candidate
			out.Candidate.SDPMid = candidate.ToJSON().SDPMid
			say(out)
		}
	})
	must(t, pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: sdp}))
	answer, err := pc.CreateAnswer(nil)
	must(t, err)
	say(protocol.SignalAnswer{SDP: answer.SDP})
	must(t, pc.SetLocalDescription(answer))
}

func (b *Browser) use(link *end, dc *webrtc.DataChannel, nonces seal.NoncePair) {
	name := dc.Label()
	opener := seal.NewOpener(seal.ChannelKey(b.Key, name, seal.Customer, nonces))
	link.mu.Lock()
	link.channels[name] = dc
	link.sealers[name] = seal.NewSealer(seal.ChannelKey(b.Key, name, seal.Operator, nonces))
	link.mu.Unlock()
	dc.OnOpen(func() { link.opened <- name })
	dc.OnMessage(func(message webrtc.DataChannelMessage) {
		plain, err := opener.Open(message.Data)
		b.Received <- Received{Channel: name, Plain: plain, Err: err}
	})
}

// Seal seals a message for a channel of the present link without sending it.
func (b *Browser) Seal(t testing.TB, channel string, message any) []byte {
	t.Helper()
	plain, ok := message.([]byte)
	if !ok {
		var err error
		plain, err = json.Marshal(message)
		must(t, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.link.mu.Lock()
	defer b.link.mu.Unlock()
	return b.link.sealers[channel].Seal(plain)
}

// SendRaw sends bytes as they are.
func (b *Browser) SendRaw(t testing.TB, channel string, frame []byte) {
	t.Helper()
	b.mu.Lock()
	link := b.link
	b.mu.Unlock()
	link.mu.Lock()
	dc := link.channels[channel]
	link.mu.Unlock()
	must(t, dc.Send(frame))
}

// Say seals and sends; message is JSON or something that marshals to it.
func (b *Browser) Say(t testing.TB, channel string, message any) {
	t.Helper()
	b.SendRaw(t, channel, b.Seal(t, channel, message))
}

// WaitOpen waits until all three channels of the present link are open.
func (b *Browser) WaitOpen(t testing.TB) {
	t.Helper()
	b.mu.Lock()
	link := b.link
	b.mu.Unlock()
	for range 3 {
		select {
		case <-link.opened:
		case <-t.Context().Done():
			t.Fatal("channels did not open")
		}
	}
}

// Close drops the present link.
func (b *Browser) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.link != nil {
		_ = b.link.pc.Close()
		b.link = nil
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// OpenChannel announces a further channel to the helper, which asked for none.
func (b *Browser) OpenChannel(label string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, err := b.link.pc.CreateDataChannel(label, nil)
	return err
}
