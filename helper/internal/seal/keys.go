package seal

import "golang.org/x/crypto/blake2b"

const (
	// SessionKeySize is the length of a session key (CPace's ISK, or a key derived from a helper's secret).
	SessionKeySize = 64
	// KeySize is the length of every key derived from it.
	KeySize = 32
	// NonceSize is the length of the nonces that begin an epoch or a link.
	NonceSize = 16
	// EpochIDSize is the length of an epoch's name on the wire.
	EpochIDSize = 8
)

// Sender is one of the two sides of a sealed line.
type Sender string

const (
	Operator Sender = "operator"
	Customer Sender = "customer"
)

// Other returns the opposite side.
func (s Sender) Other() Sender {
	if s == Operator {
		return Customer
	}
	return Operator
}

// SessionKey is what everything else comes from. Zero it with Wipe when the session ends.
type SessionKey [SessionKeySize]byte

// Wipe overwrites the key.
func (k *SessionKey) Wipe() { clear(k[:]) }

// Subkey is BLAKE2b-256 keyed with the session key over lv_cat(label, …context).
func Subkey[T string | []byte](key *SessionKey, label string, context ...T) [KeySize]byte {
	message := LvCat(label)
	message = append(message, LvCat(context...)...)
	var out [KeySize]byte
	copy(out[:], Hash(KeySize, key[:], message))
	return out
}

// Hash is BLAKE2b with size bytes out (1–64), keyed with 0–64 bytes. It panics on other sizes.
func Hash(size int, key, message []byte) []byte {
	hash, err := blake2b.New(size, key)
	if err != nil {
		panic(err) // sizes are constants of this program
	}
	hash.Write(message) // never fails, as package hash promises
	return hash.Sum(nil)
}

// NoncePair makes a key the two sides have never used before: fresh bytes of each.
type NoncePair struct {
	Customer, Operator []byte
}

// RelayKey is the key of the relayed frames that sender sends in one epoch.
func RelayKey(key *SessionKey, sender Sender, epoch NoncePair) [KeySize]byte {
	return Subkey(key, "relay", []byte(sender), epoch.Customer, epoch.Operator)
}

// EpochID names an epoch on the wire; 8 bytes.
func EpochID(key *SessionKey, epoch NoncePair) []byte {
	out := Subkey(key, "epoch", epoch.Customer, epoch.Operator)
	return out[:EpochIDSize]
}

// ChannelKey is the key of one direction of one data channel of one peer link.
func ChannelKey(key *SessionKey, channel string, sender Sender, link NoncePair) [KeySize]byte {
	return Subkey(key, "channel", []byte(channel), []byte(sender), link.Customer, link.Operator)
}

// NonceMAC authenticates the nonces with which a new epoch begins; re is the nonce that is answered, or empty.
func NonceMAC(key *SessionKey, sender Sender, nonce, re []byte) [KeySize]byte {
	return Subkey(key, "epoch nonce", []byte(sender), nonce, re)
}
