// Package session is the helper's part in one support session, from its secret to its end: attached to the server, in touch
// with the host's page and the controller's browser, and in charge of what the latter may do here.
package session

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"tasuki/helper/internal/clipboard"
	"tasuki/helper/internal/control"
	"tasuki/helper/internal/dialog"
	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/link"
	"tasuki/helper/internal/loop"
	"tasuki/helper/internal/online"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/proxy"
	"tasuki/helper/internal/socketio"
)

// Deps are the edges of a session. All are needed.
type Deps struct {
	// Origin of the server.
	Origin string
	// Secret from the link; Run wipes it.
	Secret *link.Secret
	Server *socketio.Dialer
	TCP    *proxy.Dialer
	UI     dialog.UI
	// Inject opens the injector; Clipboard the clipboard, once it is granted.
	Inject    func() inject.Injector
	Clipboard func() (clipboard.System, error)
	// About this program and computer, for the host's page and the audit.
	About protocol.Attach
	// Patience is how long an unknown secret is tried again: the page that opens after the number was entered offers it
	// only then. Zero: not at all.
	Patience time.Duration
	// HostGrace is for tests; zero means as long as hostGrace.
	HostGrace time.Duration
	Log       *slog.Logger
}

// Session runs on one loop; what is not said to be safe for other goroutines is used there only.
type Session struct {
	deps   Deps
	log    *slog.Logger
	loop   *loop.Loop
	server *online.Server
	keys   link.Keys
	ctx    context.Context
	// stop ends the loop, leave the connection.
	stop context.CancelFunc

	attached  *protocol.Attached
	host      *line[protocol.HostLineMessage]
	peer      *line[protocol.PeerLineMessage]
	links     *links
	config    *protocol.HostLineConfig
	told      told
	connected dialog.Connected
	busy      func()
	clip      *bridge
	outcome   Outcome
	early     []func()
	// stopGrace ends the time that the page in front of this computer has to come back; nil while it is there.
	stopGrace func()

	// mu guards gate, which Cancel and the dialog reach from anywhere.
	mu   sync.Mutex
	gate *control.Gate
	over bool
}

// Run takes part until the session ends or ctx does; it returns how it ended, with everything released and every window
// of its own closed.
func Run(ctx context.Context, deps Deps) Outcome {
	s := &Session{
		deps: deps, log: deps.Log, loop: loop.New(), keys: deps.Secret.Keys(),
		busy: func() {}, outcome: Outcome{Kind: Cancelled},
	}
	deps.Secret.Wipe()
	defer s.wipe()
	return s.run(ctx)
}

func (s *Session) run(ctx context.Context) Outcome {
	var running sync.WaitGroup
	looping, stop := context.WithCancel(ctx)
	s.ctx, s.stop = looping, stop
	defer stop()
	s.server = online.New(s.deps.Server, protocol.HelperNamespace, s.onServer())
	s.wait()
	connecting, leave := context.WithCancel(context.Background())
	running.Go(func() { s.server.Run(connecting) })
	s.loop.Run(looping)
	// Whatever ended it: first of all nothing stays pressed, and the windows go at once.
	s.release()
	s.busy()
	if s.connected != nil {
		s.connected.Close()
	}
	if ctx.Err() != nil && s.outcome.Kind == Cancelled {
		s.sayEnd(protocol.EndReasonCancelled)
	}
	if s.clip != nil {
		s.clip.close()
	}
	if s.links != nil {
		s.links.close()
	}
	leave()
	if !loop.Await(&running, goodbyeTime) {
		s.log.Warn("the server did not hear of the end")
	}
	return s.outcome
}

// goodbyeTime bounds how long the server is given to hear of the end.
const goodbyeTime = 3 * time.Second

// wipe forgets the keys; the lines have copies of their own.
func (s *Session) wipe() {
	s.keys.Wipe()
	if s.host != nil {
		s.host.relay.Wipe()
		s.peer.relay.Wipe()
	}
}

// cancel is the person's act, from any goroutine: everything is let go of at once, the rest follows.
func (s *Session) cancel() {
	s.release()
	s.loop.Post(func() { s.finish(Outcome{Kind: Cancelled}, protocol.EndReasonCancelled) })
}

// release lets go of everything, for good; from any goroutine.
func (s *Session) release() {
	s.mu.Lock()
	s.over = true
	gate := s.gate
	s.mu.Unlock()
	if gate != nil {
		if err := gate.Close(); err != nil {
			s.log.Error("release", "err", err)
		}
	}
}

// finish ends the session; reason is told to everybody unless it is empty. Only the first end counts.
func (s *Session) finish(outcome Outcome, reason protocol.EndReason) {
	if s.ctx.Err() != nil {
		return
	}
	s.release()
	if s.attached != nil {
		outcome.Side = s.attached.Side
	}
	s.outcome = outcome
	s.log.Info("end", "kind", outcome.Kind, "by", outcome.By, "reason", outcome.Reason)
	if reason != "" {
		s.sayEnd(reason)
	}
	s.stop()
}

// sayEnd tells the other side, the page and the server that this side ends it.
func (s *Session) sayEnd(reason protocol.EndReason) {
	if s.attached == nil {
		return
	}
	by := protocol.Party(s.attached.Side)
	if s.links != nil {
		s.links.send(protocol.SessionEnd{By: by, Reason: reason})
	}
	s.peer.send(protocol.PeerLineEnd{By: by, Reason: reason})
	s.host.send(protocol.HostLineEnd{By: by, Reason: reason})
	end := protocol.End{SessionID: s.attached.SessionID, By: by, Reason: reason}
	s.server.Ask("session:end", end, func(raw json.RawMessage, err error) {
		if err := online.Done(raw, err); err != nil {
			s.log.Warn("session:end", "err", err)
		}
	})
}

// broken: a line proved interference, or this program has an error. Either way nothing goes on.
func (s *Session) broken(err error) {
	s.log.Error("broken", "err", err)
	s.finish(Outcome{Kind: Tampered, Reason: protocol.EndReasonTampered}, protocol.EndReasonTampered)
}

// ended: another party ended it.
func (s *Session) ended(by protocol.Party, reason protocol.EndReason) {
	s.finish(Outcome{Kind: Ended, By: by, Reason: reason}, "")
}
