package relay

import (
	"crypto/rand"
	"crypto/subtle"

	"tasuki/helper/internal/seal"
)

// onReply finishes the pairing: the other side knows the code, and learns that this one does.
func (r *Relay[M]) onReply(reply Envelope) (Output[M], error) {
	if r.side != seal.Customer {
		return Output[M]{}, seal.Tampered(seal.Unexpected)
	}
	if r.reply.T != "" {
		// The operator repeats its reply when it cannot know that ours arrived.
		if reply != r.reply {
			return Output[M]{}, seal.Tampered(seal.Unexpected)
		}
		if r.confirm.T == "" {
			return Output[M]{}, nil
		}
		return Output[M]{Send: []Envelope{r.confirm}}, nil
	}
	if r.pairing == nil {
		// Restored: a hello proves the key as well as the confirmation did.
		return r.onKnock()
	}
	paired, err := r.pairing.Finish(reply.Share, reply.Tag)
	r.pairing = nil
	if err != nil {
		return Output[M]{}, err
	}
	r.key, r.reply = &paired.Key, reply
	r.begin(paired.Shares)
	ask, err := r.open(reply.Frame)
	if err != nil {
		return Output[M]{}, err
	}
	r.confirm = Envelope{T: Confirm, Tag: paired.Tag, Frame: r.sealFrame(r.first)}
	return Output[M]{Send: []Envelope{r.confirm}, Messages: []M{ask}, Opened: true}, nil
}

func (r *Relay[M]) onKnock() (Output[M], error) {
	if r.side != seal.Customer {
		return Output[M]{}, seal.Tampered(seal.Unexpected)
	}
	if r.key == nil {
		return Output[M]{}, nil
	}
	return Output[M]{Send: []Envelope{r.sayHello()}}, nil
}

func (r *Relay[M]) onHello(hello Envelope) (Output[M], error) {
	if r.side != seal.Operator || r.key == nil {
		return Output[M]{}, seal.Tampered(seal.Unexpected)
	}
	customer, err := seal.FromBase64(hello.Nonce)
	if err != nil {
		return Output[M]{}, err
	}
	if err := r.requireMAC(hello.MAC, seal.Customer, customer, nil); err != nil {
		return Output[M]{}, err
	}
	operator := freshNonce()
	r.begin(seal.NoncePair{Customer: customer, Operator: operator})
	welcome := Envelope{
		T:     Welcome,
		Nonce: seal.ToBase64(operator),
		Re:    hello.Nonce,
		MAC:   r.mac(seal.Operator, operator, customer),
	}
	return Output[M]{Send: []Envelope{welcome}, Opened: true}, nil
}

func (r *Relay[M]) onWelcome(welcome Envelope) (Output[M], error) {
	if r.side != seal.Customer || r.key == nil {
		return Output[M]{}, seal.Tampered(seal.Unexpected)
	}
	if r.hello == nil {
		// Nobody asked: an old hello of ours was played to the operator again.
		return Output[M]{}, seal.Tampered(seal.Replayed)
	}
	if seal.ToBase64(r.hello) != welcome.Re {
		return Output[M]{}, nil // the answer to an earlier hello
	}
	operator, err := seal.FromBase64(welcome.Nonce)
	if err != nil {
		return Output[M]{}, err
	}
	if err := r.requireMAC(welcome.MAC, seal.Operator, operator, r.hello); err != nil {
		return Output[M]{}, err
	}
	nonces := seal.NoncePair{Customer: r.hello, Operator: operator}
	r.hello = nil
	r.begin(nonces)
	return Output[M]{Opened: true}, nil
}

func (r *Relay[M]) sayHello() Envelope {
	r.hello = freshNonce()
	return Envelope{T: Hello, Nonce: seal.ToBase64(r.hello), MAC: r.mac(seal.Customer, r.hello, nil)}
}

func (r *Relay[M]) begin(nonces seal.NoncePair) {
	r.epoch = &epoch{
		id:     seal.ToBase64(seal.EpochID(r.key, nonces)),
		sealer: seal.NewSealer(seal.RelayKey(r.key, r.side, nonces)),
		opener: seal.NewOpener(seal.RelayKey(r.key, r.side.Other(), nonces)),
	}
}

func (r *Relay[M]) mac(sender seal.Sender, nonce, re []byte) string {
	mac := seal.NonceMAC(r.key, sender, nonce, re)
	return seal.ToBase64(mac[:])
}

func (r *Relay[M]) requireMAC(text string, sender seal.Sender, nonce, re []byte) error {
	received, err := seal.FromBase64(text)
	if err != nil {
		return err
	}
	expected := seal.NonceMAC(r.key, sender, nonce, re)
	if subtle.ConstantTimeCompare(expected[:], received) != 1 {
		return seal.Tampered(seal.Forged)
	}
	return nil
}

func freshNonce() []byte {
	nonce := make([]byte, seal.NonceSize)
	rand.Read(nonce) // never fails: it ends the program instead
	return nonce
}
