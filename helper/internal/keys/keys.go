// Package keys knows the physical keys that browsers name (KeyboardEvent.code) and what each is called by X11, Windows
// and macOS. Codes come from the other side: what is not in the table is refused.
package keys

// System is one way of naming keys natively.
type System int

// The systems that the table has a column for.
const (
	X11 System = iota
	Windows
	MacOS
)

// none: the system has no such key. macOS counts from zero, so it cannot be zero.
const none = 0xffff

// x11Offset: X servers with evdev keycodes count from 8.
const x11Offset = 8

// Key is one row: the code of the browser and the native names.
type Key struct {
	// Code is KeyboardEvent.code.
	Code string
	// evdev is the number in Linux' input-event-codes.h.
	evdev uint16
	// windows is the scan code of set 1, 0xe000 added where the keyboard sends E0 first.
	windows uint16
	// macOS is the virtual key of Carbon's HIToolbox/Events.h.
	macOS uint16
}

// WindowsExtended marks a scan code that follows E0.
const WindowsExtended = 0xe000

// byCode and native are built once from the table.
var byCode = func() map[string]Key {
	m := make(map[string]Key, len(table)+len(likewise))
	for _, k := range table {
		m[k.Code] = k
	}
	for _, l := range likewise {
		k, ok := m[l.code]
		if !ok {
			k = Key{Code: l.code, evdev: none, windows: none, macOS: none}
		}
		as := m[l.as]
		switch l.where {
		case X11:
			k.evdev = as.evdev
		case Windows:
			k.windows = as.windows
		case MacOS:
			k.macOS = as.macOS
		}
		m[l.code] = k
	}
	return m
}()

// Lookup finds the key a browser calls code. False: no such code exists.
func Lookup(code string) (Key, bool) {
	k, ok := byCode[code]
	return k, ok
}

// X11Keycode is the keycode on servers with evdev keycodes (all of today's). False: X cannot press it.
func (k Key) X11Keycode() (byte, bool) {
	if k.evdev == none || k.evdev+x11Offset > 255 {
		return 0, false
	}
	return byte(k.evdev + x11Offset), true
}

// WindowsScan is the scan code and whether it is extended. False: Windows has no such key.
func (k Key) WindowsScan() (scan uint16, extended, ok bool) {
	if k.windows == none {
		return 0, false, false
	}
	return k.windows & 0xff, k.windows&0xff00 == WindowsExtended, true
}

// WindowsVirtual is the virtual key of the two keys that share a scan code, Pause and NumLock: SendInput cannot send
// the E1 prefix that tells them apart. Zero for all others.
func (k Key) WindowsVirtual() uint16 {
	switch k.Code {
	case "Pause":
		return 0x13
	case "NumLock":
		return 0x90
	}
	return 0
}

// MacVirtual is the virtual key. False: macOS has no such key.
func (k Key) MacVirtual() (uint16, bool) { return k.macOS, k.macOS != none }
