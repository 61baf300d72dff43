package seal

// TamperKind is what a cryptographic check found. Every one of them ends the session as `tampered`.
type TamperKind string

const (
	// Share: the peer's share is no group element, or the neutral one.
	Share TamperKind = "share"
	// Confirmation: the peer does not know the code.
	Confirmation TamperKind = "confirmation"
	// Forged: a frame does not verify.
	Forged TamperKind = "forged"
	// Replayed: a frame came twice or late.
	Replayed TamperKind = "replayed"
	// Missing: a frame was dropped.
	Missing TamperKind = "missing"
	// Unexpected: a message that this step of the ladder does not allow.
	Unexpected TamperKind = "unexpected"
	// Malformed: verified, but not a message we know.
	Malformed TamperKind = "malformed"
	// Mismatch: the server's word about the host differs from the operator's own card.
	Mismatch TamperKind = "mismatch"
)

// TamperError proves that somebody changed, dropped, repeated or invented something. Find it with errors.As.
type TamperError struct {
	Kind TamperKind
}

// Tampered makes the error of one kind.
func Tampered(kind TamperKind) error {
	return &TamperError{Kind: kind}
}

func (e *TamperError) Error() string {
	return "tampered: " + string(e.Kind)
}
