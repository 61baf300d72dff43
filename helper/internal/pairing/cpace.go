package pairing

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"

	"github.com/gtank/ristretto255"

	"tasuki/helper/internal/seal"
)

// CPace with ristretto255 and SHA-512, initiator-responder, after draft-irtf-cfrg-cpace-21 (sections 7, 8.3 and "key
// confirmation"); checked against the draft's own vectors.

const (
	dsi         = "CPaceRistretto255"
	sha512Block = 128
)

// inputs: the password-related string, the channel identifier (who talks to whom) and the session id.
type inputs struct {
	prs, ci, sid []byte
}

// message is one party's share with its associated data, which the key authenticates.
type message struct {
	share, ad []byte
}

// generatorString is padded so that the hash's first block depends on nothing but DSI and PRS.
func (in inputs) generatorString() []byte {
	padding := sha512Block - 1 - len(seal.PrependLength(in.prs)) - len(seal.PrependLength([]byte(dsi)))
	return seal.LvCat([]byte(dsi), in.prs, make([]byte, max(0, padding)), in.ci, in.sid)
}

// generator is calculate_generator: a group element nobody knows the logarithm of without the password.
func (in inputs) generator() *ristretto255.Element {
	hash := sha512.Sum512(in.generatorString())
	return ristretto255.NewElement().FromUniformBytes(hash[:])
}

// randomScalar is uniform to 2⁻²⁵⁶.
func randomScalar() *ristretto255.Scalar {
	var wide [64]byte
	defer clear(wide[:])
	rand.Read(wide[:]) // never fails: it ends the program instead
	return ristretto255.NewScalar().FromUniformBytes(wide[:])
}

func (in inputs) share(scalar *ristretto255.Scalar) []byte {
	return ristretto255.NewElement().ScalarMult(scalar, in.generator()).Encode(nil)
}

// sharedPoint is scalar_mult_vfy with the abort that the draft demands: *TamperError Share when the peer's share is no
// group element or the result is the neutral one.
func sharedPoint(scalar *ristretto255.Scalar, peerShare []byte) ([]byte, error) {
	peer := ristretto255.NewElement()
	if peer.Decode(peerShare) != nil {
		return nil, seal.Tampered(seal.Share)
	}
	point := ristretto255.NewElement().ScalarMult(scalar, peer)
	if point.Equal(ristretto255.NewElement()) == 1 {
		return nil, seal.Tampered(seal.Share)
	}
	return point.Encode(nil), nil
}

// sessionKey is the draft's ISK; a is the initiator's message, b the responder's.
func sessionKey(sid, point []byte, a, b message) seal.SessionKey {
	transcript := seal.LvCat([]byte(dsi+"_ISK"), sid, point)
	transcript = append(transcript, seal.LvCat(a.share, a.ad)...)
	transcript = append(transcript, seal.LvCat(b.share, b.ad)...)
	defer clear(transcript)
	return sha512.Sum512(transcript)
}

// confirmationTag is HMAC-SHA-512 over a party's own message, keyed with H("CPaceMac" ‖ sid ‖ ISK).
func confirmationTag(sid []byte, key *seal.SessionKey, own message) []byte {
	hash := sha512.New()
	hash.Write([]byte("CPaceMac"))
	hash.Write(sid)
	hash.Write(key[:])
	mac := hmac.New(sha512.New, hash.Sum(nil))
	mac.Write(seal.LvCat(own.share, own.ad))
	return mac.Sum(nil)
}
