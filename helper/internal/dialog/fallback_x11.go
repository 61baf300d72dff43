//go:build unix && !darwin

package dialog

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"

	"golang.org/x/image/font/opentype"
)

// The Go font of golang.org/x/image, `gzip -9 -n`: that package carries it as it is, which makes the program 80 kB longer.
//
//go:embed goregular.ttf.gz
var goRegular []byte

// fallbackFont is the font for computers that have none; nil never happens, as a test reads it.
func fallbackFont() *opentype.Font {
	packed, err := gzip.NewReader(bytes.NewReader(goRegular))
	if err != nil {
		return nil
	}
	raw, err := io.ReadAll(packed)
	if err != nil {
		return nil
	}
	font, err := opentype.Parse(raw)
	if err != nil {
		return nil
	}
	return font
}
