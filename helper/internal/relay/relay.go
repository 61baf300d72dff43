// Package relay is one sealed line to a browser, without any I/O: envelopes in, envelopes and messages out. It speaks as
// shared/crypto/relay.ts does; the ladder stands in shared/protocol/relay.ts. Within an epoch nothing may be lost, changed,
// repeated or reordered; a replaced socket begins a new epoch, whose keys come from two fresh nonces, so that no frame of an
// older one is valid again.
package relay

import (
	"errors"
	"unicode/utf8"

	"tasuki/helper/internal/pairing"
	"tasuki/helper/internal/seal"
)

// ErrTooLarge: a message longer than MaxPayload.
var ErrTooLarge = errors.New("message too large for a sealed frame")

// Parse reads one verified message. An error makes it a *seal.TamperError Malformed: an honest peer does not send such.
type Parse[M any] func(plain []byte) (M, error)

// Output is what came of an event.
type Output[M any] struct {
	// Send is to be sent, in this order.
	Send []Envelope
	// Messages came out of sealed frames.
	Messages []M
	// Opened: a fresh epoch began; send your snapshot now.
	Opened bool
}

// Relay is one side of one sealed line. Messages go in as their JSON and come out as Parse makes them. An error of Receive
// that is a *seal.TamperError ends the session. Not safe for concurrent use.
type Relay[M any] struct {
	side  seal.Sender
	parse Parse[M]
	key   *seal.SessionKey
	epoch *epoch
	// hello is our nonce between hello and welcome.
	hello []byte
	// pairing is set until the reply has come, on the customer's side of a line that begins with a code.
	pairing *pairing.Customer
	// first is the message the confirmation carries.
	first   []byte
	reply   Envelope
	confirm Envelope
}

type epoch struct {
	id     string
	sealer *seal.Sealer
	opener *seal.Opener
}

// ForCustomer begins a line that is paired by a code. first (JSON) travels with the confirmation.
func ForCustomer[M any](customer *pairing.Customer, first []byte, parse Parse[M]) *Relay[M] {
	return &Relay[M]{side: seal.Customer, parse: parse, pairing: customer, first: first}
}

// Restore makes a line whose key both sides have already: one of the helper's lines, or a saved one.
func Restore[M any](side seal.Sender, key seal.SessionKey, parse Parse[M]) *Relay[M] {
	return &Relay[M]{side: side, parse: parse, key: &key}
}

// Key is the session key once there is one, else nil; gone after Wipe.
func (r *Relay[M]) Key() *seal.SessionKey { return r.key }

// Wipe forgets the key and the epoch; the relay is of no use afterwards.
func (r *Relay[M]) Wipe() {
	if r.key != nil {
		r.key.Wipe()
	}
	*r = Relay[M]{side: r.side, parse: r.parse}
}

// Attach is called when this side's socket was (re)attached, and when the other side's was; what it returns is to be sent.
func (r *Relay[M]) Attach() []Envelope {
	switch {
	case r.key == nil:
		return nil
	case r.side == seal.Operator:
		return []Envelope{{T: Knock}}
	default:
		return []Envelope{r.sayHello()}
	}
}

// Detach is called when this side's socket is gone: frames may be lost from now on, so the epoch is over.
func (r *Relay[M]) Detach() { r.epoch = nil }

// Seal seals one message (JSON). sent is false while there is no epoch: the snapshot that opens the next one carries what
// matters. It fails with ErrTooLarge only.
func (r *Relay[M]) Seal(message []byte) (envelope Envelope, sent bool, err error) {
	if len(message) > MaxPayload {
		return Envelope{}, false, ErrTooLarge
	}
	if r.epoch == nil || r.hello != nil {
		return Envelope{}, false, nil
	}
	return Envelope{T: Sealed, Epoch: r.epoch.id, Frame: r.sealFrame(message)}, true, nil
}

// Receive takes an envelope that ParseEnvelope let through. It fails with a *seal.TamperError when the envelope proves that
// somebody interfered.
func (r *Relay[M]) Receive(envelope Envelope) (Output[M], error) {
	switch envelope.T {
	case Reply:
		return r.onReply(envelope)
	case Knock:
		return r.onKnock()
	case Hello:
		return r.onHello(envelope)
	case Welcome:
		return r.onWelcome(envelope)
	case Sealed:
		// A frame of an epoch that a replaced socket ended: its sender will repeat what matters.
		if r.epoch == nil || envelope.Epoch != r.epoch.id || r.hello != nil {
			return Output[M]{}, nil
		}
		message, err := r.open(envelope.Frame)
		if err != nil {
			return Output[M]{}, err
		}
		return Output[M]{Messages: []M{message}}, nil
	case Confirm:
		// A restored operator's side has confirmed before; any repetition is the network's.
		if r.side == seal.Operator {
			return Output[M]{}, nil
		}
	}
	return Output[M]{}, seal.Tampered(seal.Unexpected)
}

func (r *Relay[M]) sealFrame(message []byte) string {
	return seal.ToBase64(r.epoch.sealer.Seal(message))
}

func (r *Relay[M]) open(frame string) (message M, err error) {
	sealed, err := seal.FromBase64(frame)
	if err != nil {
		return message, err
	}
	plain, err := r.epoch.opener.Open(sealed)
	if err != nil {
		return message, err
	}
	if !utf8.Valid(plain) {
		return message, seal.Tampered(seal.Malformed)
	}
	message, err = r.parse(plain)
	if err != nil {
		return message, seal.Tampered(seal.Malformed)
	}
	return message, nil
}
