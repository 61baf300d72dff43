// Package proxytest is a real CONNECT proxy on loopback, for tests.
package proxytest

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
)

// Proxy is running until the test ends.
type Proxy struct {
	// URL with the credentials it wants.
	URL *url.URL

	lock   sync.Mutex
	routes map[string]string
	asked  []string
}

// Start runs a proxy that wants user:secret. routes tells where a `host:port` really is: names only the proxy can resolve.
func Start(t testing.TB, routes map[string]string) *Proxy {
	t.Helper()
	proxy := &Proxy{routes: routes}
	server := httptest.NewServer(http.HandlerFunc(proxy.serve))
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.UserPassword("user", "secret")
	proxy.URL = address
	return proxy
}

// Asked lists the targets of all CONNECT requests with the right credentials.
func (p *Proxy) Asked() []string {
	p.lock.Lock()
	defer p.lock.Unlock()
	return slices.Clone(p.asked)
}

func (p *Proxy) serve(out http.ResponseWriter, request *http.Request) {
	// user:secret
	if request.Header.Get("Proxy-Authorization") != "Basic dXNlcjpzZWNyZXQ=" {
		out.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	p.lock.Lock()
	p.asked = append(p.asked, request.Host)
	target, known := p.routes[request.Host]
	p.lock.Unlock()
	if request.Method != http.MethodConnect || !known {
		out.WriteHeader(http.StatusForbidden)
		return
	}
	server, err := net.Dial("tcp", target)
	if err != nil {
		out.WriteHeader(http.StatusBadGateway)
		return
	}
	defer server.Close()
	client, _, err := out.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer client.Close()
	if _, err := io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	var both sync.WaitGroup
	both.Go(func() { io.Copy(server, client); closeWrite(server) })
	both.Go(func() { io.Copy(client, server); closeWrite(client) })
	both.Wait()
}

func closeWrite(conn net.Conn) {
	if half, ok := conn.(*net.TCPConn); ok {
		half.CloseWrite()
	}
}
