// Package inject puts pointer and keyboard input into the computer it runs on: X11 (XTEST), Windows (SendInput),
// macOS (CGEvent). It knows no network and no session; package control decides what may come here at all.
package inject

import "errors"

// Why an event was not injected. Nothing was pressed then.
var (
	// ErrUnsupported: this computer, or its desktop, cannot do that.
	ErrUnsupported = errors.New("not supported on this desktop")
	// ErrOutside: the point lies outside the shared surface, or another window covers it and cannot be lowered.
	ErrOutside = errors.New("outside the shared surface")
	// ErrUnknownSurface: the surface is not (or no longer) there.
	ErrUnknownSurface = errors.New("unknown surface")
	// ErrProtected: a window of the helper itself, or the Tasuki page that is being protected, would get the event.
	ErrProtected = errors.New("protected window")
	// ErrInterrupted: the customer touched mouse or keyboard while a text was being typed; the rest of it was not.
	ErrInterrupted = errors.New("interrupted by the customer's own input")
)

// Surface is what the picture shows: one monitor or one window. The browser names it as its track label does.
type Surface struct {
	// Kind is "monitor" or "window".
	Kind string
	// ID is the decimal identifier of the label's middle part ("window:<ID>:0", "screen:<ID>:0"): XID, HWND,
	// CGWindowID; of a monitor its index or display id. Empty: not known.
	ID string
	// Width and Height of the captured picture in pixels, a hint to find the monitor; 0: not known.
	Width, Height int
}

// Info tells what the injector can do.
type Info struct {
	// Backend is "x11", "windows", "macos" or "none".
	Backend string
	// Reason is a stable word when Backend is "none": "wayland", "no-display", "no-permission",
	// "no-extension" (see the Reason constants).
	Reason string
	// CtrlAltDel: SecureAttention works.
	CtrlAltDel bool
	// Text: composed text can be typed.
	Text bool
}

// Injector puts input into this computer. Coordinates run from 0 to 1 over the surface, left top to right bottom; the
// pixel hit is floor(x*width), at most width-1. Methods may be called from one goroutine at a time, except Close.
type Injector interface {
	Info() Info
	Move(surface Surface, x, y float64) error
	// Button: 0 left, 1 middle, 2 right, 3 back, 4 forward, as in a browser's PointerEvent.
	Button(surface Surface, x, y float64, button int, down bool) error
	// Wheel turns by so many notches (may be fractions); positive dy scrolls down, positive dx to the right.
	Wheel(surface Surface, x, y, dx, dy float64) error
	// Key presses or releases a physical key, named by KeyboardEvent.code. A key that is down is not pressed again.
	Key(code string, down bool) error
	// Address chooses the window that keys and text go to from now on, as a click into it would: it is raised and given the
	// focus. A monitor leaves that choice to its desktop.
	Address(surface Surface) error
	// Text types composed text as Unicode characters, whatever the layout.
	Text(text string) error
	// SecureAttention is Ctrl+Alt+Del, as far as the system lets a program send it.
	SecureAttention() error
	// ReleaseAll lets go of every key and button that this injector holds down.
	ReleaseAll() error
	// Confine limits input to these windows: pointer events elsewhere, and keys while none of them has the focus, are
	// ErrOutside; a window that is addressed is raised. Empty lifts the limit.
	Confine(windows []Surface) error
	// Protect refuses events for these windows (native identifiers), for example the helper's own dialogs.
	Protect(windows func() []uintptr)
	// ProtectFocused refuses keys, and clicks into the window that has the focus, while on.
	ProtectFocused(on bool)
	// OwnInput receives when the customer's own mouse or keyboard is touched. Capacity 1; never closed.
	OwnInput() <-chan struct{}
	// Close releases everything. After it every method answers ErrUnsupported.
	Close() error
}
