package socketio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coder/websocket"
)

const hello = `0{"sid":"x","upgrades":[],"pingInterval":10000,"pingTimeout":8000,"maxPayload":65536}`

// peer is the server's end of one connection.
type peer struct {
	t      *testing.T
	socket *websocket.Conn
	ctx    context.Context
}

func (p peer) say(frames ...string) {
	for _, frame := range frames {
		if p.socket.Write(p.ctx, websocket.MessageText, []byte(frame)) != nil {
			return // the client has left, which the test judges
		}
	}
}

// hear waits for one frame; "" when the client has left.
func (p peer) hear() string {
	_, raw, err := p.socket.Read(p.ctx)
	if err != nil {
		return ""
	}
	return string(raw)
}

// admit lets the client into `/test`.
func (p peer) admit() {
	p.say(hello)
	if got := p.hear(); got != `40/test,{"version":1}` {
		p.t.Errorf("asked for %q", got)
	}
	p.say(`40/test,{"sid":"y"}`)
}

// serve runs a scripted server of the test's; its URL is an origin.
func serve(t *testing.T, script func(peer)) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(scripted(t, script))
	t.Cleanup(server.Close)
	return server
}

func scripted(t *testing.T, script func(peer)) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, request *http.Request) {
		if request.URL.Path != "/socket.io/" || request.URL.RawQuery != "EIO=4&transport=websocket" {
			t.Errorf("asked for %s", request.URL)
		}
		socket, err := websocket.Accept(out, request, &websocket.AcceptOptions{InsecureSkipVerify: true})
		if err != nil {
			t.Error(err)
			return
		}
		defer socket.CloseNow()
		socket.SetReadLimit(1 << 21)
		ctx, cancel := context.WithTimeout(request.Context(), 20*time.Second)
		defer cancel()
		script(peer{t: t, socket: socket, ctx: ctx})
	})
}

func limited(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func dial(t *testing.T, server *httptest.Server, handler Handler) (*Conn, error) {
	t.Helper()
	dialer := &Dialer{Origin: server.URL}
	conn, err := dialer.Dial(limited(t), "/test", map[string]int{"version": 1}, handler)
	if err == nil {
		t.Cleanup(conn.Close)
	}
	return conn, err
}

func mustDial(t *testing.T, server *httptest.Server, handler Handler) *Conn {
	t.Helper()
	conn, err := dial(t, server, handler)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func ignore(string, json.RawMessage) {}

func awaitEnd(t *testing.T, conn *Conn) error {
	t.Helper()
	select {
	case <-conn.Done():
	case <-limited(t).Done():
		t.Fatal("the connection goes on")
	}
	return conn.Err()
}
