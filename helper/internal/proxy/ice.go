package proxy

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"sync"
)

// ICEDialer reaches TURN servers over TCP, for webrtc.SettingEngine.SetICEProxyDialer. Once such a dialer is set, pion
// leaves TLS for `turns:` to it, and looks up the server's name itself, which fails where only the proxy can resolve
// names. So pion is given placeholder addresses, for which this dialer knows the name. TLS is verified always. Safe for
// concurrent use.
type ICEDialer struct {
	ctx    context.Context
	dialer *Dialer

	lock    sync.Mutex
	servers map[string]turnServer
}

// turnServer is what a placeholder stands for.
type turnServer struct {
	host, port string
	secure     bool
}

// Placeholders are 192.0.2.1 to .254: a network reserved for documentation, which leads nowhere.
const maxPlaceholders = 254

// ForICE makes the dialer of one WebRTC link. Every dial ends with ctx.
func (d *Dialer) ForICE(ctx context.Context) *ICEDialer {
	return &ICEDialer{ctx: ctx, dialer: d, servers: map[string]turnServer{}}
}

// Servers replaces the TURN servers over TCP among urls (`turn:…`, `turns:…`, `stun:…`) by placeholders. What pion is
// configured with must come from here: a `turns:` server it dials otherwise is refused. Servers past 254 are left out.
func (d *ICEDialer) Servers(urls []string) []string {
	d.lock.Lock()
	defer d.lock.Unlock()
	var out []string
	for _, each := range urls {
		server, ok := turnOverTCP(each)
		if !ok {
			out = append(out, each)
			continue
		}
		if len(d.servers) >= maxPlaceholders {
			continue
		}
		address := net.JoinHostPort(fmt.Sprintf("192.0.2.%d", len(d.servers)+1), server.port)
		d.servers[address] = server
		scheme := "turn"
		if server.secure {
			scheme = "turns"
		}
		out = append(out, scheme+":"+address+"?transport=tcp")
	}
	return out
}

// Dial connects to the server a placeholder stands for. The local address of what it returns is a *net.TCPAddr, as pion
// expects. It fails for any other address.
func (d *ICEDialer) Dial(_, placeholder string) (net.Conn, error) {
	d.lock.Lock()
	server, known := d.servers[placeholder]
	d.lock.Unlock()
	if !known {
		return nil, fmt.Errorf("%s is no TURN server of this link", placeholder)
	}
	ctx, cancel := context.WithTimeout(d.ctx, dialTimeout)
	defer cancel()
	conn, err := d.dialer.DialContext(ctx, "tcp", net.JoinHostPort(server.host, server.port))
	if err != nil || !server.secure {
		return conn, err
	}
	secure := tls.Client(conn, d.dialer.tlsConfig(server.host))
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return secure, nil
}

// turnOverTCP reads `turns:host[:port][?transport=tcp]` and `turn:host[:port]?transport=tcp`.
func turnOverTCP(text string) (turnServer, bool) {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Opaque == "" {
		return turnServer{}, false
	}
	transport := parsed.Query().Get("transport")
	secure := parsed.Scheme == "turns"
	if !secure && (parsed.Scheme != "turn" || transport != "tcp") || secure && transport == "udp" {
		return turnServer{}, false
	}
	authority, err := url.Parse("turn://" + parsed.Opaque)
	if err != nil || authority.Hostname() == "" || authority.Path != "" || authority.User != nil {
		return turnServer{}, false
	}
	port := authority.Port()
	if port == "" {
		port = map[bool]string{false: "3478", true: "5349"}[secure]
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return turnServer{}, false
	}
	return turnServer{host: authority.Hostname(), port: port, secure: secure}, true
}
