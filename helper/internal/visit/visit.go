// Package visit is the helper as the customer of a session for a short while: it redeems the number, asks for consent, and
// hands the session over to the browser, which alone can share the screen (RS-68 to RS-71).
package visit

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"runtime/debug"
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
	takeTime  = 2 * time.Minute
	takeEvery = time.Second
)

// Deps are the edges of a visit. All are needed.
type Deps struct {
	Origin string
	Server *socketio.Dialer
	UI     dialog.UI
	// Ask shows who asks and what they could do; false is no.
	Ask func(ctx context.Context, who protocol.Card, mode protocol.Mode, windowsOnly bool) bool
	// Open opens an address in the person's browser.
	Open func(url string) error
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

	half     *pairing.Customer
	relay    *relay.Relay[protocol.RelayMessage]
	joined   *protocol.Joined
	ask      *protocol.RelayAsk
	handed   bool
	failures int
	early    []func()
	busy     func()
	result   Result
}

// errHandedOver ends a visit well.
var errHandedOver = errors.New("handed over")

// Run redeems the number and returns when the browser has taken over, or with one of the errors above.
func Run(ctx context.Context, deps Deps, digits string) (Result, error) {
	v := &visit{deps: deps, loop: loop.New(), digits: digits}
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
		Event: func(name string, argument json.RawMessage) { v.loop.Post(func() { v.event(name, argument) }) },
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
	why := context.Cause(v.ctx)
	v.sayEnd(why)
	leave()
	running.Wait()
	v.busy()
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

func (v *visit) online() {
	if v.joined == nil {
		if v.half == nil {
			hours := pairing.CandidateHours(time.Now())
			v.join(hours)
		}
		return
	}
	message := protocol.HelperResume{SessionID: v.joined.SessionID, Resume: v.joined.Resume}
	if v.handed {
		return // the page has the session now
	}
	v.server.Ask("session:resume", message, func(raw json.RawMessage, err error) {
		err = online.Done(raw, err)
		v.loop.Post(func() {
			switch {
			case err == nil:
				v.post(v.relay.Attach())
			case online.IsRefusal(err, protocol.ErrorCodeSessionGone):
				v.stop(ErrEnded)
			}
		})
	})
}

func (v *visit) offline(err error) {
	v.deps.Log.Info("offline", "why", err)
	if v.joined == nil {
		v.half = nil
		if v.failures++; v.failures == maxFailures {
			v.stop(ErrUnreachable)
		}
		return
	}
	v.relay.Detach()
}

// join tries the number for one hour of issue after the other.
func (v *visit) join(hours []string) {
	if len(hours) == 0 {
		v.stop(ErrNumber)
		return
	}
	origin := pairing.PairingOrigin(v.deps.Origin)
	stretched := pairing.Stretch(v.digits, origin, hours[0])
	// Argon2id has used 64 MiB that are not needed any more.
	debug.FreeOSMemory()
	half, err := pairing.NewCustomer(stretched, origin)
	stretched.Wipe()
	if err != nil {
		v.stop(err)
		return
	}
	v.half = half
	message := protocol.Join{Rdv: stretched.Rdv, Share: half.Share(), Path: "download"}
	v.server.Ask("session:join", message, func(raw json.RawMessage, err error) {
		joined, err := online.Answer(raw, err, protocol.DecodeJoined)
		v.loop.Post(func() { v.onJoined(joined, err, hours) })
	})
}

func (v *visit) onJoined(joined protocol.Joined, err error, hours []string) {
	switch {
	case v.ctx.Err() != nil:
	case err == nil:
		first, _ := json.Marshal(protocol.RelayState{Consent: "reading", Capture: "none"})
		v.joined = &joined
		v.relay = relay.ForCustomer(v.half, first, protocol.DecodeRelayMessage)
		v.loop.After(replyTime, func() {
			if v.ask == nil {
				v.stop(ErrSilent)
			}
		})
		for _, event := range v.early {
			event()
		}
		v.early = nil
	case online.IsRefusal(err, protocol.ErrorCodeCodeUnknown):
		v.join(hours[1:])
	case online.IsRefusal(err, protocol.ErrorCodeVersion):
		v.stop(ErrTooOld)
	default:
		v.half = nil
		if refusal := new(online.Refusal); errors.As(err, &refusal) {
			v.stop(err)
		}
	}
}

func (v *visit) event(name string, argument json.RawMessage) {
	if v.ctx.Err() != nil {
		return
	}
	if v.joined == nil {
		// The operator's reply may be handled before the answer that lets this side in.
		if len(v.early) < maxEarly {
			v.early = append(v.early, func() { v.event(name, argument) })
		}
		return
	}
	switch name {
	case "session:relay":
		if m, err := protocol.DecodeRelay(argument); err == nil && m.SessionID == v.joined.SessionID && !v.handed {
			v.receive(m.Envelope)
		}
	case "session:ended":
		if m, err := protocol.DecodeEnded(argument); err == nil && m.SessionID == v.joined.SessionID {
			v.stop(ErrEnded)
		}
	}
}

func fresh() *link.Secret {
	secret := new(link.Secret)
	rand.Read(secret[:]) // never fails: it ends the program instead
	return secret
}

func (v *visit) receive(envelope relay.Envelope) {
	out, err := v.relay.Receive(envelope)
	if err != nil {
		v.deps.Log.Error("tampered", "err", err)
		v.stop(ErrTampered)
		return
	}
	v.post(out.Send)
	if out.Opened && v.ask != nil {
		v.send(protocol.RelayState{Consent: "reading", Capture: "none", WindowsOnly: v.windowsOnly()})
	}
	for _, message := range out.Messages {
		switch m := message.(type) {
		case protocol.RelayAsk:
			v.asked(m)
		case protocol.RelayEnd:
			v.stop(ErrEnded)
		case protocol.RelayHost, protocol.RelayHelper:
			// For the page.
		default:
			v.stop(ErrTampered)
		}
	}
}

func (v *visit) post(envelopes []relay.Envelope) {
	for _, envelope := range envelopes {
		v.tell("session:relay", protocol.Relay{SessionID: v.joined.SessionID, Envelope: envelope})
	}
}

func (v *visit) send(message protocol.RelayMessage) {
	raw, err := json.Marshal(message)
	if err != nil || v.relay == nil {
		return
	}
	if envelope, sent, err := v.relay.Seal(raw); err == nil && sent {
		v.post([]relay.Envelope{envelope})
	}
}

// tell sends what needs no answer but a yes.
func (v *visit) tell(name string, message any) {
	v.server.Ask(name, message, func(raw json.RawMessage, err error) {
		if err := online.Done(raw, err); err != nil {
			v.deps.Log.Warn(name, "err", err)
		}
	})
}

func (v *visit) windowsOnly() bool { return v.joined.WindowsOnly || v.ask != nil && v.ask.WindowsOnly }
