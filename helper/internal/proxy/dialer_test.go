package proxy

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"
	"time"

	"tasuki/helper/internal/proxy/proxytest"
)

// secureServer answers "hello" over TLS, with a certificate of its own that is good for example.com.
func secureServer(t *testing.T) (address string, roots *x509.CertPool) {
	t.Helper()
	server := httptest.NewTLSServer(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		io.WriteString(out, "hello")
	}))
	t.Cleanup(server.Close)
	roots = x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return server.Listener.Addr().String(), roots
}

func TestDialThroughProxy(t *testing.T) {
	address, roots := secureServer(t)
	proxy := proxytest.Start(t, map[string]string{"example.com:443": address})
	dialer := &Dialer{Settings: Via(proxy.URL), RootCAs: roots}
	client := &http.Client{Transport: &http.Transport{
		DialContext:     dialer.DialContext,
		TLSClientConfig: &tls.Config{RootCAs: roots},
	}}
	answer, err := client.Get("https://example.com/")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || string(body) != "hello" {
		t.Errorf("got %q, %v", body, err)
	}
	if !slices.Equal(proxy.Asked(), []string{"example.com:443"}) {
		t.Errorf("the proxy was asked for %v", proxy.Asked())
	}
}

func TestProxyRefuses(t *testing.T) {
	proxy := proxytest.Start(t, nil)
	anonymous := *proxy.URL
	anonymous.User = nil
	for want, via := range map[int]*url.URL{http.StatusForbidden: proxy.URL, http.StatusProxyAuthRequired: &anonymous} {
		_, err := (&Dialer{Settings: Via(via)}).Dial("tcp", "elsewhere.example:443")
		var refused *RefusedError
		if !errors.As(err, &refused) || refused.Status != want {
			t.Errorf("got %v, want %d", err, want)
		}
	}
	if _, err := (&Dialer{Settings: Via(&url.URL{Scheme: "gopher", Host: "x:1"})}).Dial("tcp", "elsewhere.example:443"); err == nil {
		t.Error("an unknown kind of proxy was used")
	}
}

func TestLoopbackIsNotProxied(t *testing.T) {
	address, _ := secureServer(t)
	proxy := proxytest.Start(t, nil)
	conn, err := (&Dialer{Settings: Via(proxy.URL)}).Dial("tcp4", address)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if len(proxy.Asked()) != 0 {
		t.Error("the proxy was asked")
	}
}

func TestEndsWithItsContext(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	accepted := make(chan net.Conn, 1)
	go func() {
		if conn, err := silent.Accept(); err == nil {
			accepted <- conn
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() {
		proxy := &url.URL{Scheme: "http", Host: silent.Addr().String()}
		_, err := (&Dialer{Settings: Via(proxy)}).DialContext(ctx, "tcp", "support.example:443")
		failed <- err
	}()
	defer (<-accepted).Close()
	cancel()
	select {
	case err := <-failed:
		if err == nil {
			t.Error("connected to nowhere")
		}
	case <-time.After(10 * time.Second):
		t.Error("still waiting for a silent proxy")
	}
}

// A server that speaks first, together with the proxy's answer.
func TestNothingIsLostAfterTheAnswer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\nhello, ")
		io.WriteString(conn, "world")
		conn.Close()
	}()
	proxy := &url.URL{Scheme: "http", Host: listener.Addr().String()}
	conn, err := (&Dialer{Settings: Via(proxy)}).Dial("tcp", "support.example:443")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if all, err := io.ReadAll(conn); string(all) != "hello, world" {
		t.Errorf("got %q, %v", all, err)
	}
}
