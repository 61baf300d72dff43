package dialog

import (
	"strings"
	"unicode"
)

// Characters that may not begin a line in Japanese, and those that may not end one.
const (
	notFirst = "、。，．・：；？！」』）】〉》〕］｝ー々ゝゞ…ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}"
	notLast  = "「『（【〈《〔［｛([{"
)

// wrap breaks text into lines of at most limit pixels: at blanks, and between Japanese characters. A last line of a
// character or two is avoided by filling the lines evenly. width measures a line with the system's font.
func wrap(width func(string) int, s string, limit int) []string {
	lines := fill(width, s, limit)
	if n := len(lines); n < 2 || width(lines[n-1]) >= limit/4 {
		return lines
	}
	low, high := limit/2, limit
	for high-low > 4 {
		if middle := (low + high) / 2; len(fill(width, s, middle)) > len(lines) {
			low = middle
		} else {
			high = middle
		}
	}
	return fill(width, s, high)
}

// fill breaks text, each line as full as possible.
func fill(width func(string) int, s string, limit int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		line := []rune{}
		for _, r := range []rune(paragraph) {
			line = append(line, r)
			for len(line) > 1 && width(strings.TrimRight(string(line), " ")) > limit {
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
