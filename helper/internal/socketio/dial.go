// Package socketio is the helper's line to its server: Socket.IO 5 over Engine.IO 4, by WebSocket only, one namespace a
// connection, text only. It is strict, as it speaks to one server only: what that never sends ends the connection.
// See docs/adr/0015-helper-socket-io.md.
package socketio

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/coder/websocket"

	"tasuki/helper/internal/proxy"
)

// RefusedError: the server did not let this program into the namespace. Reason is its word, such as `version`.
type RefusedError struct {
	Reason string
}

func (e *RefusedError) Error() string { return fmt.Sprintf("refused: %q", e.Reason) }

// StatusError: the server (or something before it) answered with HTTP instead of a socket.
type StatusError struct {
	Status int
}

func (e *StatusError) Error() string { return fmt.Sprintf("no socket: HTTP status %d", e.Status) }

// Handler is told the server's events, one after the other. argument is the JSON of the event's one argument, nil without.
// It may call Emit. While it works, later events wait; when too many do, the connection ends.
type Handler func(event string, argument json.RawMessage)

// Dialer makes connections to one server.
type Dialer struct {
	// Origin of the server, such as `https://support.example`; also sent as the Origin header.
	Origin string
	// Proxy tells the way out; nil: none.
	Proxy *proxy.Settings
	// RootCAs verify the server; nil: the system's. Only tests set it.
	RootCAs *x509.CertPool
}

// Dial connects to a namespace (`/helper`); auth (any JSON value) goes to the server's admission. ctx counts until the
// namespace is entered. It fails with a *RefusedError, a *StatusError, or whatever the network said. TLS is verified always.
func (d *Dialer) Dial(ctx context.Context, namespace string, auth any, handler Handler) (*Conn, error) {
	if !strings.HasPrefix(namespace, "/") || strings.ContainsAny(namespace, ",?") {
		return nil, fmt.Errorf("namespace %q", namespace)
	}
	hello, err := json.Marshal(auth)
	if err != nil {
		return nil, err
	}
	socket, err := d.open(ctx)
	if err != nil {
		return nil, err
	}
	conn := newConn(socket, namespace, handler)
	if err := conn.enter(ctx, hello); err != nil {
		conn.end(err)
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, err
	}
	conn.start()
	return conn, nil
}

// open makes the WebSocket.
func (d *Dialer) open(ctx context.Context) (*websocket.Conn, error) {
	settings := d.Proxy
	if settings == nil {
		settings = proxy.Direct()
	}
	address, err := url.Parse(d.Origin)
	if err != nil || address.Host == "" {
		return nil, fmt.Errorf("origin %q", d.Origin)
	}
	address.Path, address.RawQuery = "/socket.io/", "EIO=4&transport=websocket"
	transport := &http.Transport{
		Proxy:             settings.ForRequest,
		DisableKeepAlives: true,
		// Without HTTP/2, which has no place for a WebSocket.
		TLSClientConfig: &tls.Config{RootCAs: d.RootCAs, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}},
	}
	socket, answer, err := websocket.Dial(ctx, address.String(), &websocket.DialOptions{
		HTTPClient: &http.Client{
			Transport: transport,
			// Nobody sends the helper anywhere else.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		HTTPHeader:      http.Header{"Origin": {d.Origin}},
		CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		if answer != nil && answer.StatusCode != http.StatusSwitchingProtocols {
			return nil, &StatusError{Status: answer.StatusCode}
		}
		return nil, err
	}
	socket.SetReadLimit(maxMessage)
	return socket, nil
}
