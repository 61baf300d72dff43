package visit

import (
	"encoding/json"
	"errors"
	"runtime/debug"
	"time"

	"tasuki/helper/internal/online"
	"tasuki/helper/internal/pairing"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/relay"
)

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
			case online.IsRefusal(err, protocol.ErrorCodeLimited):
				v.loop.After(max(time.Second, time.Until(online.RetryAt(err))), v.online)
			case !errors.Is(err, online.ErrOffline):
				// Perhaps the next connection gives an answer that can be read.
				v.deps.Log.Error("resume", "err", err)
				v.server.Replace()
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
	case errors.Is(err, online.ErrOffline):
		v.half = nil // the next connection tries again
	default:
		v.stop(err)
	}
}
