package pairing

import (
	"tasuki/helper/internal/seal"
)

// Answer is what the operator's side makes of a customer's share.
type Answer struct {
	Paired
	// Share is Yb, base64url of 32 bytes.
	Share string
	// ExpectedTag is what the customer's confirmation must be, base64url.
	ExpectedTag string
}

// AnswerCustomer is the responder's half, which in the product runs in the operator's browser; here it is the other side
// of every test. It fails with *seal.TamperError Share when the customer's share is unusable.
func AnswerCustomer(stretched Stretched, origin, customerShare string) (Answer, error) {
	in, err := pairingInputs(stretched, origin)
	if err != nil {
		return Answer{}, err
	}
	share, err := seal.FromBase64(customerShare)
	if err != nil {
		return Answer{}, err
	}
	scalar := randomScalar()
	defer scalar.Zero()
	point, err := sharedPoint(scalar, share)
	if err != nil {
		return Answer{}, err
	}
	theirs := message{share: share, ad: associated(seal.Customer)}
	mine := message{share: in.share(scalar), ad: associated(seal.Operator)}
	key := sessionKey(in.sid, point, theirs, mine)
	return Answer{
		Paired: Paired{
			Key:    key,
			Shares: seal.NoncePair{Customer: share, Operator: mine.share},
			Tag:    seal.ToBase64(confirmationTag(in.sid, &key, mine)),
		},
		Share:       seal.ToBase64(mine.share),
		ExpectedTag: seal.ToBase64(confirmationTag(in.sid, &key, theirs)),
	}, nil
}
