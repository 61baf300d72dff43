package seal_test

import (
	"bytes"
	"testing"

	"tasuki/helper/internal/seal"
)

func TestBase64IsCanonical(t *testing.T) {
	for _, text := range []string{"A", "AB=", "AA==", "AB", "AA\n", "A\rA", "A A", "+A", "/A", "AAé", "AAAAA"} {
		requireTamper(t, seal.Malformed, func() error { _, err := seal.FromBase64(text); return err })
	}
	for _, text := range []string{"", "AA", "-_8", "AAAA"} {
		if _, err := seal.FromBase64(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzFromBase64(f *testing.F) {
	for _, text := range []string{"", "AA", "AB", "-_8", "AA\n", "AA==", "PfMOKO7cO5i4uGMk37ktbw"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		data, err := seal.FromBase64(text)
		if err == nil && seal.ToBase64(data) != text {
			t.Errorf("%q is another spelling of %x", text, data)
		}
	})
}

func FuzzOpen(f *testing.F) {
	key := [seal.KeySize]byte{7}
	f.Add(seal.NewSealer(key).Seal([]byte("hello")))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, frame []byte) {
		plain, err := seal.NewOpener(key).Open(frame)
		if err == nil && !bytes.Equal(seal.NewSealer(key).Seal(plain), frame) {
			t.Errorf("%x is a forgery", frame)
		}
	})
}
