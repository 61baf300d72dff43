package pairing

import (
	"crypto/subtle"
	"errors"
	"strconv"

	"github.com/gtank/ristretto255"

	"tasuki/helper/internal/seal"
)

// ProtocolVersion is PROTOCOL_VERSION of shared/protocol; both sides put it into the pairing's transcript.
const ProtocolVersion = 1

// Paired is what a finished pairing leaves.
type Paired struct {
	// Key is the session key.
	Key seal.SessionKey
	// Shares are the nonces of epoch 0.
	Shares seal.NoncePair
	// Tag proves to the operator that the code was known, base64url of 64 bytes.
	Tag string
}

// Customer is the initiator's half of CPace, with roles, identifiers and confirmation fixed. It serves one pairing.
type Customer struct {
	in     inputs
	scalar *ristretto255.Scalar
	mine   message
}

var errFinished = errors.New("this pairing is finished")

// NewCustomer begins a pairing; origin is the server's as PairingOrigin writes it. It fails when stretched did not come
// from Stretch.
func NewCustomer(stretched Stretched, origin string) (*Customer, error) {
	return newCustomer(stretched, origin, randomScalar())
}

func newCustomer(stretched Stretched, origin string, scalar *ristretto255.Scalar) (*Customer, error) {
	in, err := pairingInputs(stretched, origin)
	if err != nil {
		return nil, err
	}
	mine := message{share: in.share(scalar), ad: associated(seal.Customer)}
	return &Customer{in: in, scalar: scalar, mine: mine}, nil
}

// Share is Ya for `session:join`, base64url of 32 bytes.
func (c *Customer) Share() string { return seal.ToBase64(c.mine.share) }

// Finish takes the operator's share and tag. It fails with a *seal.TamperError when the other side does not know the code
// or somebody sits in between. Either way the secret is gone afterwards: a code is tried once.
func (c *Customer) Finish(share, tag string) (Paired, error) {
	if c.scalar == nil {
		return Paired{}, errFinished
	}
	defer c.wipe()
	theirShare, err := seal.FromBase64(share)
	if err != nil {
		return Paired{}, err
	}
	theirTag, err := seal.FromBase64(tag)
	if err != nil {
		return Paired{}, err
	}
	point, err := sharedPoint(c.scalar, theirShare)
	if err != nil {
		return Paired{}, err
	}
	defer clear(point)
	theirs := message{share: theirShare, ad: associated(seal.Operator)}
	key := sessionKey(c.in.sid, point, c.mine, theirs)
	if subtle.ConstantTimeCompare(confirmationTag(c.in.sid, &key, theirs), theirTag) != 1 {
		key.Wipe()
		return Paired{}, seal.Tampered(seal.Confirmation)
	}
	return Paired{
		Key:    key,
		Shares: seal.NoncePair{Customer: c.mine.share, Operator: theirShare},
		Tag:    seal.ToBase64(confirmationTag(c.in.sid, &key, c.mine)),
	}, nil
}

func (c *Customer) wipe() {
	c.scalar.Zero()
	c.scalar = nil
	clear(c.in.prs)
}

func associated(side seal.Sender) []byte {
	return seal.LvCat("tasuki", string(side), strconv.Itoa(ProtocolVersion))
}

func pairingInputs(stretched Stretched, origin string) (inputs, error) {
	sid, err := seal.FromBase64(stretched.Rdv)
	if err != nil {
		return inputs{}, err
	}
	// A copy: the pairing wipes its own, the caller may try the number's next hour with the original.
	prs := append([]byte(nil), stretched.prs...)
	return inputs{prs: prs, ci: seal.LvCat("tasuki pair 1", origin), sid: sid}, nil
}
