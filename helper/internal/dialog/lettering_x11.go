//go:build unix && !darwin

package dialog

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// width of a line of text in pixels.
func (t *typeface) width(s string) int {
	var x fixed.Int26_6
	for _, r := range s {
		if face := t.face(r); face != nil {
			if advance, ok := face.GlyphAdvance(r); ok {
				x += advance
			}
		}
	}
	return x.Ceil()
}

// lineHeight is roomy enough for Japanese.
func (t *typeface) lineHeight() int { return int(t.size*1.45 + 0.5) }

// draw writes one line with its line box's left top corner at x, y.
func (t *typeface) draw(dst draw.Image, x, y int, s string, c color.Color) {
	// Baseline: the font's body stands in the middle of the line box.
	baseline := y + (t.lineHeight()-int(t.size+0.5))/2 + int(t.size*0.87+0.5)
	d := font.Drawer{Dst: dst, Src: image.NewUniform(c), Dot: fixed.P(x, baseline)}
	for _, r := range s {
		if d.Face = t.face(r); d.Face != nil {
			d.DrawString(string(r))
		}
	}
}

// ellipsis shortens a line to at most limit pixels.
func (t *typeface) ellipsis(s string, limit int) string {
	if t.width(s) <= limit {
		return s
	}
	runes := []rune(s)
	for n := len(runes) - 1; n > 0; n-- {
		short := strings.TrimRightFunc(string(runes[:n]), unicode.IsSpace) + "…"
		if t.width(short) <= limit {
			return short
		}
	}
	return "…"
}

func (t *typeface) wrap(s string, limit int) []string { return wrap(t.width, s, limit) }
