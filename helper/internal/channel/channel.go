// Package channel seals the messages of one data channel of one peer link, as client/net/sealed-channel.ts does.
package channel

import (
	"encoding/json"

	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

// Sealed is the helper's end of one data channel. The helper has the role customer of the key schedule, the browser
// operator. Seal and Open may run at the same time, but each of them in one goroutine at a time.
type Sealed struct {
	sealer *seal.Sealer
	opener *seal.Opener
}

// New makes the helper's end of the channel called name; nonces are the link's, the helper's as Customer.
func New(key *seal.SessionKey, name string, nonces seal.NoncePair) *Sealed {
	return &Sealed{
		sealer: seal.NewSealer(seal.ChannelKey(key, name, seal.Customer, nonces)),
		opener: seal.NewOpener(seal.ChannelKey(key, name, seal.Operator, nonces)),
	}
}

// Seal writes a message as JSON and seals it. What is sealed must be sent, in this order: the other side misses it
// otherwise. It fails, without using up a number, on messages longer than protocol.MaxChannelBytes.
func (s *Sealed) Seal(message any) ([]byte, error) {
	plain, err := json.Marshal(message)
	if err != nil {
		return nil, err
	}
	if len(plain)+seal.Overhead > protocol.MaxChannelBytes {
		return nil, seal.Tampered(seal.Malformed)
	}
	return s.sealer.Seal(plain), nil
}

// Open opens the next sealed message and reads it with decode. Every error is a *seal.TamperError.
func Open[M any](s *Sealed, frame []byte, decode func([]byte) (M, error)) (message M, err error) {
	if len(frame) > protocol.MaxChannelBytes {
		return message, seal.Tampered(seal.Malformed)
	}
	plain, err := s.opener.Open(frame)
	if err != nil {
		return message, err
	}
	message, err = decode(plain)
	if err != nil {
		return message, seal.Tampered(seal.Malformed)
	}
	return message, nil
}
