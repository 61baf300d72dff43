package clipboard

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"tasuki/helper/internal/protocol"
)

const (
	maxParts = protocol.MaxClipboardChars / protocol.ClipboardPartChars
	// maxPartBytes leaves room for the rest of the message within protocol.MaxChannelBytes.
	maxPartBytes = protocol.MaxChannelBytes - 1024
)

// written is how many bytes a character takes in JSON as encoding/json writes it.
func written(r rune, size int) int {
	switch r {
	case '"', '\\', '\n', '\r', '\t':
		return 2
	case '<', '>', '&', '\u2028', '\u2029':
		return 6
	}
	return size
}

// Split cuts a text (already Clean) into the messages that carry it. It fails with ErrTooLong.
func Split(text string) ([]protocol.ClipboardMessage, error) {
	if len(text) > 4*protocol.MaxClipboardChars || protocol.Units(text) > protocol.MaxClipboardChars {
		return nil, ErrTooLong
	}
	var parts []string
	for {
		end, units, bytes := 0, 0, 0
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			units += utf16.RuneLen(r)
			bytes += written(r, size)
			if units > protocol.ClipboardPartChars || bytes > maxPartBytes {
				break
			}
			end += size
		}
		parts = append(parts, text[:end])
		if text = text[end:]; text == "" {
			break
		}
	}
	if len(parts) > maxParts {
		return nil, ErrTooLong
	}
	out := make([]protocol.ClipboardMessage, len(parts))
	for i, part := range parts {
		out[i] = protocol.ClipboardMessage{Part: i, Of: len(parts), Text: part}
	}
	return out, nil
}

// Assembler puts the parts of one text together. The zero value is ready. Not safe for concurrent use.
type Assembler struct {
	parts []string
	of    int
}

// Take returns the whole text with its last part. A part that does not follow the one before makes it forget everything.
func (a *Assembler) Take(message protocol.ClipboardMessage) (text string, whole bool) {
	if message.Part == 0 {
		a.parts, a.of = nil, message.Of
	}
	if message.Part != len(a.parts) || message.Of != a.of || message.Part >= message.Of {
		a.Forget()
		return "", false
	}
	a.parts = append(a.parts, message.Text)
	if len(a.parts) < a.of {
		return "", false
	}
	text = Clean(strings.Join(a.parts, ""))
	a.Forget()
	return text, protocol.Units(text) <= protocol.MaxClipboardChars
}

// Forget drops what was gathered.
func (a *Assembler) Forget() { a.parts, a.of = nil, 0 }
