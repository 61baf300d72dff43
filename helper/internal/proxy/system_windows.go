package proxy

import (
	"context"
	"net/url"
	"sync"
	"time"

	"github.com/mattn/go-ieproxy"
	"golang.org/x/sys/windows/registry"
)

const (
	// How long running a configuration script may take,
	scriptTimeout = 4 * time.Second
	// and how long looking for one: that is switched on by default and finds nothing in most networks.
	detectTimeout = 2 * time.Second
)

// systemFinder uses the settings of WinINET and WinHTTP: a configuration script first, then the fixed proxy.
func systemFinder(context.Context) found {
	settings := ieproxy.GetConf()
	fixed := fromRegistry()
	if settings.Static.Active {
		fixed = staticWindows(settings.Static.Protocols, settings.Static.NoProxy)
	}
	if !settings.Automatic.Active {
		return fixed.found()
	}
	limit := scriptTimeout
	if settings.Automatic.PreConfiguredURL == "" {
		limit = detectTimeout
	}
	var lock sync.Mutex
	known := map[string]*url.URL{}
	find := func(target *url.URL) (*url.URL, error) {
		lock.Lock()
		defer lock.Unlock()
		proxy, asked := known[target.String()]
		if !asked {
			proxy = askScript(&settings.Automatic, target, limit)
			known[target.String()] = proxy
		}
		if proxy != nil {
			return proxy, nil
		}
		return fixed.find(target)
	}
	return found{find: find}
}

// fromRegistry reads the fixed proxy where programs and policies write it; WinHTTP reports another copy of the setting, which
// may be empty while automatic detection is on.
func fromRegistry() static {
	const path = `Software\Microsoft\Windows\CurrentVersion\Internet Settings`
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err != nil {
		return static{}
	}
	defer key.Close()
	enabled, _, err := key.GetIntegerValue("ProxyEnable")
	if err != nil || enabled == 0 {
		return static{}
	}
	list, _, err := key.GetStringValue("ProxyServer")
	if err != nil {
		return static{}
	}
	exceptions, _, err := key.GetStringValue("ProxyOverride")
	if err != nil {
		exceptions = "" // there are none
	}
	return staticWindows(protocolsOf(list), exceptions)
}

// askScript returns nil when there is no script, it names no proxy, or it takes too long.
func askScript(script *ieproxy.ProxyScriptConf, target *url.URL, limit time.Duration) *url.URL {
	answer := make(chan string, 1)
	go func() { answer <- script.FindProxyForURL(target.String()) }()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case list := <-answer:
		return windowsProxy(list)
	case <-timer.C:
		return nil
	}
}
