package socketio

import (
	"crypto/x509"
	"errors"
	"net/http/httptest"
	"slices"
	"testing"

	"tasuki/helper/internal/proxy"
	"tasuki/helper/internal/proxy/proxytest"
)

// secure runs a scripted server over TLS, whose certificate is good for example.com and signed by itself.
func secure(t *testing.T) (address string, roots *x509.CertPool) {
	t.Helper()
	server := httptest.NewTLSServer(scripted(t, func(p peer) { p.admit(); p.hear() }))
	t.Cleanup(server.Close)
	roots = x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return server.Listener.Addr().String(), roots
}

func TestThroughAProxyOverTLS(t *testing.T) {
	address, roots := secure(t)
	out := proxytest.Start(t, map[string]string{"example.com:443": address})
	dialer := &Dialer{Origin: "https://example.com", Proxy: proxy.Via(out.URL), RootCAs: roots}
	conn, err := dialer.Dial(limited(t), "/test", map[string]int{"version": 1}, ignore)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if !slices.Equal(out.Asked(), []string{"example.com:443"}) {
		t.Errorf("the proxy was asked for %v", out.Asked())
	}
}

func TestCertificateIsVerified(t *testing.T) {
	address, roots := secure(t)
	out := proxytest.Start(t, map[string]string{"example.com:443": address, "other.example:443": address})
	for name, dialer := range map[string]*Dialer{
		"unknown authority": {Origin: "https://example.com", Proxy: proxy.Via(out.URL)},
		"another name":      {Origin: "https://other.example", Proxy: proxy.Via(out.URL), RootCAs: roots},
		"no proxy":          {Origin: "https://localhost:" + address[len("127.0.0.1:"):], RootCAs: roots},
	} {
		_, err := dialer.Dial(limited(t), "/test", map[string]int{"version": 1}, ignore)
		var unknown x509.UnknownAuthorityError
		var wrong x509.HostnameError
		if !errors.As(err, &unknown) && !errors.As(err, &wrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
