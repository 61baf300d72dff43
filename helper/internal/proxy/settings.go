// Package proxy finds the way out of a network that has a proxy: the environment first (HTTPS_PROXY, NO_PROXY, …), then the
// settings of the system. This very machine is never reached through one.
package proxy

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// How long asking the system may take; after that there is no proxy.
const systemTimeout = 3 * time.Second

// finder names the proxy for a target, or nil for none.
type finder func(target *url.URL) (*url.URL, error)

// Settings tells which proxy leads where. They are looked up once, on first use. Safe for concurrent use.
type Settings struct {
	load func() found
}

// found is what was looked up.
type found struct {
	find finder
	// script: the system has a configuration script (PAC, or WPAD to find one), which is not run here.
	script bool
}

// New makes settings from the environment and the system.
func New() *Settings {
	return &Settings{load: sync.OnceValue(func() found {
		return combine(fromEnvironment(), systemFinder)
	})}
}

// Direct makes settings without any proxy.
func Direct() *Settings { return &Settings{load: func() found { return found{find: direct} }} }

// Via makes settings with one proxy for everything but this very machine, such as `http://user:password@proxy:3128`.
func Via(proxy *url.URL) *Settings {
	always := func(*url.URL) (*url.URL, error) { return proxy, nil }
	return &Settings{load: func() found { return found{find: always} }}
}

// For returns the proxy that leads to target (a scheme and a host), nil for none. ws and wss count as http and https.
func (s *Settings) For(target *url.URL) (*url.URL, error) {
	if isLoopback(target.Hostname()) {
		return nil, nil
	}
	plain := url.URL{Scheme: target.Scheme, Host: target.Host}
	switch plain.Scheme {
	case "ws":
		plain.Scheme = "http"
	case "wss":
		plain.Scheme = "https"
	}
	return s.load().find(&plain)
}

// ForRequest is For as http.Transport wants it.
func (s *Settings) ForRequest(request *http.Request) (*url.URL, error) { return s.For(request.URL) }

// Automatic tells whether this computer's way out is decided by a configuration script that is not followed here, so that a
// server may be out of reach although the browser gets there. The environment, where it names a proxy, makes up for that.
func (s *Settings) Automatic() bool { return s.load().script }

func direct(*url.URL) (*url.URL, error) { return nil, nil }

func fromEnvironment() httpproxy.Config {
	config := *httpproxy.FromEnvironment()
	for _, name := range []string{"ALL_PROXY", "all_proxy"} {
		if everything := os.Getenv(name); config.HTTPSProxy == "" && config.HTTPProxy == "" && everything != "" {
			config.HTTPSProxy, config.HTTPProxy = everything, everything
		}
	}
	return config
}

// combine lets the environment decide where it names a proxy, and otherwise the system; NO_PROXY holds for both.
func combine(environment httpproxy.Config, system func(context.Context) found) found {
	if environment.HTTPProxy != "" || environment.HTTPSProxy != "" {
		return found{find: environment.ProxyFunc()}
	}
	ctx, cancel := context.WithTimeout(context.Background(), systemTimeout)
	defer cancel()
	ask := system(ctx)
	if environment.NoProxy == "" {
		return ask
	}
	// With any proxy at all, the configuration tells which targets are to have none.
	any := httpproxy.Config{HTTPProxy: "http://any", HTTPSProxy: "http://any", NoProxy: environment.NoProxy}
	proxied := any.ProxyFunc()
	return found{script: ask.script, find: func(target *url.URL) (*url.URL, error) {
		if proxy, err := proxied(target); proxy == nil || err != nil {
			return nil, err
		}
		return ask.find(target)
	}}
}

func isLoopback(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// proxyURL makes the URL of a proxy that a system names by host and port; nil when it names none.
func proxyURL(scheme, host, port string) *url.URL {
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil || number == 0 || host == "" || strings.ContainsAny(host, "/\\@?#% \t") {
		return nil
	}
	return &url.URL{Scheme: scheme, Host: net.JoinHostPort(strings.Trim(host, "[]"), port)}
}
