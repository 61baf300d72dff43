package proxy

import (
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"strings"
)

// ICEDialer reaches TURN servers over TCP, for webrtc.SettingEngine.SetICEProxyDialer. With a proxy dialer set, pion leaves
// TLS for `turns:` to the dialer: this one does it, and verifies.
type ICEDialer struct {
	ctx    context.Context
	dialer *Dialer
	// secure has the `host:port` of every `turns:` server.
	secure map[string]bool
}

// ForICE makes the dialer for the given ICE servers' URLs (`turn:…`, `turns:…`, `stun:…`). Every dial ends with ctx.
func (d *Dialer) ForICE(ctx context.Context, urls []string) *ICEDialer {
	out := &ICEDialer{ctx: ctx, dialer: d, secure: map[string]bool{}}
	for _, each := range urls {
		if address, ok := turnsAddress(each); ok {
			out.secure[address] = true
		}
	}
	return out
}

// Dial connects to a TURN server; the local address of what it returns is a *net.TCPAddr, as pion expects.
func (d *ICEDialer) Dial(network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(d.ctx, dialTimeout)
	defer cancel()
	conn, err := d.dialer.DialContext(ctx, network, address)
	if err != nil || !d.secure[strings.ToLower(address)] {
		return conn, err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		conn.Close()
		return nil, err
	}
	secure := tls.Client(conn, d.dialer.tlsConfig(host))
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}

// turnsAddress reads `turns:host[:port][?transport=tcp]`.
func turnsAddress(text string) (string, bool) {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Scheme != "turns" || parsed.Opaque == "" {
		return "", false
	}
	authority, err := url.Parse("turns://" + parsed.Opaque)
	if err != nil || authority.Hostname() == "" {
		return "", false
	}
	port := authority.Port()
	if port == "" {
		port = "5349"
	}
	return strings.ToLower(net.JoinHostPort(authority.Hostname(), port)), true
}
