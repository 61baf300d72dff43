// Package clipboard is the text clipboard of this computer, and the parts in which a text crosses to the other side.
package clipboard

import (
	"context"
	"errors"
	"strings"
)

// ErrUnsupported: this desktop has no clipboard that can be reached.
var ErrUnsupported = errors.New("no clipboard on this desktop")

// ErrTooLong: more text than may cross; the person is told.
var ErrTooLong = errors.New("text too long for the shared clipboard")

// System is this computer's clipboard.
type System interface {
	// Set puts a text there. It fails when the clipboard cannot be had.
	Set(text string) error
	// Watch calls changed with every text that another program puts there from now on, never with what Set put there nor
	// with what was there before, until ctx ends. Texts beyond the limit come as "" with ErrTooLong.
	Watch(ctx context.Context, changed func(text string, err error)) error
	// Close gives the clipboard up.
	Close()
}

// Open reaches this computer's clipboard. It fails with ErrUnsupported or with the reason.
func Open() (System, error) { return open() }

// Clean is the text as both sides have it: no control characters but tab and line ends, line ends as \n.
func Clean(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
