package seal

import (
	"encoding/base64"
	"encoding/binary"
)

// PrependLength is prepend_len of draft-irtf-cfrg-cpace: the length as LEB128, then the data.
func PrependLength(data []byte) []byte {
	out := binary.AppendUvarint(make([]byte, 0, len(data)+binary.MaxVarintLen64), uint64(len(data)))
	return append(out, data...)
}

// LvCat is lv_cat of the CPace draft: unambiguous concatenation. Text is given as its UTF-8.
func LvCat[T string | []byte](parts ...T) []byte {
	var out []byte
	for _, part := range parts {
		out = binary.AppendUvarint(out, uint64(len(part)))
		out = append(out, part...)
	}
	return out
}

// strict refuses padding bits that are not zero: one byte string has one spelling.
var strict = base64.RawURLEncoding.Strict()

// ToBase64 writes base64url without padding.
func ToBase64(data []byte) string {
	return strict.EncodeToString(data)
}

// FromBase64 reads canonical base64url without padding. Only an interferer writes anything else: *TamperError Malformed.
func FromBase64(text string) ([]byte, error) {
	for i := range len(text) {
		// The decoder skips line breaks, which are no part of the alphabet here.
		if text[i] == '\r' || text[i] == '\n' {
			return nil, Tampered(Malformed)
		}
	}
	data, err := strict.DecodeString(text)
	if err != nil {
		return nil, Tampered(Malformed)
	}
	return data, nil
}
