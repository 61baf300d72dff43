package clipboard

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

func joined(t *testing.T, text string) string {
	t.Helper()
	parts, err := Split(text)
	if err != nil {
		t.Fatal(err)
	}
	var assembler Assembler
	for i, part := range parts {
		whole, done := assembler.Take(part)
		if done != (i == len(parts)-1) {
			t.Fatalf("part %d of %d: %v", i, len(parts), done)
		}
		if done {
			return whole
		}
	}
	return ""
}

func TestPartsMakeTheWhole(t *testing.T) {
	for _, text := range []string{
		"a", "漢字🙂\n\t", strings.Repeat("漢字🙂", 9000), strings.Repeat("x", 9999) + "🙂y", strings.Repeat("あ", protocol.MaxClipboardChars),
	} {
		if got := joined(t, text); got != text {
			t.Errorf("%d bytes became %d", len(text), len(got))
		}
	}
	for _, text := range []string{strings.Repeat("あ", protocol.MaxClipboardChars) + "x", strings.Repeat("🙂", protocol.MaxClipboardChars/2+1)} {
		if _, err := Split(text); !errors.Is(err, ErrTooLong) {
			t.Errorf("%d bytes: %v", len(text), err)
		}
	}
}

func TestPartsThatDoNotFollowAreForgotten(t *testing.T) {
	part := func(n, of int) protocol.ClipboardMessage {
		return protocol.ClipboardMessage{Part: n, Of: of, Text: "x"}
	}
	for name, parts := range map[string][]protocol.ClipboardMessage{
		"without the first": {part(1, 2)},
		"out of order":      {part(0, 3), part(2, 3), part(1, 3)},
		"another count":     {part(0, 2), part(1, 3)},
		"beyond the end":    {part(5, 2)},
		"gap, then rest":    {part(0, 3), part(2, 3), part(2, 3)},
	} {
		var assembler Assembler
		for _, each := range parts {
			if text, whole := assembler.Take(each); whole {
				t.Errorf("%s: %q", name, text)
			}
		}
	}
}

func TestClean(t *testing.T) {
	if got := Clean("a\tb\r\nc\x00\x1b[31m🙂\x7f\xff"); got != "a\tb\nc[31m🙂\ufffd" {
		t.Errorf("%q", got)
	}
}

func FuzzParts(f *testing.F) {
	f.Add("a\r\nb", 1)
	f.Add("🙂\\\"<", 3_000)
	f.Add("\u2028", 9_000)
	f.Fuzz(func(t *testing.T, text string, times int) {
		text = Clean(text)
		if len(text) == 0 || times < 1 || times > 30_000/len(text)+1 {
			return
		}
		text = strings.Repeat(text, times)
		parts, err := Split(text)
		if err != nil {
			return
		}
		for _, part := range parts {
			raw, err := json.Marshal(part)
			if err != nil || len(raw)+seal.Overhead > protocol.MaxChannelBytes {
				t.Fatalf("%d bytes: %v", len(raw), err)
			}
		}
		if got := joined(t, text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}
