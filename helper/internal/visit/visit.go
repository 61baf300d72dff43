// Package visit is the helper as the customer of a session for a short while: it redeems the number, asks for consent, and
// hands the session over to the browser, which alone can share the screen (RS-68 to RS-71).
package visit

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"tasuki/helper/internal/dialog"
	"tasuki/helper/internal/link"
	"tasuki/helper/internal/loop"
	"tasuki/helper/internal/online"
	"tasuki/helper/internal/pairing"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/relay"
	"tasuki/helper/internal/socketio"
)

// Why a visit did not come to be, or ended. An *online.Refusal `limited` may come too, with the time to try again.
var (
	// ErrNumber: wrong, expired, withdrawn or used; another one can be tried.
	ErrNumber = errors.New("number not known")
	// ErrCancelled: the person said no.
	ErrCancelled = errors.New("cancelled")
	// ErrUnreachable: the server could not be reached; nothing is used up.
	ErrUnreachable = errors.New("server not reached")
	// ErrTooOld: the server speaks another version.
	ErrTooOld = errors.New("version")
	// ErrSilent: the operator's side did not answer, or went away.
	ErrSilent = errors.New("no answer")
	// ErrTampered: the other side is not who it says.
	ErrTampered = errors.New("tampered")
	// ErrEnded: the operator ended it.
	ErrEnded = errors.New("ended")
	// ErrBrowser: the page could not be opened.
	ErrBrowser = errors.New("no browser")
)

const (
	reachTime = 20 * time.Second
	// maxFailures in a row before the person is told; one may be chance.
	maxFailures = 2
	// maxEarly bounds events that are kept until the session is joined.
	maxEarly  = 16
	replyTime = time.Minute
	// takeTime is how long the page may take to take over; the server keeps the place for longer.
	takeTime    = 2 * time.Minute
	takeEvery   = time.Second
	goodbyeTime = 3 * time.Second
)

// Deps are the edges of a visit. All are needed.
type Deps struct {
	Origin string
	Server *socketio.Dialer
	UI     dialog.UI
	// Ask shows who asks and what they could do; false is no.
	Ask func(ctx context.Context, who protocol.Card, mode protocol.Mode, windowsOnly bool) bool
	// Open opens an address in the person's browser. done forgets the address: it is called when the page has taken over, or
	// nobody waits for that any more.
	Open func(url string) (done func(), err error)
	// Waiting shows that something is waited for, until the function it returns is called.
	Waiting func(cancel func()) (done func())
	Log     *slog.Logger
}

// Result of a visit that was handed over.
type Result struct {
	Mode protocol.Mode
	// Secret is this helper's own in a mode in which it is needed, else nil.
	Secret *link.Secret
}

// visit runs on its loop.
type visit struct {
	deps   Deps
	loop   *loop.Loop
	server *online.Server
	ctx    context.Context
	stop   context.CancelCauseFunc
	digits string
	// goodbye bounds how long the server is given to hear of the end.
	goodbye time.Duration

	half     *pairing.Customer
	relay    *relay.Relay[protocol.RelayMessage]
	joined   *protocol.Joined
	ask      *protocol.RelayAsk
	handed   bool
	opened   func()
	failures int
	early    []func()
	busy     func()
	result   Result
}

// errHandedOver ends a visit well.
var errHandedOver = errors.New("handed over")

// Run redeems the number and returns when the browser has taken over, or with one of the errors above.
func Run(ctx context.Context, deps Deps, digits string) (Result, error) {
	return newVisit(deps, digits).run(ctx)
}

func newVisit(deps Deps, digits string) *visit {
	return &visit{deps: deps, loop: loop.New(), digits: digits, opened: func() {}, goodbye: goodbyeTime}
}

func (v *visit) run(ctx context.Context) (Result, error) {
	deps := v.deps
	v.ctx, v.stop = context.WithCancelCause(ctx)
	defer v.stop(nil)
	v.busy = deps.Waiting(func() { v.stop(ErrCancelled) })
	v.server = online.New(deps.Server, protocol.CustomerNamespace, online.Events{
		Connected:    func() { v.loop.Post(v.online) },
		Disconnected: func(err error) { v.loop.Post(func() { v.offline(err) }) },
		Refused: func(reason string) {
			deps.Log.Error("refused", "reason", reason)
			v.stop(ErrTooOld)
		},
		Event: func(name string, argument json.RawMessage) { v.loop.Do(func() { v.event(name, argument) }) },
	})
	connecting, leave := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { v.server.Run(connecting) })
	reach := v.loop.After(reachTime, func() {
		if v.joined == nil {
			v.stop(ErrUnreachable)
		}
	})
	v.loop.Run(v.ctx)
	reach()
	// The window goes at once, whatever the server still has to hear; and no secret stays in a file.
	v.busy()
	v.opened()
	why := context.Cause(v.ctx)
	v.sayEnd(why)
	leave()
	if !loop.Await(&running, v.goodbye) {
		deps.Log.Warn("the server did not hear of the end")
	}
	if v.relay != nil {
		v.relay.Wipe()
	}
	switch {
	case why == errHandedOver:
		return v.result, nil
	case errors.Is(why, context.Canceled):
		return Result{}, ErrCancelled
	}
	return Result{}, why
}

// sayEnd tells the server and the operator that nothing will come of it.
func (v *visit) sayEnd(why error) {
	if v.joined == nil || v.handed && why == errHandedOver || why == ErrEnded {
		return
	}
	reason := protocol.EndReasonCancelled
	switch why {
	case ErrSilent:
		reason = protocol.EndReasonNoAnswer
	case ErrTampered:
		reason = protocol.EndReasonTampered
	case ErrBrowser:
		reason = protocol.EndReasonFailed
	case ErrCancelled:
		if v.ask != nil && !v.handed {
			reason = protocol.EndReasonDeclined
			v.tell("session:consent", protocol.Consent{SessionID: v.joined.SessionID, Granted: false})
		}
	}
	v.send(protocol.RelayEnd{By: protocol.PartyCustomer, Reason: reason})
	v.tell("session:end", protocol.End{SessionID: v.joined.SessionID, By: protocol.PartyCustomer, Reason: reason})
}
