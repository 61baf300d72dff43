package socketio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

func TestEventsInOrderAndAnswers(t *testing.T) {
	server := serve(t, func(p peer) {
		p.admit()
		p.say(`42/test,["first",{"n":1}]`, "2", `42/test,["second"]`)
		if got := p.hear(); got != "3" {
			t.Errorf("ping answered with %q", got)
		}
		if got := p.hear(); got != `42/test,0["ask",{"q":1}]` {
			t.Errorf("heard %q", got)
		}
		p.say(`43/test,99[{"late":true}]`, `43/test,0[{"ok":true}]`)
		if got := p.hear(); got != `42/test,1["from the handler",null]` {
			t.Errorf("heard %q", got)
		}
		p.say(`43/test,1[7]`)
		if got := p.hear(); got != "41/test," {
			t.Errorf("goodbye %q", got)
		}
	})
	type heard struct{ event, argument string }
	events := make(chan heard, 2)
	hold, fromHandler := make(chan struct{}), make(chan string, 1)
	var conn *Conn
	conn = mustDial(t, server, func(event string, argument json.RawMessage) {
		events <- heard{event, string(argument)}
		if event == "second" {
			<-hold
			answer, err := conn.Emit(limited(t), "from the handler", nil)
			fromHandler <- fmt.Sprint(string(answer), err)
		}
	})
	for _, want := range []heard{{"first", `{"n":1}`}, {"second", ""}} {
		if got := <-events; got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	answer, err := conn.Emit(limited(t), "ask", map[string]int{"q": 1})
	if err != nil || string(answer) != `{"ok":true}` {
		t.Errorf("got %s, %v", answer, err)
	}
	close(hold)
	if got := <-fromHandler; got != "7<nil>" {
		t.Errorf("the handler got %s", got)
	}
	conn.Close()
	if err := awaitEnd(t, conn); !errors.Is(err, ErrClosed) {
		t.Errorf("ended with %v", err)
	}
	if _, err := conn.Emit(limited(t), "ask", nil); !errors.Is(err, ErrClosed) {
		t.Errorf("asked a closed connection: %v", err)
	}
}

func TestRefused(t *testing.T) {
	server := serve(t, func(p peer) {
		p.say(hello)
		p.hear()
		p.say("2", `44/test,{"message":"version"}`)
		p.hear()
		p.hear()
	})
	_, err := dial(t, server, ignore)
	var refused *RefusedError
	if !errors.As(err, &refused) || refused.Reason != "version" {
		t.Errorf("got %v", err)
	}
}

func TestNoSocketThere(t *testing.T) {
	followed := false
	for _, status := range []int{http.StatusNotFound, http.StatusFound, http.StatusForbidden} {
		server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, request *http.Request) {
			followed = followed || request.URL.Path == "/elsewhere"
			out.Header().Set("Location", "/elsewhere")
			out.WriteHeader(status)
		}))
		_, err := dial(t, server, ignore)
		server.Close()
		var answered *StatusError
		if !errors.As(err, &answered) || answered.Status != status || followed {
			t.Errorf("%d: got %v, followed %v", status, err, followed)
		}
	}
}

func TestBeforeTheNamespaceNothingElse(t *testing.T) {
	for _, frames := range [][]string{
		{""}, {"2"}, {"0"}, {"0{}"}, {`0{"sid":"x","pingInterval":0,"pingTimeout":1,"maxPayload":1}`},
		{`0{"sid":"x","pingInterval":1,"pingTimeout":1e9,"maxPayload":1}`},
		{`0{"sid":"x","pingInterval":9999999999,"pingTimeout":1,"maxPayload":1}`},
		{hello, hello}, {hello, `40/other,{"sid":"y"}`}, {hello, `42/test,["early"]`}, {hello, "44/test,nonsense"},
		{hello, `44/test,{"message":"` + strings.Repeat("x", 200) + `"}`}, {hello, "2probe"},
	} {
		server := serve(t, func(p peer) { p.say(frames...); p.hear(); p.hear() })
		if _, err := dial(t, server, ignore); !errors.Is(err, errMalformed) {
			t.Errorf("%q: %v", frames, err)
		}
	}
}

func TestMalformedEndsIt(t *testing.T) {
	for _, frame := range []string{
		"", "4", "9", "2x", "3", "5", "6", "b4AQ==", hello, "40/test,", "44/test,{}", "45/test,1-[]", "46/test,1-[]", "49",
		"42", "42/test", "42/test,", "42/test,{}", "42/test,[]", `42/test,[1]`, `42/test,[""]`, `42/test,["a",1,2]`, `42/test,["a"`,
		`42/test,5["wants an answer"]`, `42["other namespace"]`, `42/other,["x"]`, "43/test,[1]", "43/test,0", "43/test,0[1,2]",
		"43/test,0[]", "43/test,9999999999[1]", `42/test,["a` + "\xff" + `"]`,
	} {
		server := serve(t, func(p peer) { p.admit(); p.say(frame); p.hear() })
		conn := mustDial(t, server, func(event string, _ json.RawMessage) { t.Errorf("%q was handled as %s", frame, event) })
		if err := awaitEnd(t, conn); !errors.Is(err, errMalformed) {
			t.Errorf("%q: %v", frame, err)
		}
	}
}

