package relay

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"tasuki/helper/internal/pairing"
	"tasuki/helper/internal/seal"
)

const origin = "https://support.example"

var (
	code  = pairing.Stretch("12345678", origin, "2026-11-21T09Z")
	guess = func() pairing.Stretched {
		other := pairing.Stretch("87654321", origin, "2026-11-21T09Z")
		other.Rdv = code.Rdv
		return other
	}()
)

const (
	ask    = `{"t":"ask"}`
	state  = `{"t":"state"}`
	signal = `{"t":"signal","sdp":"a=fingerprint:sha-256 AB:CD"}`
)

// parse takes any JSON object with a `t`, as the real ones do.
func parse(plain []byte) (string, error) {
	var message struct{ T string }
	if err := json.Unmarshal(plain, &message); err != nil {
		return "", err
	}
	if message.T == "" {
		return "", errors.New("no t")
	}
	return string(plain), nil
}

type line = Relay[string]

// operatorFor answers a customer's share as the operator's browser does.
func operatorFor(t *testing.T, knows pairing.Stretched, at, share string) (*line, Envelope, string) {
	t.Helper()
	answer, err := pairing.AnswerCustomer(knows, at, share)
	if err != nil {
		t.Fatal(err)
	}
	operator := Restore(seal.Operator, answer.Key, parse)
	operator.begin(answer.Shares)
	return operator, Envelope{T: Reply, Share: answer.Share, Tag: answer.Tag, Frame: operator.sealFrame([]byte(ask))},
		answer.ExpectedTag
}

func pairUp(t *testing.T, knows pairing.Stretched, at string) (customer, operator *line, reply Envelope, tag string) {
	t.Helper()
	half, err := pairing.NewCustomer(knows, at)
	if err != nil {
		t.Fatal(err)
	}
	operator, reply, tag = operatorFor(t, code, origin, half.Share())
	return ForCustomer(half, []byte(state), parse), operator, reply, tag
}

// paired returns both sides after an honest pairing.
func paired(t *testing.T) (customer, operator *line) {
	t.Helper()
	customer, operator, reply, tag := pairUp(t, code, origin)
	out := receive(t, customer, reply)
	if len(out.Send) != 1 || out.Send[0].Tag != tag || !out.Opened || !reflect.DeepEqual(out.Messages, []string{ask}) {
		t.Fatalf("customer made %+v of the reply", out)
	}
	first, err := operator.open(out.Send[0].Frame)
	if err != nil || first != state {
		t.Fatalf("the confirmation carries %q, %v", first, err)
	}
	return customer, operator
}

// overHello returns two sides that share a key and begin with a hello, as the helper's lines do.
func overHello(t *testing.T) (helper, browser *line) {
	t.Helper()
	key := seal.SessionKey{9}
	helper, browser = Restore(seal.Customer, key, parse), Restore(seal.Operator, key, parse)
	shakeHands(t, helper, browser)
	return helper, browser
}

func shakeHands(t *testing.T, customer, operator *line) {
	t.Helper()
	welcome := receive(t, operator, customer.Attach()[0])
	if !welcome.Opened || len(welcome.Send) != 1 {
		t.Fatalf("operator made %+v of the hello", welcome)
	}
	if out := receive(t, customer, welcome.Send[0]); !out.Opened {
		t.Fatalf("customer made %+v of the welcome", out)
	}
}

func receive(t *testing.T, to *line, envelope Envelope) Output[string] {
	t.Helper()
	// As it travels: through JSON and the shape check.
	raw, err := json.Marshal(envelope)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := ParseEnvelope(raw)
	if err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	out, err := to.Receive(parsed)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sealed(t *testing.T, from *line) Envelope {
	t.Helper()
	envelope, sent, err := from.Seal([]byte(signal))
	if err != nil || !sent {
		t.Fatalf("not sealed: %v", err)
	}
	return envelope
}

func requireArrives(t *testing.T, from, to *line) {
	t.Helper()
	if out := receive(t, to, sealed(t, from)); !reflect.DeepEqual(out.Messages, []string{signal}) {
		t.Fatalf("got %+v", out)
	}
}

func requireTamper(t *testing.T, to *line, envelope Envelope, kinds ...seal.TamperKind) {
	t.Helper()
	_, err := to.Receive(envelope)
	var tampered *seal.TamperError
	if !errors.As(err, &tampered) {
		t.Fatalf("nobody noticed: %v", err)
	}
	for _, kind := range kinds {
		if kind == tampered.Kind {
			return
		}
	}
	t.Fatalf("got %v, want one of %v", err, kinds)
}
