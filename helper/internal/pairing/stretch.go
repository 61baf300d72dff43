// Package pairing turns a session number into a key shared with the operator: key stretching, the rendezvous, and the
// customer's half of CPace. It makes the same bytes as shared/crypto. See docs/protocol.md.
package pairing

import (
	"runtime/debug"
	"time"

	"golang.org/x/crypto/argon2"

	"tasuki/helper/internal/seal"
)

const (
	stretchPasses    = 3
	stretchMemoryKiB = 64 * 1024
	// Near the turn of the hour the next one is tried too, for computers whose clocks differ.
	clockTolerance = 10 * time.Minute
)

// Stretched is what the eight digits become.
type Stretched struct {
	// Rdv is the rendezvous id: 16 bytes as base64url. The server sees it.
	Rdv string
	// prs is the password-related string for CPace. The server never sees it.
	prs []byte
}

// Wipe overwrites the secret half.
func (s *Stretched) Wipe() { clear(s.prs) }

// HourOf writes the UTC hour of a moment as in `2026-11-21T09Z`; it is part of the salt.
func HourOf(moment time.Time) string {
	return moment.UTC().Format("2006-01-02T15Z")
}

// CandidateHours lists the hours a customer's side tries, in this order: the current one, the one before and, within ten
// minutes of the turn, the next.
func CandidateHours(now time.Time) []string {
	hours := []string{HourOf(now), HourOf(now.Add(-time.Hour))}
	if now.UTC().Truncate(time.Hour).Add(time.Hour).Sub(now) <= clockTolerance {
		hours = append(hours, HourOf(now.Add(time.Hour)))
	}
	return hours
}

// stretchSalt is BLAKE2b-128 of (`tasuki rendezvous 1`, server origin, UTC hour of issue).
func stretchSalt(origin, hour string) []byte {
	return seal.Hash(16, nil, seal.LvCat("tasuki rendezvous 1", origin, hour))
}

// Stretch is Argon2id (t = 3, m = 64 MiB, p = 1) of eight digits; about 200 ms. origin is the server's, as
// PairingOrigin writes it, hour as HourOf does.
func Stretch(digits, origin, hour string) Stretched {
	out := argon2.IDKey([]byte(digits), stretchSalt(origin, hour), stretchPasses, stretchMemoryKiB, 1, 32)
	defer clear(out)
	// The 64 MiB would otherwise stay with the program for minutes.
	debug.FreeOSMemory()
	return Stretched{Rdv: seal.ToBase64(out[:16]), prs: seal.LvCat(out[16:], []byte(digits))}
}
