// Package seal is the symmetric half of Tasuki's cryptography: byte strings, the key schedule and sealed frames. It makes
// exactly the bytes of shared/crypto; the golden vectors in shared/vectors hold both to that. See docs/protocol.md.
package seal

import (
	"crypto/cipher"
	"encoding/binary"

	"golang.org/x/crypto/chacha20poly1305"
)

// Overhead is what sealing adds to a plain text: an 8-byte counter before it, a 16-byte tag after it.
const Overhead = counterSize + chacha20poly1305.Overhead

const counterSize = 8

// Sealer seals the frames of one direction of one ordered stream with XChaCha20-Poly1305. The nonce is 16 zero bytes and
// the frame's counter, so a key serves one direction of one epoch or one link only. Not safe for concurrent use.
type Sealer struct {
	aead cipher.AEAD
	next uint64
}

// NewSealer takes a 32-byte key, as RelayKey and ChannelKey make it.
func NewSealer(key [KeySize]byte) *Sealer {
	return &Sealer{aead: newAEAD(key)}
}

// Seal returns counter (8 bytes, big-endian) ‖ cipher text ‖ tag (16 bytes); the counter is the associated data.
func (s *Sealer) Seal(plain []byte) []byte {
	frame := make([]byte, counterSize, len(plain)+Overhead)
	binary.BigEndian.PutUint64(frame, s.next)
	s.next++
	return s.aead.Seal(frame, nonceOf(frame), plain, frame)
}

// Opener opens what the other side's Sealer made. The stream is ordered and complete, so each frame must be the very next
// one. Not safe for concurrent use.
type Opener struct {
	aead     cipher.AEAD
	expected uint64
}

// NewOpener takes the other direction's 32-byte key.
func NewOpener(key [KeySize]byte) *Opener {
	return &Opener{aead: newAEAD(key)}
}

// Open returns a frame's plain text, or a *TamperError: Forged, Replayed or Missing.
func (o *Opener) Open(frame []byte) ([]byte, error) {
	if len(frame) < Overhead {
		return nil, Tampered(Forged)
	}
	counter, box := frame[:counterSize], frame[counterSize:]
	plain, err := o.aead.Open(nil, nonceOf(counter), box, counter)
	if err != nil {
		return nil, Tampered(Forged)
	}
	switch value := binary.BigEndian.Uint64(counter); {
	case value < o.expected:
		return nil, Tampered(Replayed)
	case value > o.expected:
		return nil, Tampered(Missing)
	}
	o.expected++
	return plain, nil
}

func nonceOf(counter []byte) []byte {
	var nonce [chacha20poly1305.NonceSizeX]byte
	copy(nonce[chacha20poly1305.NonceSizeX-counterSize:], counter[:counterSize])
	return nonce[:]
}

func newAEAD(key [KeySize]byte) cipher.AEAD {
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		panic(err) // impossible: the array has the right length
	}
	return aead
}
