package proxy

import "strings"

// parseScutil reads what macOS's `scutil --proxy` prints: the outermost dictionary only, as inner ones are about single
// network interfaces. Automatic configuration scripts are not run,
// only noticed.
func parseScutil(text string) static {
	values := map[string]string{}
	var exceptions []string
	depth, inExceptions := 0, false
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " : ")
		opens := strings.HasSuffix(strings.TrimSpace(line), "{")
		switch {
		case name == "}":
			depth--
			inExceptions = false
		case opens:
			depth++
			inExceptions = depth == 2 && name == "ExceptionsList"
		case depth == 1:
			values[name] = value
		case inExceptions:
			exceptions = append(exceptions, value)
		}
	}
	if values["ExcludeSimpleHostnames"] == "1" {
		exceptions = append(exceptions, "<local>")
	}
	out := static{
		bypass: exceptions, script: values["ProxyAutoConfigEnable"] == "1" || values["ProxyAutoDiscoveryEnable"] == "1",
	}
	if values["HTTPEnable"] == "1" {
		out.http = proxyURL("http", values["HTTPProxy"], values["HTTPPort"])
	}
	if values["HTTPSEnable"] == "1" {
		out.https = proxyURL("http", values["HTTPSProxy"], values["HTTPSPort"])
	}
	if values["SOCKSEnable"] == "1" {
		out.socks = proxyURL("socks5", values["SOCKSProxy"], values["SOCKSPort"])
	}
	return out
}
