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

// Characters that may not begin a line in Japanese, and those that may not end one.
const (
	notFirst = "、。，．・：；？！」』）】〉》〕］｝ー々ゝゞ…ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}"
	notLast  = "「『（【〈《〔［｛([{"
)

// wrap breaks text into lines of at most limit pixels: at blanks, and between Japanese characters. A last line of a
// character or two is avoided by filling the lines evenly.
func (t *typeface) wrap(s string, limit int) []string {
	lines := t.fill(s, limit)
	if n := len(lines); n < 2 || t.width(lines[n-1]) >= limit/4 {
		return lines
	}
	low, high := limit/2, limit
	for high-low > 4 {
		if middle := (low + high) / 2; len(t.fill(s, middle)) > len(lines) {
			low = middle
		} else {
			high = middle
		}
	}
	return t.fill(s, high)
}

// fill breaks text, each line as full as possible.
func (t *typeface) fill(s string, limit int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		line := []rune{}
		for _, r := range []rune(paragraph) {
			line = append(line, r)
			for len(line) > 1 && t.width(strings.TrimRight(string(line), " ")) > limit {
				at := breakAt(line)
				lines = append(lines, strings.TrimRight(string(line[:at]), " "))
				line = []rune(strings.TrimLeft(string(line[at:]), " "))
			}
		}
		lines = append(lines, strings.TrimRight(string(line), " "))
	}
	return lines
}

// breakAt finds the last place before the end where the line may be broken; without one, before the last character.
func breakAt(line []rune) int {
	for at := len(line) - 1; at > 0; at-- {
		before, after := line[at-1], line[at]
		if after == ' ' || strings.ContainsRune(notFirst, after) || strings.ContainsRune(notLast, before) {
			continue
		}
		if before == ' ' || wide(before) || wide(after) {
			return at
		}
	}
	return len(line) - 1
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xffef
}
