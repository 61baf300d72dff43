package proxy

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	xproxy "golang.org/x/net/proxy"
)

const (
	dialTimeout = 15 * time.Second
	// Bounds what a proxy may answer before the connection begins.
	maxAnswerBytes = 64 * 1024
)

// RefusedError: the proxy would not connect; 407 means that it wants a user name and a password.
type RefusedError struct {
	Status int
}

func (e *RefusedError) Error() string { return fmt.Sprintf("the proxy refused: %d", e.Status) }

// Dialer opens TCP connections, through the proxy (HTTP CONNECT or SOCKS 5) where the settings name one.
type Dialer struct {
	Settings *Settings
	// RootCAs verify proxies and servers reached over TLS; nil: the system's. Only tests set it.
	RootCAs *x509.CertPool
}

// Dial is DialContext with a time limit of its own.
func (d *Dialer) Dial(network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), dialTimeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext connects to address, a host and a port. network is a kind of TCP. ctx counts until the connection is there.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	proxy, err := d.Settings.For(&url.URL{Scheme: "https", Host: address})
	if err != nil {
		return nil, err
	}
	if proxy == nil {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	switch proxy.Scheme {
	case "http", "https":
		return d.connect(ctx, proxy, address)
	case "socks5", "socks5h":
		way, err := xproxy.FromURL(proxy, new(net.Dialer))
		if err != nil {
			return nil, err
		}
		socks, ok := way.(xproxy.ContextDialer)
		if !ok {
			return nil, fmt.Errorf("proxy scheme %q is not supported", proxy.Scheme)
		}
		return socks.DialContext(ctx, "tcp", address)
	}
	return nil, fmt.Errorf("proxy scheme %q is not supported", proxy.Scheme)
}

// connect asks an HTTP proxy for a tunnel.
func (d *Dialer) connect(ctx context.Context, proxy *url.URL, address string) (conn net.Conn, err error) {
	port := proxy.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[proxy.Scheme]
	}
	conn, err = new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(proxy.Hostname(), port))
	if err != nil {
		return nil, err
	}
	raw := conn
	stop := context.AfterFunc(ctx, func() { raw.SetDeadline(time.Unix(1, 0)) })
	defer func() {
		if !stop() && err == nil {
			err = ctx.Err()
		}
		if err != nil {
			raw.Close()
			conn = nil
		}
	}()
	if proxy.Scheme == "https" {
		secure := tls.Client(conn, d.tlsConfig(proxy.Hostname()))
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		conn = secure
	}
	return tunnel(conn, proxy.User, address)
}

// tunnel speaks CONNECT on an open connection.
func tunnel(conn net.Conn, user *url.Userinfo, address string) (net.Conn, error) {
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
	if user != nil {
		password, _ := user.Password()
		login := base64.StdEncoding.EncodeToString([]byte(user.Username() + ":" + password))
		request.Header.Set("Proxy-Authorization", "Basic "+login)
	}
	if err := request.Write(conn); err != nil {
		return nil, err
	}
	reader := bufio.NewReader(io.LimitReader(conn, maxAnswerBytes))
	answer, err := http.ReadResponse(reader, request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, &RefusedError{Status: answer.StatusCode}
	}
	// A server that speaks first may already be in the buffer.
	early, err := io.ReadAll(io.LimitReader(reader, int64(reader.Buffered())))
	if err != nil {
		return nil, err
	}
	return &earlyConn{Conn: conn, early: bytes.NewReader(early)}, nil
}

// tlsConfig verifies always.
func (d *Dialer) tlsConfig(host string) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: d.RootCAs, MinVersion: tls.VersionTLS12}
}

// earlyConn hands out what was read too early, then the rest.
type earlyConn struct {
	net.Conn
	early *bytes.Reader
}

func (c *earlyConn) Read(into []byte) (int, error) {
	if c.early.Len() > 0 {
		return c.early.Read(into)
	}
	return c.Conn.Read(into)
}
