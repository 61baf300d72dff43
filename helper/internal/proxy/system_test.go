package proxy

import (
	"maps"
	"net/url"
	"slices"
	"testing"
)

const scutilText = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
  }
  ExcludeSimpleHostnames : 1
  FTPPassive : 1
  HTTPEnable : 0
  HTTPPort : 8080
  HTTPProxy : off.example
  HTTPSEnable : 1
  HTTPSPort : 3128
  HTTPSProxy : proxy.example
  SOCKSEnable : 1
  SOCKSPort : 1080
  SOCKSProxy : socks.example
  __SCOPED__ : <dictionary> {
    en0 : <dictionary> {
      HTTPSEnable : 1
      HTTPSPort : 1
      HTTPSProxy : scoped.example
    }
  }
}
`

func TestParseScutil(t *testing.T) {
	got := parseScutil(scutilText)
	if textOf(got.https) != "http://proxy.example:3128" || got.http != nil || textOf(got.socks) != "socks5://socks.example:1080" ||
		!slices.Equal(got.bypass, []string{"*.local", "169.254/16", "<local>"}) {
		t.Errorf("got %+v", got)
	}
	if plain, err := got.find(&url.URL{Scheme: "http", Host: "a.example"}); err != nil || plain != got.socks {
		t.Errorf("http goes %v, %v", plain, err)
	}
	if got.script {
		t.Error("a script is found where there is none")
	}
	for _, name := range []string{"ProxyAutoConfigEnable", "ProxyAutoDiscoveryEnable"} {
		for value, want := range map[string]bool{"1": true, "0": false} {
			if got := parseScutil("<dictionary> {\n  " + name + " : " + value + "\n}\n"); got.script != want {
				t.Errorf("%s %s: %v", name, value, got.script)
			}
		}
	}
	for _, text := range []string{"", "}", "{{{", "<dictionary> {\n  HTTPSEnable : 1\n}"} {
		if got := parseScutil(text); got.http != nil || got.https != nil || got.socks != nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

const gsettingsText = `org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1', 'it''s.example']
org.gnome.system.proxy mode 'manual'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.ftp host ''
org.gnome.system.proxy.ftp port 0
org.gnome.system.proxy.http authentication-password 'p\'w'
org.gnome.system.proxy.http authentication-user 'me'
org.gnome.system.proxy.http enabled false
org.gnome.system.proxy.http host 'proxy.example'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.http use-authentication true
org.gnome.system.proxy.https host '2001:db8::1'
org.gnome.system.proxy.https port 3128
org.gnome.system.proxy.socks host ''
org.gnome.system.proxy.socks port 0
`

func TestParseGSettings(t *testing.T) {
	got := parseGSettings(gsettingsText)
	if textOf(got.http) != "http://me:p%27w@proxy.example:8080" || textOf(got.https) != "http://[2001:db8::1]:3128" || got.socks != nil {
		t.Errorf("got %v %v %v", got.http, got.https, got.socks)
	}
	if !got.bypasses("127.3.2.1") || !got.bypasses("::1") || got.bypasses("support.example") {
		t.Errorf("bypass %q", got.bypass)
	}
	for _, mode := range []string{"none", "auto"} {
		off := parseGSettings("org.gnome.system.proxy mode '" + mode + "'\norg.gnome.system.proxy.https host 'p'\norg.gnome.system.proxy.https port 1\n")
		if off.https != nil || off.script != (mode == "auto") {
			t.Errorf("%s: %+v", mode, off)
		}
	}
}

func TestStaticWindows(t *testing.T) {
	for _, test := range []struct {
		protocols   map[string]string
		exceptions  string
		http, https string
	}{
		{map[string]string{"": "proxy:8080"}, "<local>,*.own.example", "http://proxy:8080", "http://proxy:8080"},
		{map[string]string{"http": "plain:80", "https": "http://secure:81"}, "", "http://plain:80", "http://secure:81"},
		{map[string]string{"socks": "old:1080"}, "", "", ""},
		{map[string]string{"": "  "}, "", "", ""},
		{map[string]string{"": "http://%zz"}, "", "", ""},
	} {
		got := staticWindows(test.protocols, test.exceptions)
		if textOf(got.http) != test.http || textOf(got.https) != test.https {
			t.Errorf("%v: %v %v", test.protocols, got.http, got.https)
		}
	}
	for list, want := range map[string]map[string]string{
		"p:1": {"": "p:1"}, "HTTP=a:1; https=b:2;": {"http": "a:1", "https": "b:2"}, "": {}, "=": {}, "ftp=": {},
	} {
		if got := protocolsOf(list); !maps.Equal(got, want) {
			t.Errorf("%q: %v", list, got)
		}
	}
	if got := staticWindows(nil, "<local>; *.own.example"); !got.bypasses("host") || !got.bypasses("a.own.example") || got.bypasses("b.example") {
		t.Errorf("bypass %q", got.bypass)
	}
	for list, want := range map[string]string{
		"a:1;b:2": "http://a:1", "socks=s:1;http=b:2": "http://b:2", "": "", ";;": "", "https://c:3": "https://c:3",
		"ftp://x:1 d:4": "http://d:4",
	} {
		if got := windowsProxy(list); textOf(got) != want {
			t.Errorf("%q: %v, want %s", list, got, want)
		}
	}
}

func FuzzScutil(f *testing.F) {
	f.Add(scutilText)
	f.Add("<dictionary> {\nHTTPSEnable : 1\nHTTPSProxy : a/b\nHTTPSPort : 1\n}")
	f.Fuzz(func(t *testing.T, text string) { requireUsable(t, parseScutil(text)) })
}

func FuzzGSettings(f *testing.F) {
	f.Add(gsettingsText)
	f.Fuzz(func(t *testing.T, text string) { requireUsable(t, parseGSettings(text)) })
}

func FuzzWindowsProxy(f *testing.F) {
	for _, text := range []string{"a:1;b:2", "http=a:1", "socks=a:1", "http://u:p@a:1/path", "[::1]:8080"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		requireUsable(t, staticWindows(map[string]string{"": text}, text))
		requireUsable(t, staticWindows(protocolsOf(text), text))
	})
}

// requireUsable: whatever was read, it names hosts and answers.
func requireUsable(t *testing.T, settings static) {
	for _, proxy := range []*url.URL{settings.http, settings.https, settings.socks} {
		if proxy == nil {
			continue
		}
		if proxy.Host == "" || proxy.Path != "" {
			t.Errorf("unusable proxy %q", proxy)
		}
	}
	if _, err := settings.find(&url.URL{Scheme: "https", Host: "support.example"}); err != nil {
		t.Error(err)
	}
}
