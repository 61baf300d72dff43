package link

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"tasuki/helper/internal/seal"
	"tasuki/helper/internal/vectors"
)

type golden struct {
	Tokens []struct {
		Origin string
		Secret *string
		Token  string
	}
	Refused []struct{ Token, Why string }
	Keys    []struct{ Secret, Rdv, HostKey, PeerKey string }
}

func load(t testing.TB) golden {
	var out golden
	vectors.Load(t, "helper-link.json", &out)
	if len(out.Tokens) == 0 || len(out.Refused) == 0 || len(out.Keys) == 0 {
		t.Fatal("vectors are missing")
	}
	return out
}

func TestTokens(t *testing.T) {
	for _, each := range load(t).Tokens {
		got, err := Parse(Scheme + each.Token)
		if err != nil || got.Origin != each.Origin || (got.Secret == nil) != (each.Secret == nil) {
			t.Errorf("%s: got %+v, %v", each.Token, got, err)
			continue
		}
		if got.Secret != nil && hex.EncodeToString(got.Secret[:]) != *each.Secret {
			t.Errorf("%s: secret %x", each.Token, *got.Secret)
		}
		if token, err := got.Token(); err != nil || token != each.Token {
			t.Errorf("written again: %s, %v", token, err)
		}
		for _, other := range []string{"tasuki://" + each.Token, "tasuki://" + each.Token + "/", " tasuki:" + each.Token + "\n"} {
			if same, err := Parse(other); err != nil || same.Origin != got.Origin {
				t.Errorf("%q: %v", other, err)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	for _, each := range load(t).Refused {
		if got, err := ParseToken(each.Token); err == nil {
			t.Errorf("%s: taken as %+v", each.Why, got)
		}
	}
	whole := load(t).Tokens[0].Token
	for _, test := range []struct {
		text string
		want error
	}{
		{whole, ErrMalformed}, // no scheme
		{"TASUKI:" + whole, ErrMalformed},
		{Scheme, ErrMalformed},
		{Scheme + strings.Repeat("A", maxTokenChars+1), ErrMalformed},
		{Scheme + whole[:4] + "B" + whole[5:], ErrCheck},
		{Scheme + whole[:40], ErrCheck},
		{Scheme + tokenOf(3, "https://a.example"), ErrMalformed},
		{Scheme + tokenOf(1, "short"), ErrMalformed},
		{Scheme + tokenOf(1, strings.Repeat("s", SecretSize)), ErrOrigin},
		{Scheme + tokenOf(2, "http://support.example"), ErrOrigin},
		{Scheme + tokenOf(2, "https://support.example/"), ErrOrigin},
		{Scheme + tokenOf(2, "https://\xff"), ErrOrigin},
		{Scheme + tokenOf(2, ""), ErrOrigin},
	} {
		if _, err := Parse(test.text); !errors.Is(err, test.want) {
			t.Errorf("%.60q: got %v, want %v", test.text, err, test.want)
		}
	}
}

// tokenOf has a valid check whatever it says.
func tokenOf(kind byte, rest string) string {
	body := append([]byte{kind}, rest...)
	return seal.ToBase64(append(body, seal.Hash(seal.KeySize, nil, body)[:checkSize]...))
}

func TestKeys(t *testing.T) {
	for _, each := range load(t).Keys {
		secret := Secret(vectors.Hex(t, each.Secret))
		keys := secret.Keys()
		if keys.Rdv != each.Rdv || hex.EncodeToString(keys.Host[:]) != each.HostKey ||
			hex.EncodeToString(keys.Peer[:]) != each.PeerKey {
			t.Errorf("%s: got %+v", each.Secret, keys)
		}
		secret.Wipe()
		keys.Wipe()
		if secret != (Secret{}) || keys.Host != (seal.SessionKey{}) || keys.Peer != (seal.SessionKey{}) {
			t.Error("Wipe left something")
		}
	}
}

func TestAllowedOrigin(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://support.example":                          true,
		"https://support.example:8443":                     true,
		"https://xn--w8j6a0fygb.example":                   true,
		"https://192.0.2.1:444":                            true,
		"https://[2001:db8::1]:444":                        true,
		"https://[2001:db8::1]":                            true,
		"http://localhost":                                 true,
		"http://localhost:8080":                            true,
		"http://127.0.0.1:8080":                            true,
		"http://[::1]:8080":                                true,
		"http://support.example":                           false,
		"http://127.0.0.2:8080":                            false,
		"http://localhost.example":                         false,
		"http://127.0.0.1.example":                         false,
		"https://Support.example":                          false,
		"HTTPS://support.example":                          false,
		"https://support.example/":                         false,
		"https://support.example?x":                        false,
		"https://support.example#x":                        false,
		"https://user@support.example":                     false,
		"https://support.example:0":                        false,
		"https://support.example:65536":                    false,
		"https://support.example:08443":                    false,
		"https://support.example:+1":                       false,
		"https://support.example:443":                      false,
		"http://localhost:80":                              false,
		"https://support.example:":                         false,
		"https://":                                         false,
		"https://:8443":                                    false,
		"https://a..b":                                     false,
		"https://-a.example":                               false,
		"https://サポート.example":                             false,
		"https://a b":                                      false,
		"https://a\n.example":                              false,
		"https://a%2fb":                                    false,
		"https://[fe80::1%25eth0]":                         false,
		"https://[::1":                                     false,
		"https://[1.2.3.4]":                                false,
		"https://" + strings.Repeat("a.", 130) + "example": false,
		"ftp://support.example":                            false,
		"wss://support.example":                            false,
		"support.example":                                  false,
		"":                                                 false,
	} {
		if AllowedOrigin(origin) != want {
			t.Errorf("%q: want %v", origin, want)
		}
	}
}

func TestHostIsWhatPeopleKnow(t *testing.T) {
	for origin, want := range map[string]string{
		"https://support.example": "support.example", "https://support.example:8443": "support.example:8443",
		"http://[::1]:8080": "[::1]:8080",
	} {
		if got := Host(origin); got != want {
			t.Errorf("%s: %q", origin, got)
		}
	}
}
