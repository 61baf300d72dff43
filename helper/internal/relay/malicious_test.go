package relay

import (
	"testing"

	"tasuki/helper/internal/seal"
)

// Everything the server can do to relayed envelopes is found out.

func corrupt(t *testing.T, envelope Envelope, at int) Envelope {
	t.Helper()
	frame, err := seal.FromBase64(envelope.Frame)
	if err != nil {
		t.Fatal(err)
	}
	frame[at%len(frame)] ^= 1
	envelope.Frame = seal.ToBase64(frame)
	return envelope
}

func TestCannotPairWithoutTheCode(t *testing.T) {
	customer, _, reply, _ := pairUp(t, guess, origin)
	requireTamper(t, customer, reply, seal.Confirmation)

	customer, _, reply, _ = pairUp(t, code, "https://evil.example")
	requireTamper(t, customer, reply, seal.Confirmation)

	customer, _, reply, _ = pairUp(t, code, origin)
	reply.Share = seal.ToBase64(make([]byte, 32))
	requireTamper(t, customer, reply, seal.Share)
}

func TestCannotTryTwice(t *testing.T) {
	customer, _, reply, _ := pairUp(t, code, origin)
	bad := reply
	bad.Tag = seal.ToBase64(make([]byte, 64))
	requireTamper(t, customer, bad, seal.Confirmation)
	if out, err := customer.Receive(reply); err != nil || len(out.Messages) != 0 || customer.Key() != nil {
		t.Errorf("a second reply was believed: %+v, %v", out, err)
	}
}

func TestCannotChangeAByte(t *testing.T) {
	customer, operator := paired(t)
	for _, at := range []int{0, 7, 8, 50, 1 << 20} {
		shakeHands(t, customer, operator)
		requireTamper(t, operator, corrupt(t, sealed(t, customer), at), seal.Forged)
	}
}

func TestCannotTruncate(t *testing.T) {
	customer, operator := paired(t)
	for _, keep := range []int{1, 8, 33} {
		envelope := sealed(t, customer)
		envelope.Frame = envelope.Frame[:keep]
		requireTamper(t, operator, envelope, seal.Forged, seal.Malformed)
	}
}

func TestCannotReplayReorderOrDrop(t *testing.T) {
	customer, operator := paired(t)
	frame := sealed(t, customer)
	receive(t, operator, frame)
	requireTamper(t, operator, frame, seal.Replayed)

	customer, operator = paired(t)
	sealed(t, customer)
	requireTamper(t, operator, sealed(t, customer), seal.Missing)
}

func TestCannotPlayAFrameBackToItsSender(t *testing.T) {
	customer, _ := paired(t)
	requireTamper(t, customer, sealed(t, customer), seal.Forged)
}

func TestCannotBeginOrRepeatAnEpoch(t *testing.T) {
	customer, operator := paired(t)
	hello := customer.Attach()[0]
	forged := hello
	forged.Nonce = "AAAAAAAAAAAAAAAAAAAAAA"
	requireTamper(t, operator, forged, seal.Forged)
	welcome := receive(t, operator, hello).Send[0]
	badWelcome := welcome
	badWelcome.Nonce = "AAAAAAAAAAAAAAAAAAAAAA"
	requireTamper(t, customer, badWelcome, seal.Forged)
	receive(t, customer, welcome)
	echo := receive(t, operator, hello).Send[0] // the old hello, played again
	requireTamper(t, customer, echo, seal.Replayed)
	other := Restore(seal.Operator, seal.SessionKey{1}, parse)
	requireTamper(t, other, hello, seal.Forged)
}

func TestCannotSendEitherSideTheOthersPart(t *testing.T) {
	customer, operator := paired(t)
	_, _, reply, _ := pairUp(t, code, origin)
	requireTamper(t, operator, reply, seal.Unexpected)
	requireTamper(t, operator, Envelope{T: Knock}, seal.Unexpected)
	requireTamper(t, operator, Envelope{T: Welcome}, seal.Unexpected)
	requireTamper(t, customer, Envelope{T: Confirm}, seal.Unexpected)
	requireTamper(t, customer, Envelope{T: Hello}, seal.Unexpected)
	requireTamper(t, customer, reply, seal.Unexpected)
	requireTamper(t, customer, Envelope{T: "invented"}, seal.Unexpected)
	requireTamper(t, customer, Envelope{}, seal.Unexpected)
}

func TestVerifiedNonsenseIsMalformed(t *testing.T) {
	for _, plain := range []string{"", "{}", "[", "\xff", `{"t":"` + "\xff" + `"}`, "null"} {
		customer, operator := overHello(t)
		envelope, sent, err := customer.Seal([]byte(plain))
		if !sent || err != nil {
			t.Fatal(err)
		}
		requireTamper(t, operator, envelope, seal.Malformed)
	}
}
