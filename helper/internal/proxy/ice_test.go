package proxy

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pion/turn/v5"
	"github.com/pion/webrtc/v4"

	"tasuki/helper/internal/proxy/proxytest"
)

// startTURN runs a real TURN server over TCP, with or without TLS (for example.com).
func startTURN(t *testing.T, secure bool) (address string, roots *x509.CertPool) {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = listener.Addr().String()
	if secure {
		// Only for its certificate.
		certified := httptest.NewTLSServer(nil)
		certified.Close()
		roots = x509.NewCertPool()
		roots.AddCert(certified.Certificate())
		listener = tls.NewListener(listener, &tls.Config{Certificates: certified.TLS.Certificates})
	}
	server, err := turn.NewServer(turn.ServerConfig{
		Realm: "test",
		AuthHandler: func(ask *turn.RequestAttributes) (string, []byte, bool) {
			return ask.Username, turn.GenerateAuthKey(ask.Username, "test", "password"), ask.Username == "user"
		},
		ListenerConfigs: []turn.ListenerConfig{{
			Listener: listener,
			RelayAddressGenerator: &turn.RelayAddressGeneratorStatic{
				RelayAddress: net.IPv4(192, 0, 2, 1), Address: "127.0.0.1",
			},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return address, roots
}

// gathered returns the relay candidates that pion finds with nothing but one TURN server.
func gathered(t *testing.T, dialer *ICEDialer, server string) []string {
	t.Helper()
	var engine webrtc.SettingEngine
	engine.SetICEProxyDialer(dialer)
	api := webrtc.NewAPI(webrtc.WithSettingEngine(engine))
	peer, err := api.NewPeerConnection(webrtc.Configuration{
		ICEServers:         []webrtc.ICEServer{{URLs: dialer.Servers([]string{server}), Username: "user", Credential: "password"}},
		ICETransportPolicy: webrtc.ICETransportPolicyRelay,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer peer.Close()
	if _, err := peer.CreateDataChannel("x", nil); err != nil {
		t.Fatal(err)
	}
	var found []string
	peer.OnICECandidate(func(candidate *webrtc.ICECandidate) {
		if candidate != nil {
			found = append(found, candidate.String())
		}
	})
	done := webrtc.GatheringCompletePromise(peer)
	offer, err := peer.CreateOffer(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := peer.SetLocalDescription(offer); err != nil {
		t.Fatal(err)
	}
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("gathering does not end")
	}
	return found
}

func TestTURNThroughTheProxy(t *testing.T) {
	for _, scheme := range []string{"turn", "turns"} {
		t.Run(scheme, func(t *testing.T) {
			address, roots := startTURN(t, scheme == "turns")
			// A name only the proxy can resolve.
			proxy := proxytest.Start(t, map[string]string{"example.com:3478": address})
			server := scheme + ":example.com:3478?transport=tcp"
			dialer := &Dialer{Settings: Via(proxy.URL), RootCAs: roots}
			found := gathered(t, dialer.ForICE(t.Context()), server)
			if len(found) == 0 || !strings.Contains(found[0], "relay") {
				t.Errorf("candidates %v", found)
			}
			if !slices.Contains(proxy.Asked(), "example.com:3478") {
				t.Errorf("the proxy was asked for %v", proxy.Asked())
			}
		})
	}
}

func TestTURNServerIsVerified(t *testing.T) {
	address, _ := startTURN(t, true)
	proxy := proxytest.Start(t, map[string]string{"example.com:3478": address})
	server := "turns:example.com:3478?transport=tcp"
	dialer := &Dialer{Settings: Via(proxy.URL)}
	if found := gathered(t, dialer.ForICE(t.Context()), server); len(found) != 0 {
		t.Errorf("a certificate of nobody's was believed: %v", found)
	}
	ice := dialer.ForICE(t.Context())
	placeholder := strings.TrimSuffix(strings.TrimPrefix(ice.Servers([]string{server})[0], "turns:"), "?transport=tcp")
	var unknown x509.UnknownAuthorityError
	if _, err := ice.Dial("tcp4", placeholder); !errors.As(err, &unknown) {
		t.Errorf("got %v", err)
	}
	if _, err := ice.Dial("tcp4", "example.com:3478"); err == nil {
		t.Error("dialled a server that pion was not given")
	}
}

func TestICEDialEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ice := (&Dialer{Settings: Direct()}).ForICE(ctx)
	if got := ice.Servers([]string{"turn:127.0.0.1:9?transport=tcp"}); got[0] != "turn:192.0.2.1:9?transport=tcp" {
		t.Fatalf("got %v", got)
	}
	cancel()
	if _, err := ice.Dial("tcp4", "192.0.2.1:9"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestServers(t *testing.T) {
	ice := (&Dialer{Settings: Direct()}).ForICE(t.Context())
	got := ice.Servers([]string{
		"stun:turn.example", "turn:turn.example", "turn:turn.example?transport=udp", "turns:turn.example?transport=udp",
		"turn:turn.example?transport=tcp", "turns:turn.example", "turns:turn.example:443?transport=tcp", "turns:[2001:db8::1]:444",
		"turns:", "turns:%zz", "turns:a:b:c", "turns:x:0", "turns:user@x:1", "nonsense",
	})
	want := []string{
		"stun:turn.example", "turn:turn.example", "turn:turn.example?transport=udp", "turns:turn.example?transport=udp",
		"turn:192.0.2.1:3478?transport=tcp", "turns:192.0.2.2:5349?transport=tcp", "turns:192.0.2.3:443?transport=tcp",
		"turns:192.0.2.4:444?transport=tcp", "turns:", "turns:%zz", "turns:a:b:c", "turns:x:0", "turns:user@x:1", "nonsense",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if many := ice.Servers(slices.Repeat([]string{"turns:x"}, 300)); len(many) != maxPlaceholders-4 {
		t.Errorf("%d placeholders", len(many))
	}
}

func FuzzTURNOverTCP(f *testing.F) {
	for _, text := range []string{"turns:turn.example", "turns:[::1]:443?transport=tcp", "turn:x?transport=tcp", "turns:%", "turns:a:b:c"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if server, ok := turnOverTCP(text); ok && (server.host == "" || server.port == "") {
			t.Errorf("%q: %+v", text, server)
		}
	})
}
