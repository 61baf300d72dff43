package peer

import (
	"context"
	"errors"
	"sync"

	"github.com/pion/webrtc/v4"

	"tasuki/helper/internal/channel"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

// When more than this waits to be sent a lane counts as full.
const fullAt = 256 * 1024

// ErrFull: the message was skipped, as too much waits already.
var ErrFull = errors.New("channel is full")

// lane is one sealed data channel of a link.
type lane struct {
	name string
	dc   *webrtc.DataChannel

	// mu keeps the order of sealing and sending the same.
	mu      sync.Mutex
	sealed  *channel.Sealed
	drained chan struct{}
}

// open makes a channel; id nil: the one the link is made with, announced to the other side.
func (l *Link) open(name string, id *uint16) (*lane, error) {
	ordered, negotiated := true, id != nil
	dc, err := l.pc.CreateDataChannel(name, &webrtc.DataChannelInit{Ordered: &ordered, Negotiated: &negotiated, ID: id})
	if err != nil {
		return nil, err
	}
	out := &lane{name: name, dc: dc, drained: make(chan struct{}, 1)}
	dc.SetBufferedAmountLowThreshold(fullAt / 4)
	dc.OnBufferedAmountLow(func() {
		select {
		case out.drained <- struct{}{}:
		default:
		}
	})
	dc.OnOpen(func() {
		if l.session.open() && l.input.open() && l.clipboard.open() {
			l.setUp(true)
		}
	})
	dc.OnClose(func() { l.die(ErrLost) })
	dc.OnError(func(error) { l.die(ErrLost) })
	dc.OnMessage(func(message webrtc.DataChannelMessage) {
		if l.isOver() {
			return
		}
		if err := l.receive(out, message.Data); err != nil {
			l.die(err)
		}
	})
	return out, nil
}

func (l *lane) open() bool { return l != nil && l.dc.ReadyState() == webrtc.DataChannelStateOpen }

func (l *lane) use(key *seal.SessionKey, nonces seal.NoncePair) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sealed = channel.New(key, l.name, nonces)
}

func (l *lane) keys() *channel.Sealed {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sealed
}

// receive opens one message and hands it on. Every error proves interference: the path below is ordered and complete.
func (l *Link) receive(from *lane, frame []byte) error {
	keys := from.keys()
	if keys == nil {
		return seal.Tampered(seal.Unexpected)
	}
	switch from {
	case l.session:
		message, err := channel.Open(keys, frame, protocol.DecodeHelperSessionMessage)
		if err != nil {
			return err
		}
		l.silence.heard()
		l.events.Session(message)
	case l.input:
		message, err := channel.Open(keys, frame, protocol.DecodeInputMessage)
		if err != nil {
			return err
		}
		l.silence.heard()
		l.events.Input(message)
	case l.clipboard:
		message, err := channel.Open(keys, frame, protocol.DecodeClipboardMessage)
		if err != nil {
			return err
		}
		l.silence.heard()
		l.events.Clipboard(message)
	}
	return nil
}

// send seals and sends; nothing is sealed that is not sent.
func (l *Link) send(to *lane, message any) error {
	to.mu.Lock()
	defer to.mu.Unlock()
	if to.sealed == nil || !to.open() || l.isOver() {
		return ErrLost
	}
	if to.dc.BufferedAmount() > fullAt {
		return ErrFull
	}
	frame, err := to.sealed.Seal(message)
	if err != nil {
		return err
	}
	if err := to.dc.Send(frame); err != nil {
		return errors.Join(ErrLost, err)
	}
	return nil
}

// SendSession sends on the channel `session`. It fails with ErrFull (skipped) or ErrLost.
func (l *Link) SendSession(message protocol.HelperSessionMessage) error {
	return l.send(l.session, message)
}

// SendClipboard sends one part, waiting while the channel is full. It fails with ErrLost or ctx's error.
func (l *Link) SendClipboard(ctx context.Context, message protocol.ClipboardMessage) error {
	for {
		err := l.send(l.clipboard, message)
		if !errors.Is(err, ErrFull) {
			return err
		}
		select {
		case <-l.clipboard.drained:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
