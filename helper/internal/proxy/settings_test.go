package proxy

import (
	"context"
	"net/url"
	"testing"

	"golang.org/x/net/http/httpproxy"
)

func TestEnvironmentThenSystem(t *testing.T) {
	system := func(context.Context) found {
		return static{https: proxyURL("http", "system", "1"), bypass: []string{"own.example"}}.found()
	}
	for _, test := range []struct {
		name        string
		environment httpproxy.Config
		target      string
		want        string
	}{
		{"system", httpproxy.Config{}, "https://a.example", "http://system:1"},
		{"system for sockets", httpproxy.Config{}, "wss://a.example", "http://system:1"},
		{"system's exception", httpproxy.Config{}, "https://own.example", ""},
		{"environment", httpproxy.Config{HTTPSProxy: "http://u:p@env:2"}, "https://own.example", "http://u:p@env:2"},
		{"environment without scheme", httpproxy.Config{HTTPSProxy: "env:2"}, "https://a.example", "http://env:2"},
		{"environment's exception", httpproxy.Config{HTTPSProxy: "env:2", NoProxy: ".example"}, "https://a.example", ""},
		{"NO_PROXY alone", httpproxy.Config{NoProxy: "a.example"}, "https://a.example", ""},
		{"NO_PROXY of another", httpproxy.Config{NoProxy: "b.example"}, "https://a.example", "http://system:1"},
		{"localhost", httpproxy.Config{HTTPProxy: "env:2"}, "http://localhost:8080", ""},
		{"loopback", httpproxy.Config{HTTPSProxy: "env:2"}, "https://127.0.0.9", ""},
		{"mapped loopback", httpproxy.Config{}, "https://[::ffff:127.0.0.1]", ""},
		{"loopback, system", httpproxy.Config{}, "https://[::1]:444", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			settings := &Settings{load: func() found { return combine(test.environment, system) }}
			target, err := url.Parse(test.target)
			if err != nil {
				t.Fatal(err)
			}
			got, err := settings.For(target)
			if err != nil || textOf(got) != test.want {
				t.Errorf("got %q, %v, want %q", textOf(got), err, test.want)
			}
		})
	}
}

// A script that is not followed is told of, unless the environment names a proxy.
func TestAutomatic(t *testing.T) {
	system := func(context.Context) found { return static{script: true}.found() }
	for want, environments := range map[bool][]httpproxy.Config{
		true:  {{}, {NoProxy: "own.example"}},
		false: {{HTTPSProxy: "env:2"}},
	} {
		for _, environment := range environments {
			settings := &Settings{load: func() found { return combine(environment, system) }}
			if settings.Automatic() != want {
				t.Errorf("%+v: %v", environment, !want)
			}
		}
	}
	if Direct().Automatic() || Via(&url.URL{}).Automatic() {
		t.Error("a script where there is none")
	}
}

func textOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}

func TestReadsTheRealEnvironment(t *testing.T) {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"} {
		t.Setenv(name, "")
	}
	target := &url.URL{Scheme: "https", Host: "support.example"}
	t.Setenv("ALL_PROXY", "socks5://all:1080")
	if got, err := New().For(target); err != nil || textOf(got) != "socks5://all:1080" {
		t.Errorf("ALL_PROXY: %v, %v", got, err)
	}
	t.Setenv("HTTPS_PROXY", "http://https:3128")
	if got, err := New().For(target); err != nil || textOf(got) != "http://https:3128" {
		t.Errorf("HTTPS_PROXY: %v, %v", got, err)
	}
	t.Setenv("NO_PROXY", "support.example")
	if got, err := New().For(target); err != nil || got != nil {
		t.Errorf("NO_PROXY: %v, %v", got, err)
	}
	if got, err := Direct().For(target); err != nil || got != nil {
		t.Errorf("direct: %v, %v", got, err)
	}
}

func TestBypass(t *testing.T) {
	rules := static{bypass: []string{
		"<local>", "*.local", "169.254/16", "10.0.0.0/8", "fe80::/10", "192.168.*", "intra.example", ".dot.example", "[2001:db8::1]", "", "a[",
	}}
	for host, want := range map[string]bool{
		"printer": true, "mac.local": true, "169.254.3.4": true, "170.254.3.4": false, "10.1.2.3": true, "fe80::1": true,
		"192.168.7.7": true, "192.169.7.7": false, "intra.example": true, "www.INTRA.example.": true,
		"notintra.example": false, "x.dot.example": true, "2001:db8::1": true, "2001:db8::2": false, "support.example": false,
	} {
		if rules.bypasses(host) != want {
			t.Errorf("%s: want %v", host, want)
		}
	}
}
