package dialog

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

const codeLength = 8

// codeDigits takes the digits out of what was typed or pasted: half and full width ones; blanks, hyphens and whatever
// else stands between them is left out. At most eight.
func codeDigits(typed string) string {
	var out []byte
	for _, r := range typed {
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		if r >= '0' && r <= '9' && len(out) < codeLength {
			out = append(out, byte(r))
		}
	}
	return string(out)
}

// groupCode writes digits as they are read aloud: 1234 5678.
func groupCode(digits string) string {
	if len(digits) <= codeLength/2 {
		return digits
	}
	return digits[:codeLength/2] + " " + digits[codeLength/2:]
}

// serverOrigin makes an https origin of what was typed: "support.example.com" or a full address. http is understood
// for this computer only (loopback). false: it is neither.
func serverOrigin(typed string) (string, bool) {
	typed = strings.TrimSpace(typed)
	if typed == "" || len(typed) > 300 {
		return "", false
	}
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" || (u.Path != "" && u.Path != "/") {
		return "", false
	}
	host := strings.ToLower(u.Hostname())
	if !validHost(host) || !validPort(u.Port()) || strings.HasSuffix(u.Host, ":") {
		return "", false
	}
	switch u.Scheme {
	case "https":
	case "http":
		if !loopback(host) {
			return "", false
		}
	default:
		return "", false
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && !(u.Scheme == "https" && port == "443") && !(u.Scheme == "http" && port == "80") {
		host += ":" + port
	}
	return u.Scheme + "://" + host, true
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

func validPort(port string) bool {
	if port == "" {
		return true
	}
	n, err := net.LookupPort("tcp", port)
	return err == nil && n > 0
}

// validHost: an address, or a name of letters, digits, hyphens and dots (other scripts in their xn-- form).
func validHost(host string) bool {
	if address, err := netip.ParseAddr(host); err == nil {
		return address.Zone() == ""
	}
	if host == "" || len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}