func TestBinaryEndsIt(t *testing.T) {
	server := serve(t, func(p peer) {
		p.admit()
		_ = p.socket.Write(p.ctx, 2, []byte(`42/test,["x"]`))
		p.hear()
	})
	if err := awaitEnd(t, mustDial(t, server, ignore)); !errors.Is(err, errMalformed) {
		t.Errorf("got %v", err)
	}
}

func TestOversizedEndsIt(t *testing.T) {
	server := serve(t, func(p peer) {
		p.admit()
		p.say(`42/test,["x","` + strings.Repeat("x", maxMessage) + `"]`)
		p.hear()
	})
	conn := mustDial(t, server, func(string, json.RawMessage) { t.Error("handled") })
	if err := awaitEnd(t, conn); err == nil || errors.Is(err, ErrLeft) {
		t.Errorf("got %v", err)
	}
}

func TestSilenceEndsIt(t *testing.T) {
	server := serve(t, func(p peer) {
		p.say(`0{"sid":"x","pingInterval":50,"pingTimeout":50,"maxPayload":65536}`)
		p.hear()
		p.say(`40/test,{"sid":"y"}`, "2")
		for p.hear() != "" {
		}
	})
	if err := awaitEnd(t, mustDial(t, server, ignore)); !errors.Is(err, ErrSilent) {
		t.Errorf("got %v", err)
	}
}

func TestServerLeaves(t *testing.T) {
	for name, leave := range map[string]func(peer){
		"disconnect": func(p peer) { p.say("41/test,"); p.hear() },
		"close":      func(p peer) { p.say("1"); p.hear() },
		"websocket":  func(p peer) { _ = p.socket.Close(1000, "") },
		"cut":        func(p peer) { _ = p.socket.CloseNow() },
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t, func(p peer) {
				p.admit()
				p.say(`42/test,["a"]`, `42/test,["b"]`, `42/test,["c"]`)
				p.hear()
				leave(p)
			})
			var got []string
			conn := mustDial(t, server, func(event string, _ json.RawMessage) { got = append(got, event) })
			if _, err := conn.Emit(limited(t), "ask", nil); err == nil {
				t.Error("answered")
			}
			err := awaitEnd(t, conn)
			if err == nil || name != "cut" && !errors.Is(err, ErrLeft) {
				t.Errorf("ended with %v", err)
			}
			if !reflect.DeepEqual(got, []string{"a", "b", "c"}) {
				t.Errorf("heard %v before the end", got)
			}
		})
	}
}

func TestFloodEndsIt(t *testing.T) {
	server := serve(t, func(p peer) {
		p.admit()
		for range 3 * maxWaiting {
			p.say(`42/test,["x"]`)
		}
		p.hear()
	})
	hold := make(chan struct{})
	conn := mustDial(t, server, func(string, json.RawMessage) { <-hold })
	select {
	case <-conn.ended:
	case <-limited(t).Done():
		t.Fatal("the flood goes on")
	}
	close(hold)
	if err := awaitEnd(t, conn); !errors.Is(err, ErrFlood) {
		t.Errorf("got %v", err)
	}
}

func TestEmitIsBounded(t *testing.T) {
	server := serve(t, func(p peer) { p.admit(); p.hear(); p.say(`43/test,1["on"]`); p.hear() })
	conn := mustDial(t, server, ignore)
	if _, err := conn.Emit(limited(t), "large", strings.Repeat("x", 65536)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
	if _, err := conn.Emit(limited(t), "bad", func() {}); err == nil {
		t.Error("a function was sent")
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := conn.Emit(over, "late", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	for range maxPending {
		if _, _, err := conn.expect(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.Emit(limited(t), "one more", nil); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v", err)
	}
	if conn.Err() != nil {
		t.Errorf("the connection ended: %v", conn.Err())
	}
}

func TestEmitTimesOut(t *testing.T) {
	asked, answerLate := make(chan struct{}), make(chan struct{})
	server := serve(t, func(p peer) {
		p.admit()
		p.hear()
		close(asked)
		<-answerLate
		p.say(`43/test,0["too late"]`, `42/test,["still here"]`)
		p.hear()
	})
	still := make(chan string, 1)
	conn := mustDial(t, server, func(event string, _ json.RawMessage) { still <- event })
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() { _, err := conn.Emit(ctx, "ask", nil); failed <- err }()
	<-asked
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(answerLate)
	select {
	case got := <-still:
		if got != "still here" {
			t.Errorf("got %s", got)
		}
	case <-limited(t).Done():
		t.Error("a late answer broke the connection")
	}
}

func TestDialEndsWithItsContext(t *testing.T) {
	reached := make(chan struct{})
	server := serve(t, func(p peer) { p.say(hello); p.hear(); close(reached); p.hear() })
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() {
		_, err := (&Dialer{Origin: server.URL}).Dial(ctx, "/test", nil, ignore)
		failed <- err
	}()
	<-reached
	cancel()
	select {
	case err := <-failed:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	case <-limited(t).Done():
		t.Error("still dialling")
	}
}
