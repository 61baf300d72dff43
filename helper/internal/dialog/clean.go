package dialog

import (
	"strings"
	"unicode"
)

const (
	maxName = 60
	maxLine = 300
	maxText = 2000
)

// clean makes text from the other side harmless: no control, format (so no bidirectional override, no zero width) or
// private characters, white space folded to one blank, at most two combining marks in a row, at most limit characters.
func clean(s string, limit int) string {
	var out strings.Builder
	count, marks, blank := 0, 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			blank = out.Len() > 0
			continue
		case unicode.In(r, unicode.C, unicode.Other_Default_Ignorable_Code_Point) || r == unicode.ReplacementChar:
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > 2 || out.Len() == 0 {
				continue
			}
		default:
			marks = 0
		}
		if count >= limit {
			return out.String() + "…"
		}
		if blank {
			out.WriteByte(' ')
			count++
			blank = false
		}
		out.WriteRune(r)
		count++
	}
	return out.String()
}

// cleanText is clean for a longer text of our own that may quote the other side; line breaks stay.
func cleanText(s string) string {
	lines := strings.Split(s, "\n")
	if len(lines) > 20 {
		lines = lines[:20]
	}
	for i, line := range lines {
		lines[i] = clean(line, maxText/10)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
