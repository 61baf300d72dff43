package relay

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"tasuki/helper/internal/seal"
)

// Kinds of envelopes; the ladder stands in shared/protocol/relay.ts.
const (
	Reply   = "reply"
	Confirm = "confirm"
	Hello   = "hello"
	Welcome = "welcome"
	Knock   = "knock"
	Sealed  = "sealed"
)

// MaxFrameChars bounds one sealed frame, in base64url characters.
const MaxFrameChars = 40_000

// MaxPayload bounds one message in bytes, so that its frame fits.
const MaxPayload = MaxFrameChars/4*3 - seal.Overhead

// maxEnvelopeBytes bounds the JSON of an envelope before anything looks at it.
const maxEnvelopeBytes = MaxFrameChars + 1000

// ErrEnvelope is what every error of ParseEnvelope is: not an envelope. The server checks shapes too, so it can be dropped.
var ErrEnvelope = errors.New("not a relay envelope")

// Envelope is what the server forwards; which fields are set follows from T. Byte strings are base64url.
type Envelope struct {
	T     string `json:"t"`
	Share string `json:"share,omitempty"`
	Tag   string `json:"tag,omitempty"`
	Nonce string `json:"nonce,omitempty"`
	Re    string `json:"re,omitempty"`
	MAC   string `json:"mac,omitempty"`
	Epoch string `json:"epoch,omitempty"`
	Frame string `json:"frame,omitempty"`
}

// fields tells which members each kind has, exactly, and how many bytes each holds; 0: a frame, 1 to MaxFrameChars characters.
var fields = map[string]map[string]int{
	Reply:   {"share": 32, "tag": 64, "frame": 0},
	Confirm: {"tag": 64, "frame": 0},
	Hello:   {"nonce": seal.NonceSize, "mac": seal.KeySize},
	Welcome: {"nonce": seal.NonceSize, "re": seal.NonceSize, "mac": seal.KeySize},
	Knock:   {},
	Sealed:  {"epoch": seal.EpochIDSize, "frame": 0},
}

// ParseEnvelope reads the JSON of one envelope: known kind, all of its members and no others, exact sizes, the base64url
// alphabet. It fails with ErrEnvelope.
func ParseEnvelope(raw []byte) (Envelope, error) {
	if len(raw) > maxEnvelopeBytes || !utf8.Valid(raw) {
		return Envelope{}, ErrEnvelope
	}
	// A map, as a struct would take member names in any case.
	var members map[string]*string
	if json.Unmarshal(raw, &members) != nil || members["t"] == nil {
		return Envelope{}, ErrEnvelope
	}
	kind := *members["t"]
	sizes, known := fields[kind]
	if !known || len(members) != len(sizes)+1 {
		return Envelope{}, ErrEnvelope
	}
	for name, size := range sizes {
		if text := members[name]; text == nil || !fits(*text, size) {
			return Envelope{}, fmt.Errorf("%w: %s of %s", ErrEnvelope, name, kind)
		}
	}
	get := func(name string) string {
		if text := members[name]; text != nil {
			return *text
		}
		return ""
	}
	return Envelope{
		T: kind, Share: get("share"), Tag: get("tag"), Nonce: get("nonce"), Re: get("re"), MAC: get("mac"),
		Epoch: get("epoch"), Frame: get("frame"),
	}, nil
}

// fits checks length and alphabet; size in bytes, 0 for a frame.
func fits(text string, size int) bool {
	if size == 0 && (text == "" || len(text) > MaxFrameChars) || size > 0 && len(text) != (size*4+2)/3 {
		return false
	}
	for i := range len(text) {
		c := text[i]
		if !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return true
}
