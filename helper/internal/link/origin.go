package link

import (
	"net/netip"
	"strconv"
	"strings"
)

const maxHostChars = 253

// AllowedOrigin tells whether the helper goes there: `https` with a plain host and an optional port, or `http` on this very
// machine. Nothing else may stand in it: no path, no credentials, no capitals, as location.origin has none.
func AllowedOrigin(origin string) bool {
	scheme, authority, found := strings.Cut(origin, "://")
	if !found {
		return false
	}
	host, port, ok := splitPort(authority)
	if !ok {
		return false
	}
	switch scheme {
	case "https":
		// A browser leaves the default port away; with it the Origin header would be another.
		return port != "443" && validHost(host)
	case "http":
		return port != "80" && (host == "localhost" || host == "127.0.0.1" || host == "[::1]")
	}
	return false
}

// splitPort cuts `:port` off; the port is "" or a canonical 1–65535.
func splitPort(authority string) (host, port string, ok bool) {
	host = authority
	if at := strings.LastIndexByte(authority, ':'); at >= 0 && !strings.HasSuffix(authority, "]") {
		host, port = authority[:at], authority[at+1:]
		number, err := strconv.ParseUint(port, 10, 16)
		if err != nil || number == 0 || strconv.FormatUint(number, 10) != port {
			return "", "", false
		}
	}
	return host, port, host != ""
}

// validHost takes a DNS name in ASCII (names in other scripts come as punycode), an IPv4 address or an IPv6 one in brackets.
func validHost(host string) bool {
	if inner, found := strings.CutPrefix(host, "["); found {
		inner, found = strings.CutSuffix(inner, "]")
		address, err := netip.ParseAddr(inner)
		return found && err == nil && address.Is6() && address.Zone() == "" && inner == strings.ToLower(inner)
	}
	if len(host) > maxHostChars {
		return false
	}
	for _, label := range strings.Split(strings.TrimSuffix(host, "."), ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			c := label[i]
			if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
				return false
			}
		}
	}
	return true
}

// Host is what people are shown of an origin: its name, with the port if that is not the usual one.
func Host(origin string) string {
	_, host, _ := strings.Cut(origin, "://")
	return host
}
