package session

import (
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"tasuki/helper/internal/loop"
	"tasuki/helper/internal/online"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/relay"
	"tasuki/helper/internal/seal"
)

// line is one sealed line to a browser, over the server. Used on the session's loop only.
type line[M any] struct {
	to      protocol.HelperEnd
	relay   *relay.Relay[M]
	server  *online.Server
	loop    *loop.Loop
	log     *slog.Logger
	session func() string
	opened  func()
	message func(M) error
	broken  func(error)

	online, open bool
	// retry stops a new beginning that is due.
	retry func()
}

// limitedPause is how long a line keeps quiet when the server says that it said too much, at least.
const limitedPause = 500 * time.Millisecond

func newLine[M any](s *Session, to protocol.HelperEnd, key seal.SessionKey, parse relay.Parse[M]) *line[M] {
	return &line[M]{
		to: to, relay: relay.Restore(seal.Customer, key, parse), server: s.server, loop: s.loop, log: s.log,
		session: func() string { return s.attached.SessionID }, broken: s.broken, retry: func() {},
	}
}

// attach begins an epoch: this side's socket is attached, or the other side arrived.
func (l *line[M]) attach() {
	l.online = true
	l.post(l.relay.Attach())
}

// detach: frames may be lost from now on.
func (l *line[M]) detach() {
	l.online, l.open = false, false
	l.relay.Detach()
}

// send seals a message; while there is no epoch it is dropped, as the snapshot that opens one says what matters.
func (l *line[M]) send(message any) {
	raw, err := json.Marshal(message)
	if err != nil {
		l.log.Error("encode", "line", l.to, "err", err)
		return
	}
	envelope, sent, err := l.relay.Seal(raw)
	if err != nil || !sent {
		return
	}
	l.post([]relay.Envelope{envelope})
}

func (l *line[M]) receive(envelope relay.Envelope) {
	out, err := l.relay.Receive(envelope)
	if err != nil {
		l.broken(err)
		return
	}
	l.post(out.Send)
	for _, each := range out.Send {
		if each.T == relay.Hello {
			l.open = false
		}
	}
	if out.Opened {
		l.open = true
		l.log.Info("epoch", "line", l.to)
		l.opened()
	}
	for _, message := range out.Messages {
		if err := l.message(message); err != nil {
			l.broken(err)
			return
		}
	}
}

func (l *line[M]) post(envelopes []relay.Envelope) {
	if !l.online {
		return
	}
	for _, envelope := range envelopes {
		message := protocol.ToBrowser{SessionID: l.session(), To: l.to, Envelope: envelope}
		l.server.Ask("helper:relay", message, func(raw json.RawMessage, err error) {
			if err := online.Done(raw, err); err != nil && !errors.Is(err, online.ErrOffline) {
				l.loop.Post(func() { l.refused(err) })
			}
		})
	}
}

// refused: what was not relayed leaves a gap, so the epoch is over; a new one begins when the server listens again.
func (l *line[M]) refused(err error) {
	l.log.Warn("relay", "line", l.to, "err", err)
	if !online.IsRefusal(err, protocol.ErrorCodeLimited) {
		return
	}
	l.relay.Detach()
	l.open = false
	l.retry()
	l.retry = l.loop.After(max(limitedPause, time.Until(online.RetryAt(err))), func() {
		if l.online {
			l.attach()
		}
	})
}
