package inject

import (
	"runtime"
	"slices"
	"strings"
)

// spacesByControl: Control with an arrow leaves for another desktop (macOS); elsewhere it is a program's own.
const spacesByControl = runtime.GOOS == "darwin"

// leavesWindow tells whether these keys, down together, hand over to the desktop instead of the window that has the focus:
// the task switcher, the start menu, a screenshot of everything. While input is confined to windows these are refused, even
// though the right window has the focus. The order does not matter: a key that is held repeats with the modifier pressed
// after it. altGr is asked whether the right Alt is AltGr.
func leavesWindow(held []string, altGr func() bool) bool {
	has := func(code string) bool { return slices.Contains(held, code) }
	control := has("ControlLeft") || has("ControlRight")
	anyAlt := has("AltLeft") || has("AltRight")
	// AltGr writes characters, also with Control and with Space.
	alt := has("AltLeft") || has("AltRight") && !altGr()
	return slices.ContainsFunc(held, func(code string) bool { return leavesWith(code, control, anyAlt, alt) })
}

// leavesWith is leavesWindow for one key and the modifiers beside it.
func leavesWith(code string, control, anyAlt, alt bool) bool {
	switch code {
	case "MetaLeft", "MetaRight", "OSLeft", "OSRight", "Super", "PrintScreen", "Power", "Sleep", "WakeUp", "Eject",
		"MediaSelect", "BrowserHome", "BrowserSearch", "BrowserFavorites":
		return true
	case "ControlLeft", "ControlRight", "AltLeft", "AltRight", "ShiftLeft", "ShiftRight":
		return false
	case "Tab", "F1", "F2", "F3", "F6":
		// Switchers, menus and command lines of desktops; with Control and Alt together F-keys change consoles.
		if anyAlt {
			return true
		}
	case "Space":
		if alt {
			return true // the window menu, launchers
		}
	case "Escape":
		return anyAlt || control
	case "Delete", "NumpadDecimal":
		return anyAlt && control
	case "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown":
		if spacesByControl && control {
			return true
		}
	}
	// Control and Alt start programs and change consoles and desktops.
	return control && alt || strings.HasPrefix(code, "Launch")
}
