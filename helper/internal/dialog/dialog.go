// Package dialog shows the helper's few native windows and its tray icon: the number window, the connected dialog and a
// plain message. No toolkit, no cgo: Win32 on Windows, AppKit through purego on macOS, X11 elsewhere.
package dialog

import "context"

// Code is what the number window was given.
type Code struct {
	// Digits: exactly eight.
	Digits string
	// Server is the origin typed in when AskCode was called without one.
	Server string
}

// Session is what the connected dialog and the tray tell.
type Session struct {
	// Operator and Company come from the other side: shown as plain text, shortened, never interpreted.
	Operator, Company string
	// Server is the name of the server this goes through: what tells a stranger's from the company's own.
	Server string
	// Operates: the remote side may operate this computer now (pointer and keyboard are granted).
	Input, Clipboard bool
	// ClipboardAllowed: the mode has a clipboard at all.
	ClipboardAllowed bool
	// Paused: the customer's own input keeps the remote one away at the moment.
	Paused bool
	// Connected: false while the other side is being reached or the line is interrupted.
	Connected bool
	// Sharing: `share` mode, so the customer is the one who operates: Operator then holds "the customer".
	Sharing bool
}

// Events are the acts of the person in front of this computer. Called from any goroutine.
type Events struct {
	// Cancel: the button キャンセル / Cancel, the window's close box, or 中止 / Stop in the tray.
	Cancel func()
	// Grant: a grant was taken back or given in the dialog, or taken back in the tray menu, which remote input may reach and
	// which therefore gives none; name is "input" or "clipboard".
	Grant func(name string, on bool)
}

// Connected is the small window, always on top, that stays while the session lasts, with its tray icon.
type Connected interface {
	// Update shows another state; cheap, may be called often.
	Update(Session)
	Close()
}

// UI is the system's way to show windows. One per program.
type UI interface {
	// Run owns the calling (main) thread until main returns; main runs on another goroutine.
	Run(main func())
	// AskCode shows the number window with 承諾 / Accept and キャンセル / Cancel. server is shown as the place the number
	// belongs to; empty: it is asked for too. problem is shown under the box ("" at first).
	// It returns false when the person cancelled or ctx ended.
	AskCode(ctx context.Context, server, problem string) (Code, bool)
	// AskConsent asks before anything begins (path 2): who asks, and what they could do; 承諾 / Accept or キャンセル / Cancel.
	AskConsent(ctx context.Context, heading string, lines []string) bool
	// Busy shows a line of text with キャンセル / Cancel until the returned function is called; ctx's cancel is called when
	// the person cancels.
	Busy(text string, cancel func()) (done func())
	// Message shows a text with one button 閉じる / Close and returns when it is closed or ctx ends.
	Message(ctx context.Context, heading, text string)
	// ShowConnected opens the connected dialog and the tray icon.
	ShowConnected(session Session, events Events) Connected
	// Windows lists the native identifiers of all windows that are open now, so that remote input can be kept off them.
	Windows() []uintptr
}
