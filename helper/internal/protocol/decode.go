// Package protocol holds every message the helper sends or receives, as Go types made from the schemas of shared/protocol,
// with decoders that are as strict as those schemas: messages_gen.go is written by `npm run helper:types`.
package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"tasuki/helper/internal/relay"
)

// ErrMessage is what every error of a decoder is: not the documented shape.
var ErrMessage = errors.New("not a message of this protocol")

// decoder keeps the first thing that was wrong; what it reads after that is worthless.
type decoder struct{ err error }

func decode[T any](raw []byte, read func(*decoder, json.RawMessage) T) (T, error) {
	var d decoder
	// encoding/json would mend bad UTF-8 silently; a browser refuses it.
	if !utf8.Valid(raw) || !json.Valid(raw) {
		d.fail("no JSON")
	}
	message := read(&d, bytes.Trim(raw, " \t\r\n"))
	if d.err != nil {
		var nothing T
		return nothing, d.err
	}
	return message, nil
}

func (d *decoder) fail(what string) {
	if d.err == nil {
		d.err = fmt.Errorf("%w: %s", ErrMessage, what)
	}
}

// object reads the members of an object; strict refuses others than those named.
func (d *decoder) object(raw json.RawMessage, strict bool, names ...string) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if d.err != nil || json.Unmarshal(raw, &members) != nil || members == nil {
		d.fail("no object")
		return nil
	}
	if strict {
		for name := range members {
			if !slices.Contains(names, name) {
				d.fail("unknown member")
			}
		}
	}
	return members
}

// tag reads the member that tells variants apart; "" when there is none.
func (d *decoder) tag(raw json.RawMessage, name string) string {
	var tag string
	if value, ok := d.object(raw, false)[name]; ok && kind(value) == '"' && json.Unmarshal(value, &tag) == nil {
		return tag
	}
	return ""
}

// kind is the first byte of a JSON value, which tells its type; 0 when it is missing.
func kind(raw json.RawMessage) byte {
	if len(raw) == 0 {
		return 0
	}
	return raw[0]
}

// rules of a text: lengths in code points, as zod counts them; max 0: none; trim as String.prototype.trim, before the rest.
type rules struct {
	min, max int
	pattern  *regexp.Regexp
	trim     bool
}

func pattern(source string) *regexp.Regexp { return regexp.MustCompile(source) }

func (d *decoder) text(raw json.RawMessage, r rules) string {
	var text string
	if kind(raw) != '"' || json.Unmarshal(raw, &text) != nil {
		d.fail("no text")
		return ""
	}
	if r.trim {
		text = strings.TrimFunc(text, blank)
	}
	if length := utf8.RuneCountInString(text); length < r.min || r.max > 0 && length > r.max {
		d.fail("length of a text")
	}
	if r.pattern != nil && !r.pattern.MatchString(text) {
		d.fail("characters of a text")
	}
	return text
}

// Units counts UTF-16 code units, in which MaxClipboardChars is given. Broken UTF-8 counts as one unit a byte.
func Units(text string) int {
	count := 0
	for _, r := range text {
		count += utf16.RuneLen(r) // a broken byte comes as U+FFFD
	}
	return count
}

// blank is what JavaScript trims.
func blank(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', ' ', 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff:
		return true
	}
	return r >= 0x2000 && r <= 0x200a
}

func (d *decoder) word(raw json.RawMessage, words ...string) string {
	text := d.text(raw, rules{})
	if !slices.Contains(words, text) {
		d.fail("unknown word")
	}
	return text
}

const (
	anything    = math.MaxFloat64
	safeInteger = 1<<53 - 1
)

func (d *decoder) number(raw json.RawMessage, low, high float64) float64 {
	var value float64
	// Numbers too large for a float64 are an error of Unmarshal, as Infinity is one in a browser.
	if c := kind(raw); c != '-' && (c < '0' || c > '9') || json.Unmarshal(raw, &value) != nil {
		d.fail("no number")
		return 0
	}
	if value < low || value > high {
		d.fail("number out of range")
	}
	return value
}

func (d *decoder) integer(raw json.RawMessage, low, high float64) int {
	value := d.number(raw, max(low, -safeInteger), min(high, safeInteger))
	if value != math.Trunc(value) {
		d.fail("no integer")
	}
	return int(value)
}

func (d *decoder) boolean(raw json.RawMessage) bool {
	switch string(raw) {
	case "true":
		return true
	case "false":
		return false
	}
	d.fail("neither true nor false")
	return false
}

// flag demands one of the two values.
func (d *decoder) flag(raw json.RawMessage, want bool) {
	if d.boolean(raw) != want {
		d.fail("the other one of true and false")
	}
}

func (d *decoder) envelope(raw json.RawMessage) relay.Envelope {
	envelope, err := relay.ParseEnvelope(raw)
	if err != nil {
		d.fail("no envelope")
	}
	return envelope
}

func list[T any](d *decoder, raw json.RawMessage, most int, read func(json.RawMessage) T) []T {
	var items []json.RawMessage
	if kind(raw) != '[' || json.Unmarshal(raw, &items) != nil || len(items) > most {
		d.fail("no list, or too long")
		return nil
	}
	out := make([]T, len(items))
	for i, item := range items {
		out[i] = read(item)
	}
	return out
}

func orNull[T any](raw json.RawMessage, read func(json.RawMessage) T) *T {
	if string(raw) == "null" {
		return nil
	}
	return ptr(read(raw))
}

func ptr[T any](value T) *T { return &value }
