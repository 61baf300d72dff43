package proxy

import (
	"net/url"
	"strings"
)

// staticWindows understands Windows' settings: a proxy for each scheme ("" for all) as `host:port` or a URL, and exceptions
// between commas. SOCKS entries are version 4 there and are not used.
func staticWindows(protocols map[string]string, exceptions string) static {
	named := func(scheme string) *url.URL {
		text, found := protocols[scheme]
		if !found {
			text = protocols[""]
		}
		return windowsProxy(text)
	}
	return static{http: named("http"), https: named("https"), bypass: strings.FieldsFunc(exceptions, func(r rune) bool {
		return r == ',' || r == ';' || r == ' '
	})}
}

// protocolsOf splits `proxy:8080` (for all) or `http=plain:80;https=secure:81`.
func protocolsOf(list string) map[string]string {
	out := map[string]string{}
	for entry := range strings.SplitSeq(list, ";") {
		scheme, address, found := strings.Cut(strings.TrimSpace(entry), "=")
		if !found {
			scheme, address = "", scheme
		}
		if address != "" {
			out[strings.ToLower(scheme)] = address
		}
	}
	return out
}

// windowsProxy takes the first of a list such as `proxy:8080;other:8080`, which is how a configuration script answers.
func windowsProxy(list string) *url.URL {
	for entry := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ';' || r == ' ' || r == ',' }) {
		if scheme, rest, found := strings.Cut(entry, "="); found {
			if scheme == "socks" {
				continue
			}
			entry = rest
		}
		if !strings.Contains(entry, "://") {
			entry = "http://" + entry
		}
		proxy, err := url.Parse(entry)
		if err == nil && proxy.Hostname() != "" && (proxy.Scheme == "http" || proxy.Scheme == "https") {
			return &url.URL{Scheme: proxy.Scheme, User: proxy.User, Host: proxy.Host}
		}
	}
	return nil
}
