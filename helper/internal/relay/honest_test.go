package relay

import (
	"reflect"
	"strings"
	"testing"

	"tasuki/helper/internal/pairing"
	"tasuki/helper/internal/seal"
)

func TestPairedLine(t *testing.T) {
	customer, operator := paired(t)
	if *customer.Key() != *operator.Key() {
		t.Fatal("different keys")
	}
	requireArrives(t, customer, operator)
	requireArrives(t, operator, customer)
}

func TestLineWithASharedKey(t *testing.T) {
	helper, browser := overHello(t)
	requireArrives(t, helper, browser)
	requireArrives(t, browser, helper)
}

func TestEitherSocketMayBeReplaced(t *testing.T) {
	for name, start := range map[string]func(*testing.T) (*line, *line){"paired": paired, "shared key": overHello} {
		t.Run(name, func(t *testing.T) {
			customer, operator := start(t)
			old := sealed(t, customer)
			hello := customer.Attach()[0]
			if _, sent, _ := customer.Seal([]byte(signal)); sent {
				t.Error("sealed between hello and welcome")
			}
			welcome := receive(t, operator, hello)
			if !receive(t, customer, welcome.Send[0]).Opened {
				t.Error("no epoch")
			}
			if out := receive(t, operator, old); !reflect.DeepEqual(out, Output[string]{}) {
				t.Errorf("a stale frame is no attack and no message: %+v", out)
			}
			requireArrives(t, customer, operator)

			operator.Detach()
			if out := receive(t, operator, sealed(t, customer)); len(out.Messages) != 0 {
				t.Error("read without an epoch")
			}
			if _, sent, _ := operator.Seal([]byte(signal)); sent {
				t.Error("sealed without an epoch")
			}
			knocked := receive(t, customer, operator.Attach()[0])
			receive(t, customer, receive(t, operator, knocked.Send[0]).Send[0])
			requireArrives(t, operator, customer)
		})
	}
}

func TestTwoHellosBothOnTheWay(t *testing.T) {
	customer, operator := overHello(t)
	first, second := customer.Attach()[0], customer.Attach()[0]
	welcome1 := receive(t, operator, first)
	welcome2 := receive(t, operator, second)
	if receive(t, customer, welcome1.Send[0]).Opened {
		t.Error("the answer to the earlier hello opened an epoch the operator has left")
	}
	receive(t, customer, welcome2.Send[0])
	requireArrives(t, customer, operator)
}

func TestRepeatedReplyIsAnsweredAlike(t *testing.T) {
	customer, _, reply, _ := pairUp(t, code, origin)
	first := receive(t, customer, reply)
	again := receive(t, customer, reply)
	if !reflect.DeepEqual(first.Send, again.Send) || again.Opened || len(again.Messages) != 0 {
		t.Errorf("got %+v", again)
	}
	// Restored on another line, it says hello instead.
	restored := Restore(seal.Customer, *customer.Key(), parse)
	if out := receive(t, restored, reply); len(out.Send) != 1 || out.Send[0].T != Hello {
		t.Errorf("got %+v", out)
	}
}

func TestBeforeThereIsAKey(t *testing.T) {
	half, err := pairing.NewCustomer(code, origin)
	if err != nil {
		t.Fatal(err)
	}
	customer := ForCustomer(half, []byte(state), parse)
	if len(customer.Attach()) != 0 || customer.Key() != nil {
		t.Error("something to say without a key")
	}
	if out := receive(t, customer, Envelope{T: Knock}); len(out.Send) != 0 {
		t.Errorf("answered a knock: %+v", out)
	}
}

func TestSizeIsBounded(t *testing.T) {
	customer, operator := overHello(t)
	largest := []byte(`{"t":"` + strings.Repeat("x", MaxPayload-8) + `"}`)
	envelope, sent, err := customer.Seal(largest)
	if err != nil || !sent || len(envelope.Frame) > MaxFrameChars {
		t.Fatalf("%d bytes make %d characters, %v", len(largest), len(envelope.Frame), err)
	}
	receive(t, operator, envelope)
	if _, _, err := customer.Seal(append(largest, ' ')); err != ErrTooLarge {
		t.Errorf("got %v", err)
	}
}

func TestWipe(t *testing.T) {
	customer, _ := paired(t)
	key := customer.Key()
	customer.Wipe()
	if *key != (seal.SessionKey{}) || customer.Key() != nil {
		t.Error("the key is still there")
	}
	if _, sent, _ := customer.Seal([]byte(signal)); sent || len(customer.Attach()) != 0 {
		t.Error("the line goes on")
	}
}
