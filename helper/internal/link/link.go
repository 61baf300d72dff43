// Package link reads how the helper is handed its secret: from a `tasuki:` link or from its own file name. It reads what
// shared/crypto/helper-link.ts writes:
//
//	token = base64url(kind ‖ secret ‖ origin ‖ check)
//
// kind 1: a 16-byte secret follows; kind 2: none. origin: the server's. check: the first 4 bytes of BLAKE2b-256 over
// everything before it.
package link

import (
	"errors"
	"strings"

	"tasuki/helper/internal/seal"
)

const (
	// Scheme begins a link.
	Scheme = "tasuki:"
	// SecretSize is the length of the one-time secret.
	SecretSize = 16

	maxTokenChars = 600
	checkSize     = 4
	withSecret    = 1
	withoutSecret = 2
)

// Why a link was refused.
var (
	// ErrMalformed: not a token at all, or of a kind this version does not know.
	ErrMalformed = errors.New("not a helper link")
	// ErrCheck: a token that was cut or damaged on its way.
	ErrCheck = errors.New("damaged helper link")
	// ErrOrigin: the link leads to a place the helper does not go: no https, or no plain origin.
	ErrOrigin = errors.New("server not allowed")
)

// Secret is what only the browser and this helper know.
type Secret [SecretSize]byte

// Link is what a token says.
type Link struct {
	// Origin of the server, such as `https://support.example.com:8443`.
	Origin string
	// Secret is nil in the helper that was downloaded in advance: it asks for the number.
	Secret *Secret
}

// Parse reads `tasuki:TOKEN`. It fails with ErrMalformed, ErrCheck or ErrOrigin.
func Parse(text string) (Link, error) {
	// Windows programs may hand on a link with a slash they added.
	token, found := strings.CutPrefix(strings.TrimSpace(text), Scheme)
	if !found {
		return Link{}, ErrMalformed
	}
	return ParseToken(strings.TrimSuffix(strings.TrimPrefix(token, "//"), "/"))
}

// ParseToken reads a bare token. It fails as Parse does.
func ParseToken(token string) (Link, error) {
	if token == "" || len(token) > maxTokenChars {
		return Link{}, ErrMalformed
	}
	bytes, err := seal.FromBase64(token)
	if err != nil || len(bytes) <= checkSize {
		return Link{}, ErrMalformed
	}
	body, check := bytes[:len(bytes)-checkSize], bytes[len(bytes)-checkSize:]
	if string(seal.Hash(seal.KeySize, nil, body)[:checkSize]) != string(check) {
		return Link{}, ErrCheck
	}
	return parseBody(body[0], body[1:])
}

func parseBody(kind byte, rest []byte) (Link, error) {
	var link Link
	switch kind {
	case withSecret:
		if len(rest) < SecretSize {
			return Link{}, ErrMalformed
		}
		link.Secret = (*Secret)(append([]byte(nil), rest[:SecretSize]...))
		rest = rest[SecretSize:]
	case withoutSecret:
	default:
		return Link{}, ErrMalformed
	}
	link.Origin = string(rest)
	if !AllowedOrigin(link.Origin) {
		return Link{}, ErrOrigin
	}
	return link, nil
}

// Token writes a link's token. It fails with ErrOrigin.
func (l Link) Token() (string, error) {
	if !AllowedOrigin(l.Origin) {
		return "", ErrOrigin
	}
	body := []byte{withoutSecret}
	if l.Secret != nil {
		body = append([]byte{withSecret}, l.Secret[:]...)
	}
	body = append(body, l.Origin...)
	return seal.ToBase64(append(body, seal.Hash(seal.KeySize, nil, body)[:checkSize]...)), nil
}
