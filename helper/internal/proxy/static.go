package proxy

import (
	"net/netip"
	"net/url"
	"path"
	"strings"
)

// static is what a system's settings say: one proxy a kind of target and a list of exceptions.
type static struct {
	http, https, socks *url.URL
	bypass             []string
	// script: a configuration script decides, which is not run.
	script bool
}

func (s static) found() found { return found{find: s.find, script: s.script} }

func (s static) find(target *url.URL) (*url.URL, error) {
	if s.bypasses(target.Hostname()) {
		return nil, nil
	}
	first := s.https
	if target.Scheme == "http" {
		first = s.http
	}
	if first == nil {
		first = s.socks
	}
	return first, nil
}

// bypasses understands what the three systems write: `<local>` (names without a dot), addresses, networks (also as
// `169.254/16`), names with `*`, `.domain`, and names, which stand for their subdomains too.
func (s static) bypasses(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	address, err := netip.ParseAddr(host)
	isAddress := err == nil
	for _, rule := range s.bypass {
		rule = strings.ToLower(strings.TrimSpace(rule))
		switch network, isNetwork := parseNetwork(rule); {
		case rule == "":
		case rule == "<local>":
			if !isAddress && !strings.Contains(host, ".") {
				return true
			}
		case isNetwork:
			if isAddress && network.Contains(address.Unmap()) {
				return true
			}
		case strings.Contains(rule, "*"):
			if matched, err := path.Match(rule, host); err == nil && matched {
				return true
			}
		default:
			name := strings.TrimPrefix(strings.Trim(rule, "[]"), ".")
			if host == name || !isAddress && strings.HasSuffix(host, "."+name) {
				return true
			}
		}
	}
	return false
}

func parseNetwork(rule string) (netip.Prefix, bool) {
	address, bits, found := strings.Cut(rule, "/")
	if !found {
		return netip.Prefix{}, false
	}
	if !strings.Contains(address, ":") {
		for strings.Count(address, ".") < 3 {
			address += ".0"
		}
	}
	prefix, err := netip.ParsePrefix(address + "/" + bits)
	return prefix, err == nil
}
