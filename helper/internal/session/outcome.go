package session

import "tasuki/helper/internal/protocol"

// Kind is how a session ended.
type Kind int

const (
	// Cancelled: the person in front of this computer ended it, in the helper's own windows.
	Cancelled Kind = iota
	// Dismissed: the page goes on without the helper.
	Dismissed
	// Ended: somebody else ended it; By and Reason tell.
	Ended
	// Unknown: the secret was used before, or its time has run out.
	Unknown
	// TooOld: the server speaks another version.
	TooOld
	// Tampered: a message did not verify.
	Tampered
	// Gone: the server does not know the session any more.
	Gone
	// Failed: the server and this program do not understand one another.
	Failed
)

// Outcome is how and by whom a session ended.
type Outcome struct {
	Kind   Kind
	By     protocol.Party
	Reason protocol.EndReason
	// Side is whose computer this is; empty while it was not attached.
	Side protocol.Side
}
