package link

import (
	"errors"
	"testing"
)

func TestFileNames(t *testing.T) {
	var origins []string
	var tokens []string
	for _, each := range load(t).Tokens {
		tokens, origins = append(tokens, each.Token), append(origins, each.Origin)
	}
	// Tokens that themselves end like a copy's number.
	for try := range 1 << 16 {
		link := Link{Origin: "https://support.example", Secret: &Secret{byte(try), byte(try >> 8)}}
		token, err := link.Token()
		if err != nil {
			t.Fatal(err)
		}
		if copyNumber.MatchString(token) {
			tokens, origins = append(tokens, token), append(origins, link.Origin)
			if len(tokens) > 12 {
				break
			}
		}
	}
	if len(tokens) < 7 {
		t.Fatal("no token ends like a copy's number")
	}
	for i, token := range tokens {
		for _, after := range []string{
			"", ".exe", ".app", ".AppImage",
			" (1).exe", "(1).exe", "-2.exe", "_2.exe", " - Copy.exe", " - Copy (2).exe", " - コピー.exe", " - コピー (2).exe",
			".exe (1)", ".exe(1)", ".exe-2", ".exe - Copy", ".exe - コピー", " (1)", "(1)", "-2", " - Copy", " - コピー",
			" 2", " copy", "のコピー", "-2-3", ".part", ".exe.download", "-12 (3).exe",
		} {
			for _, folder := range []string{"", "/home/user/Downloads/", `C:\Users\山田\Downloads\`, "./"} {
				path := folder + FilePrefix + token + after
				got, found, err := ParseFileName(path)
				if !found || err != nil || got.Origin != origins[i] {
					t.Errorf("%q: %+v, %v, %v", path, got, found, err)
				}
			}
		}
	}
}

func TestOtherFileNames(t *testing.T) {
	whole := load(t).Tokens[0].Token
	for _, name := range []string{"", "tasuki-helper", "tasuki-helper.exe", "tasuki", FilePrefix, FilePrefix + "windows-amd64.exe",
		FilePrefix + "linux-arm64 (1)", "x" + FilePrefix + whole, "/" + FilePrefix + whole + "/x"} {
		if _, found, err := ParseFileName(name); found || err != nil {
			t.Errorf("%q: found %v, %v", name, found, err)
		}
	}
	for name, want := range map[string]error{
		FilePrefix + whole[:40] + ".exe":                             ErrCheck,
		FilePrefix + whole[:40] + " " + whole[40:]:                   ErrCheck,
		FilePrefix + whole[:40] + "-2.exe":                           ErrMalformed,
		FilePrefix + tokenOf(2, "http://support.example") + "-2.exe": ErrOrigin,
		FilePrefix + tokenOf(2, "http://support.example") + ".exe":   ErrOrigin,
		FilePrefix + tokenOf(3, "https://support.example") + ".exe":  ErrMalformed,
	} {
		if link, found, err := ParseFileName(name); !found || err == nil || link != (Link{}) {
			t.Errorf("%q: %+v, found %v, %v, want %v", name, link, found, err, want)
		} else if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	vectors := load(f)
	for _, each := range vectors.Tokens {
		f.Add(Scheme + each.Token)
	}
	for _, each := range vectors.Refused {
		f.Add(Scheme + each.Token)
	}
	f.Add(Scheme + tokenOf(2, "https://a:1"))
	f.Fuzz(func(t *testing.T, text string) {
		link, err := Parse(text)
		if err != nil {
			if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrCheck) && !errors.Is(err, ErrOrigin) {
				t.Errorf("untyped %v", err)
			}
			return
		}
		token, err := link.Token()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParseToken(token); err != nil || again.Origin != link.Origin {
			t.Errorf("%q: %v", text, err)
		}
	})
}

func FuzzParseFileName(f *testing.F) {
	whole := load(f).Tokens[0].Token
	for _, after := range []string{"", ".exe", "-2.exe", " (1).exe", " - コピー"} {
		f.Add(FilePrefix + whole + after)
	}
	f.Add(`C:\x\` + FilePrefix + "-1-2-3-4-5")
	f.Fuzz(func(t *testing.T, path string) {
		link, found, err := ParseFileName(path)
		if found && err == nil && !AllowedOrigin(link.Origin) {
			t.Errorf("%q leads to %q", path, link.Origin)
		}
	})
}

// FuzzBody has valid checks, so that the fuzzer gets past them.
func FuzzBody(f *testing.F) {
	f.Add(byte(withSecret), "0123456789abcdefhttps://support.example")
	f.Add(byte(withoutSecret), "http://[::1]:8080")
	f.Add(byte(withoutSecret), "https://a\x00b")
	f.Fuzz(func(t *testing.T, kind byte, rest string) {
		link, err := ParseToken(tokenOf(kind, rest))
		if err == nil && !AllowedOrigin(link.Origin) {
			t.Errorf("leads to %q", link.Origin)
		}
	})
}
