package session

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"tasuki/helper/internal/online"
	"tasuki/helper/internal/peer"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

const (
	// maxTampered is how often a link that was tampered with is replaced.
	maxTampered = 3
	// iceFresh is how old relay credentials may be for a new link; they last twice as long.
	iceFresh     = time.Hour
	firstRelink  = time.Second
	longestPause = 20 * time.Second
	// relinkAtMost keeps an impatient controller from having links made all the time.
	relinkAtMost = time.Second
)

// links makes the link to the controller's browser, and another one whenever it is lost.
type links struct {
	s        *Session
	current  *peer.Link
	began    time.Time
	iceSince time.Time
	failures int
	tampered int
	// stopRetry cancels an attempt that is due.
	stopRetry func()
	asking    bool
	// suspended: the page in front of this computer is away for too long.
	suspended bool
}

func newLinks(s *Session) *links {
	return &links{s: s, iceSince: time.Now(), stopRetry: func() {}}
}

// present is the link, for other goroutines than the loop; nil when there is none.
func (s *Session) present(ctx context.Context) *peer.Link {
	found := make(chan *peer.Link, 1)
	s.loop.Post(func() { found <- s.links.current })
	select {
	case link := <-found:
		return link
	case <-ctx.Done():
		return nil
	}
}

func (l *links) up() bool { return l.current != nil && l.current.IsUp() }

// send says something on the channel `session`; false when it was skipped.
func (l *links) send(message protocol.HelperSessionMessage) bool {
	return l.current != nil && l.current.SendSession(message) == nil
}

func (l *links) close() {
	l.stopRetry()
	if l.current != nil {
		// The last words leave before the link is torn down.
		current := l.current
		time.AfterFunc(150*time.Millisecond, current.Close)
		l.current = nil
	}
}

// peerOpened: the controller can be talked to, so a link can be made.
func (s *Session) peerOpened() {
	if !s.links.up() {
		s.links.soon(0)
	}
}

func (s *Session) onPeer(message protocol.PeerLineMessage) error {
	switch m := message.(type) {
	case protocol.PeerLineSignal:
		if s.links.current == nil {
			return nil
		}
		if _, offer := m.Data.(protocol.SignalOffer); offer {
			return seal.Tampered(seal.Unexpected) // only the helper offers
		}
		s.links.current.Signal(m)
	case protocol.PeerLineRelink:
		s.links.soon(max(0, relinkAtMost-time.Since(s.links.began)))
	case protocol.PeerLineEnd:
		s.ended(m.By, m.Reason)
	}
	return nil
}

// soon makes a new link after a while, unless the line to arrange it is closed: opening that asks again.
func (l *links) soon(wait time.Duration) {
	l.stopRetry()
	l.stopRetry = l.s.loop.After(wait, func() {
		if l.s.peer.open {
			l.fresh()
		}
	})
}

// fresh makes a link, with relay credentials that are still good.
func (l *links) fresh() {
	if time.Since(l.iceSince) < iceFresh || l.asking {
		l.offer()
		return
	}
	l.asking = true
	message := protocol.OfSession{SessionID: l.s.attached.SessionID}
	l.s.server.Ask("session:ice", message, func(raw json.RawMessage, err error) {
		answer, err := online.Answer(raw, err, protocol.DecodeIceAnswer)
		l.s.loop.Post(func() {
			l.asking = false
			if err == nil {
				l.s.attached.ICE, l.iceSince = answer.ICE, time.Now()
			}
			l.offer()
		})
	})
}

// offer replaces the present link.
func (l *links) offer() {
	s := l.s
	if l.suspended {
		return
	}
	if l.current != nil {
		l.current.Close()
		l.current = nil
		s.gate.Connect(false)
	}
	l.began = time.Now()
	s.clip.forget()
	config := peer.Config{
		ICE: s.attached.ICE, Key: &s.keys.Peer, Loopback: onThisComputer(s.deps.Origin),
		TURN: s.deps.TCP.ForICE(s.ctx),
	}
	var link *peer.Link
	// Runs act on the loop, if the link is still the present one then.
	ours := func(act func()) func() {
		return func() {
			s.loop.Post(func() {
				if link != nil && l.current == link && s.ctx.Err() == nil {
					act()
				}
			})
		}
	}
	link, err := peer.New(config, peer.Events{
		Signal:    func(signal protocol.PeerLineSignal) { ours(func() { s.peer.send(signal) })() },
		Up:        ours(l.onUp),
		Down:      func() { s.gate.Connect(false); ours(s.tell)() },
		Quiet:     func() { s.gate.Input(protocol.InputRelease{}) },
		Dead:      func(why error) { s.gate.Connect(false); ours(func() { l.onDead(why) })() },
		Input:     s.gate.Input,
		Clipboard: s.clip.take,
		// Nothing comes on a channel before the answer is taken, on the loop, after link is set.
		Session: func(m protocol.HelperSessionMessage) { s.onSession(link, m) },
	})
	if err != nil {
		s.log.Error("link", "err", err)
		l.retry()
		return
	}
	s.log.Info("offer", "link", link.ID())
	l.current = link
}

func (l *links) onUp() {
	l.failures = 0
	l.s.log.Info("link up")
	l.s.gate.Connect(true)
	l.s.told.status = nil
	l.s.tell()
}

func (l *links) onDead(why error) {
	l.s.log.Info("link dead", "why", why)
	l.current = nil
	l.s.tell()
	if tampered := new(seal.TamperError); errors.As(why, &tampered) {
		l.s.gate.Refuse()
		if l.tampered++; l.tampered > maxTampered {
			l.s.broken(why)
			return
		}
	}
	l.retry()
}

func (l *links) retry() {
	wait := min(longestPause, firstRelink<<min(l.failures, 10))
	l.failures++
	l.soon(wait)
}

// onSession answers what the controller says on the channel `session`, on that channel's own goroutine: however much it
// says, the loop is kept free for the person here.
func (s *Session) onSession(from *peer.Link, message protocol.HelperSessionMessage) {
	switch m := message.(type) {
	case protocol.SessionPing:
		// Skipped when the channel is full: whoever does not read is not answered.
		_ = from.SendSession(protocol.SessionPong{At: m.At})
	case protocol.SessionEnd:
		s.loop.Do(func() {
			if s.links.current == from {
				s.ended(m.By, m.Reason)
			}
		})
	default:
		s.gate.Refuse() // only the helper says that
	}
}
