//go:build unix && !darwin

package dialog

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
)

func TestFallbackIsTheGoFont(t *testing.T) {
	packed, err := gzip.NewReader(bytes.NewReader(goRegular))
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := io.ReadAll(packed); err != nil || !bytes.Equal(raw, goregular.TTF) {
		t.Errorf("another font: %d bytes, %v", len(raw), err)
	}
	if fallbackFont() == nil {
		t.Error("it cannot be read")
	}
}
