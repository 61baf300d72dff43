package link

import "tasuki/helper/internal/seal"

// Keys are everything that comes from the one secret; one-way, so that Peer tells nothing of Host.
type Keys struct {
	// Rdv is what the server pairs by: 16 bytes as base64url.
	Rdv string
	// Host is the key of the line to the host's browser.
	Host seal.SessionKey
	// Peer is the key of the line to the controller's browser.
	Peer seal.SessionKey
}

// Keys derives rendezvous and keys.
func (s *Secret) Keys() Keys {
	derive := func(size int, label string) []byte { return seal.Hash(size, s[:], seal.LvCat(label)) }
	return Keys{
		Rdv:  seal.ToBase64(derive(16, "tasuki helper rendezvous 1")),
		Host: seal.SessionKey(derive(seal.SessionKeySize, "tasuki helper host 1")),
		Peer: seal.SessionKey(derive(seal.SessionKeySize, "tasuki helper peer 1")),
	}
}

// Wipe overwrites the secret.
func (s *Secret) Wipe() { clear(s[:]) }

// Wipe overwrites both keys.
func (k *Keys) Wipe() {
	k.Host.Wipe()
	k.Peer.Wipe()
}
