//go:build unix && !darwin

package dialog

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// fontWait bounds the search for a system font; the window must not wait for it.
const fontWait = 300 * time.Millisecond

// fontSource is one font, looked for when a character first needs it.
type fontSource struct {
	pattern string
	known   []string
	once    sync.Once
	font    *opentype.Font
}

// Fonts in the order in which they are asked for a character, per weight.
type fontChain []*fontSource

func newFontChain(language string, bold bool) fontChain {
	weight := ""
	if bold {
		weight = ":bold"
	}
	latin := &fontSource{pattern: "sans-serif" + weight + ":lang=en", known: []string{
		"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf",
		"/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
		"/usr/share/fonts/liberation-sans/LiberationSans-Regular.ttf", "/usr/share/fonts/noto/NotoSans-Regular.ttf",
	}}
	japanese := &fontSource{pattern: "sans-serif" + weight + ":lang=ja", known: []string{
		"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
		"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
		"/usr/share/fonts/truetype/vlgothic/VL-PGothic-Regular.ttf", "/usr/share/fonts/truetype/takao-gothic/TakaoGothic.ttf",
	}}
	built := &fontSource{}
	if language == "ja" {
		return fontChain{japanese, latin, built}
	}
	return fontChain{latin, japanese, built}
}

// pick gives the first font that has the character; the last one if none has it.
func (c fontChain) pick(buffer *sfnt.Buffer, r rune) *opentype.Font {
	for _, source := range c {
		f := source.get()
		if f == nil {
			continue
		}
		if index, err := f.GlyphIndex(buffer, r); err == nil && index != 0 {
			return f
		}
	}
	return c[len(c)-1].get()
}

func (s *fontSource) get() *opentype.Font {
	s.once.Do(func() {
		if s.pattern == "" {
			s.font = fallbackFont()
			return
		}
		if path, index, ok := match(s.pattern); ok {
			s.font = openFont(path, index)
		}
		for _, path := range s.known {
			if s.font != nil {
				return
			}
			s.font = openFont(path, 0)
		}
	})
	return s.font
}

// match asks fontconfig.
func match(pattern string) (path string, index int, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), fontWait)
	defer cancel()
	out, err := exec.CommandContext(ctx, "fc-match", "-f", "%{index}\n%{file}\n", pattern).Output()
	if err != nil {
		return "", 0, false
	}
	lines := strings.SplitN(string(out), "\n", 3)
	if len(lines) < 2 {
		return "", 0, false
	}
	index, err = strconv.Atoi(lines[0])
	if err != nil {
		return "", 0, false
	}
	// The upper half of fontconfig's index names an instance of a variable font.
	return lines[1], index & 0xffff, true
}

// openFont leaves the file open and reads from it what it needs: a collection of Japanese fonts is some 20 MB.
func openFont(path string, index int) *opentype.Font {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	collection, err := opentype.ParseCollectionReaderAt(file)
	if err == nil && index < collection.NumFonts() {
		if f, err := collection.Font(index); err == nil {
			return f
		}
	}
	_ = file.Close()
	return nil
}

// typeface is a size and weight of the chain, in pixels.
type typeface struct {
	chain  fontChain
	size   float64
	buffer sfnt.Buffer
	faces  map[*opentype.Font]font.Face
}

func newTypeface(chain fontChain, size float64) *typeface {
	return &typeface{chain: chain, size: size, faces: map[*opentype.Font]font.Face{}}
}

// face gives the face that draws r; nil when there is no font at all.
func (t *typeface) face(r rune) font.Face {
	f := t.chain.pick(&t.buffer, r)
	if f == nil {
		return nil
	}
	face, ok := t.faces[f]
	if !ok {
		made, err := opentype.NewFace(f, &opentype.FaceOptions{Size: t.size, DPI: 72, Hinting: font.HintingVertical})
		if err != nil {
			return nil
		}
		face = made
		t.faces[f] = face
	}
	return face
}
