package proxy

import (
	"net/url"
	"strings"
)

// parseGSettings reads what `gsettings list-recursively org.gnome.system.proxy` prints. Automatic configuration scripts are
// not run, only noticed.
func parseGSettings(text string) static {
	const schema = "org.gnome.system.proxy"
	values := map[string]string{}
	for line := range strings.Lines(text) {
		rest, found := strings.CutPrefix(strings.TrimSpace(line), schema)
		if !found {
			continue
		}
		// `.https host 'proxy.example'` or ` mode 'manual'`
		section, rest, _ := strings.Cut(rest, " ")
		name, value, _ := strings.Cut(rest, " ")
		values[strings.TrimPrefix(section+"."+name, ".")] = value
	}
	if mode := unquote(values["mode"]); mode != "manual" {
		return static{script: mode == "auto"}
	}
	proxy := func(scheme, section string) *url.URL {
		return proxyURL(scheme, unquote(values[section+".host"]), values[section+".port"])
	}
	out := static{http: proxy("http", "http"), https: proxy("http", "https"), socks: proxy("socks5", "socks")}
	if out.http != nil && values["http.use-authentication"] == "true" {
		out.http.User = url.UserPassword(
			unquote(values["http.authentication-user"]), unquote(values["http.authentication-password"]))
	}
	list := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(values["ignore-hosts"], "@as "), "["), "]")
	for item := range strings.SplitSeq(list, ",") {
		if host := unquote(strings.TrimSpace(item)); host != "" {
			out.bypass = append(out.bypass, host)
		}
	}
	return out
}

// unquote takes the quotes off a GVariant text, of either kind.
func unquote(text string) string {
	if len(text) < 2 || text[0] != '\'' && text[0] != '"' || text[len(text)-1] != text[0] {
		return ""
	}
	return strings.NewReplacer(`\\`, `\`, `\'`, `'`, `\"`, `"`).Replace(text[1 : len(text)-1])
}
