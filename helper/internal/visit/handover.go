package visit

import (
	"encoding/json"
	"errors"
	"time"

	"tasuki/helper/internal/online"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

// asked: it is known who asks. Nothing has begun yet; 承諾 is the act that begins it (RS-70, RS-84).
func (v *visit) asked(ask protocol.RelayAsk) {
	host := v.joined.Host
	if ask.Card.Operator != host.Operator || ask.Card.Company != host.Company || ask.Mode != v.joined.Mode {
		v.stop(ErrTampered)
		return
	}
	if v.ask != nil {
		return
	}
	v.ask = &ask
	v.busy()
	v.busy = func() {}
	go func() {
		granted := v.deps.Ask(v.ctx, ask.Card, ask.Mode, v.windowsOnly())
		v.loop.Post(func() {
			if !granted {
				v.stop(ErrCancelled)
				return
			}
			v.granted()
		})
	}()
}

// granted tells the server and the operator, then opens the page that goes on.
func (v *visit) granted() {
	v.busy = v.deps.Waiting(func() { v.stop(ErrCancelled) })
	v.consent(time.Now())
}

// consent is told until the server has heard it: the page relies on it.
func (v *visit) consent(since time.Time) {
	message := protocol.Consent{SessionID: v.joined.SessionID, Granted: true}
	v.server.Ask("session:consent", message, func(raw json.RawMessage, err error) {
		err = online.Done(raw, err)
		v.loop.Post(func() {
			refusal := new(online.Refusal)
			switch {
			case v.ctx.Err() != nil:
			case err == nil:
				v.handOver()
			case errors.As(err, &refusal):
				v.stop(ErrEnded)
			case time.Since(since) > replyTime:
				v.stop(ErrUnreachable)
			default:
				v.loop.After(time.Second, func() { v.consent(since) })
			}
		})
	})
}

func (v *visit) handOver() {
	v.send(protocol.RelayState{Consent: "granted", Capture: "none", WindowsOnly: v.windowsOnly()})
	key := v.relay.Key()
	t := take{
		V: 1, ID: v.joined.SessionID, Resume: v.joined.Resume, Key: seal.ToBase64(key[:]),
		Mode: v.joined.Mode, Host: v.joined.Host, WindowsOnly: v.windowsOnly(),
	}
	secret := fresh()
	t.Secret = seal.ToBase64(secret[:])
	v.result = Result{Mode: v.joined.Mode}
	if v.joined.Mode == protocol.ModeControl {
		v.result.Secret = secret
	}
	address, err := t.url(v.deps.Origin)
	if err != nil {
		v.stop(ErrBrowser)
		return
	}
	// The state must be out before the page begins an epoch of its own.
	v.server.Ask("session:ice", protocol.OfSession{SessionID: v.joined.SessionID}, func(json.RawMessage, error) {
		v.loop.Post(func() {
			if v.ctx.Err() != nil {
				return
			}
			v.handed = true
			v.relay.Detach()
			opened, err := v.deps.Open(address)
			if err != nil {
				v.deps.Log.Error("browser", "err", err)
				v.stop(ErrBrowser)
				return
			}
			v.opened = opened
			v.awaitTake(time.Now())
		})
	})
}

// awaitTake waits until the page's socket has taken the place of this one.
func (v *visit) awaitTake(since time.Time) {
	if time.Since(since) > takeTime {
		v.stop(errHandedOver)
		return
	}
	v.server.Ask("session:ice", protocol.OfSession{SessionID: v.joined.SessionID}, func(raw json.RawMessage, err error) {
		err = online.Done(raw, err)
		v.loop.Post(func() {
			if online.IsRefusal(err, protocol.ErrorCodeSessionGone) {
				v.stop(errHandedOver)
				return
			}
			v.loop.After(takeEvery, func() { v.awaitTake(since) })
		})
	})
}
