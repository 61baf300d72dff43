package dialog

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"鈴木 一郎", "鈴木 一郎"},
		{"  a\t\n b  ", "a b"},
		{"Bob\u202egnp.exe", "Bobgnp.exe"},
		{"a\u2066b\u2069c\u200bd\u200fe", "abcde"},
		{"x\x00\x1b[31my", "x[31my"},
		{"\ue000p", "p"},
		{"\xff\xfeok", "ok"},
		{"a" + strings.Repeat("\u0301", 30), "a\u0301\u0301"},
		{"\u0301a", "a"},
		{"a\u3164b", "ab"}, // Hangul filler: looks like a blank
		{strings.Repeat("x", 61), strings.Repeat("x", 60) + "…"},
		{"", ""},
	} {
		if got := clean(c.in, 60); got != c.want {
			t.Errorf("clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\u202eb")
	f.Add("\xff\u0301\u0301\u0301")
	f.Fuzz(func(t *testing.T, s string) {
		out := clean(s, 60)
		if !utf8.ValidString(out) || utf8.RuneCountInString(out) > 62 {
			t.Fatalf("%q", out)
		}
		for _, r := range out {
			if unicode.Is(unicode.C, r) || r == '\n' {
				t.Fatalf("%q lets %U through", s, r)
			}
		}
	})
}

func TestCodeDigits(t *testing.T) {
	for _, c := range []struct{ in, digits, shown string }{
		{"12345678", "12345678", "1234 5678"},
		{"1234-5678", "12345678", "1234 5678"},
		{"１２３４　５６７８", "12345678", "1234 5678"},
		{"番号は 12 34 です", "1234", "1234"},
		{"123456789", "12345678", "1234 5678"},
		{"abc", "", ""},
		{"12345", "12345", "1234 5"},
	} {
		if got := codeDigits(c.in); got != c.digits {
			t.Errorf("codeDigits(%q) = %q, want %q", c.in, got, c.digits)
		}
		if got := groupCode(codeDigits(c.in)); got != c.shown {
			t.Errorf("groupCode of %q = %q, want %q", c.in, got, c.shown)
		}
	}
}

func TestServerOrigin(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"support.example.com", "https://support.example.com"},
		{" Support.Example.COM ", "https://support.example.com"},
		{"https://support.example.com/", "https://support.example.com"},
		{"https://support.example.com:443", "https://support.example.com"},
		{"support.example.com:8443", "https://support.example.com:8443"},
		{"http://127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"http://localhost:80", "http://localhost"},
		{"http://[::1]:81", "http://[::1]:81"},
		{"http://support.example.com", ""},
		{"http://127.0.0.1.evil.example", ""},
		{"https://a@b.example", ""},
		{"https://b.example/path", ""},
		{"https://b.example?x", ""},
		{"https://b.example#x", ""},
		{"ftp://b.example", ""},
		{"https://b.example:99999", ""},
		{"https://", ""},
		{"..", ""},
		{"bücher.example", ""},
		{"-a.example", ""},
		{"", ""},
	} {
		got, ok := serverOrigin(c.in)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("serverOrigin(%q) = %q, %v, want %q", c.in, got, ok, c.want)
		}
	}
}

func FuzzServerOrigin(f *testing.F) {
	f.Add("https://a.example:1")
	f.Add("http://[::1]")
	f.Fuzz(func(t *testing.T, s string) {
		origin, ok := serverOrigin(s)
		if !ok {
			return
		}
		if again, ok := serverOrigin(origin); !ok || again != origin {
			t.Fatalf("%q became %q, which becomes %q", s, origin, again)
		}
	})
}

func TestTextField(t *testing.T) {
	f := &textField{digits: true}
	f.insert("12")
	f.insert("３")
	f.insert("4-5")
	f.move(0)
	f.insert("9")
	if got, caret := f.shown(); got != "9123 45" || caret != 1 {
		t.Errorf("shown %q, caret %d", got, caret)
	}
	f.erase(false)
	f.move(99)
	f.erase(true)
	if f.value() != "9234" {
		t.Errorf("value %q", f.value())
	}
	f.insert("1111 2222")
	f.insert("3")
	if f.value() != "11112222" {
		t.Errorf("value %q", f.value())
	}
	f.selectAll()
	f.insert("7")
	if f.value() != "7" {
		t.Errorf("value %q", f.value())
	}
	f.selectAll()
	f.erase(true)
	if f.erase(true) || f.value() != "" {
		t.Errorf("value %q", f.value())
	}
}
