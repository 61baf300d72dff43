package socketio_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"

	"tasuki/helper/internal/pairing"
	"tasuki/helper/internal/relay"
	"tasuki/helper/internal/socketio"
)

// The other half is signaling/helper-line.test.ts: the real server, and an operator with the browser's cryptography.

const version = pairing.ProtocolVersion

type answer struct {
	OK        bool
	Error     string
	SessionID string `json:"sessionId"`
	Resume    string
}

type relayed struct {
	SessionID string         `json:"sessionId"`
	Envelope  relay.Envelope `json:"envelope"`
}

// customer is this side of the session.
type customer struct {
	t         *testing.T
	ctx       context.Context
	dialer    *socketio.Dialer
	conn      *socketio.Conn
	envelopes chan relay.Envelope
}

func TestRealServer(t *testing.T) {
	origin, code := os.Getenv("TASUKI_TEST_ORIGIN"), os.Getenv("TASUKI_TEST_CODE")
	if origin == "" || code == "" {
		t.Skip("run by signaling/helper-line.test.ts")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c := &customer{
		t: t, ctx: ctx, dialer: &socketio.Dialer{Origin: origin},
		envelopes: make(chan relay.Envelope, 16),
	}
	c.refusals()

	c.connect()
	half, joined := c.join(origin, code)
	line := relay.ForCustomer(half, []byte(`{"t":"state","consent":"reading","capture":"none","windowsOnly":false}`), parse)
	if ask := c.next(joined.SessionID, line); ask["t"] != "ask" {
		t.Fatalf("asked with %v", ask)
	}
	c.say(joined.SessionID, line, `{"t":"state","consent":"granted","capture":"none","windowsOnly":false}`)
	if host := c.next(joined.SessionID, line); host["t"] != "host" || host["capture"] != "picking" {
		t.Fatalf("answered with %v", host)
	}

	// Another socket: another epoch.
	c.conn.Close()
	line.Detach()
	c.connect()
	resumed := c.ask("session:resume", map[string]string{"sessionId": joined.SessionID, "resume": joined.Resume})
	if !resumed.OK {
		t.Fatalf("not resumed: %s", resumed.Error)
	}
	for _, envelope := range line.Attach() {
		c.send(joined.SessionID, envelope)
	}
	if host := c.next(joined.SessionID, line); host["capture"] != "on" {
		t.Fatalf("after the new epoch: %v", host)
	}
	c.say(joined.SessionID, line, `{"t":"relink"}`)

	ended := c.ask("session:end", map[string]string{"sessionId": joined.SessionID, "by": "customer", "reason": "cancelled"})
	if !ended.OK {
		t.Fatalf("not ended: %s", ended.Error)
	}
	c.conn.Close()
	<-c.conn.Done()
}

// refusals: what the real server says to those it does not let in.
func (c *customer) refusals() {
	for _, test := range []struct {
		namespace string
		auth      any
		want      string
	}{
		{"/customer", map[string]int{"version": version + 1}, "version"},
		{"/nowhere", map[string]int{"version": version}, "Invalid namespace"},
		{"/", map[string]int{"version": version}, "not_found"},
		{"/desk", map[string]int{"version": version}, "signed_out"},
	} {
		_, err := c.dialer.Dial(c.ctx, test.namespace, test.auth, func(string, json.RawMessage) {})
		var refused *socketio.RefusedError
		if !errors.As(err, &refused) || refused.Reason != test.want {
			c.t.Errorf("%s: got %v, want %s", test.namespace, err, test.want)
		}
	}
	other := &socketio.Dialer{Origin: c.dialer.Origin + "0"}
	if _, err := other.Dial(c.ctx, "/customer", nil, func(string, json.RawMessage) {}); err == nil {
		c.t.Error("connected to another port")
	}
}

func (c *customer) connect() {
	c.t.Helper()
	conn, err := c.dialer.Dial(c.ctx, "/customer", map[string]int{"version": version}, c.hear)
	if err != nil {
		c.t.Fatal(err)
	}
	c.conn = conn
}

func (c *customer) hear(event string, argument json.RawMessage) {
	if event != "session:relay" {
		return
	}
	var message struct{ Envelope json.RawMessage }
	if err := json.Unmarshal(argument, &message); err != nil {
		c.t.Error(err)
		return
	}
	envelope, err := relay.ParseEnvelope(message.Envelope)
	if err != nil {
		c.t.Errorf("%s: %v", message.Envelope, err)
		return
	}
	c.envelopes <- envelope
}

// join redeems the code, trying hour after hour as a customer's side does.
func (c *customer) join(origin, code string) (*pairing.Customer, answer) {
	c.t.Helper()
	place := pairing.PairingOrigin(origin)
	for _, hour := range pairing.CandidateHours(time.Now()) {
		stretched := pairing.Stretch(code, place, hour)
		half, err := pairing.NewCustomer(stretched, place)
		if err != nil {
			c.t.Fatal(err)
		}
		joined := c.ask("session:join", map[string]string{"rdv": stretched.Rdv, "share": half.Share(), "path": "code"})
		if joined.OK {
			return half, joined
		}
		if joined.Error != "code_unknown" {
			c.t.Fatalf("refused: %s", joined.Error)
		}
	}
	c.t.Fatal("no hour fits")
	return nil, answer{}
}

func (c *customer) ask(event string, message any) (out answer) {
	c.t.Helper()
	raw, err := c.conn.Emit(c.ctx, event, message)
	if err != nil {
		c.t.Fatalf("%s: %v", event, err)
	}
	if err := json.Unmarshal(raw, &out); err != nil {
		c.t.Fatal(err)
	}
	return out
}

func (c *customer) send(session string, envelope relay.Envelope) {
	c.t.Helper()
	if sent := c.ask("session:relay", relayed{session, envelope}); !sent.OK {
		c.t.Fatalf("%s not relayed: %s", envelope.T, sent.Error)
	}
}

func (c *customer) say(session string, line *relay.Relay[message], text string) {
	c.t.Helper()
	envelope, sent, err := line.Seal([]byte(text))
	if err != nil || !sent {
		c.t.Fatalf("not sealed: %v", err)
	}
	c.send(session, envelope)
}

// next feeds the line until a message comes out of it.
func (c *customer) next(session string, line *relay.Relay[message]) message {
	c.t.Helper()
	for {
		select {
		case envelope := <-c.envelopes:
			out, err := line.Receive(envelope)
			if err != nil {
				c.t.Fatal(err)
			}
			for _, each := range out.Send {
				c.send(session, each)
			}
			if len(out.Messages) > 0 {
				return out.Messages[0]
			}
		case <-c.conn.Done():
			c.t.Fatal(c.conn.Err())
		case <-c.ctx.Done():
			c.t.Fatal("nothing came")
		}
	}
}

type message map[string]any

func parse(plain []byte) (out message, err error) {
	return out, json.Unmarshal(plain, &out)
}
