package keys

import (
	"strings"
	"testing"
)

// specCodes is the list of code values of the UI Events code specification (W3C), copied from its tables.
const specCodes = `Backquote Backslash BracketLeft BracketRight Comma Digit0 Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8
Digit9 Equal IntlBackslash IntlRo IntlYen KeyA KeyB KeyC KeyD KeyE KeyF KeyG KeyH KeyI KeyJ KeyK KeyL KeyM KeyN KeyO KeyP KeyQ KeyR
KeyS KeyT KeyU KeyV KeyW KeyX KeyY KeyZ Minus Period Quote Semicolon Slash
AltLeft AltRight Backspace CapsLock ContextMenu ControlLeft ControlRight Enter MetaLeft MetaRight ShiftLeft ShiftRight Space Tab
Convert KanaMode Lang1 Lang2 Lang3 Lang4 Lang5 NonConvert Delete End Help Home Insert PageDown PageUp
ArrowDown ArrowLeft ArrowRight ArrowUp NumLock Numpad0 Numpad1 Numpad2 Numpad3 Numpad4 Numpad5 Numpad6 Numpad7 Numpad8 Numpad9
NumpadAdd NumpadBackspace NumpadClear NumpadClearEntry NumpadComma NumpadDecimal NumpadDivide NumpadEnter NumpadEqual NumpadHash
NumpadMemoryAdd NumpadMemoryClear NumpadMemoryRecall NumpadMemoryStore NumpadMemorySubtract NumpadMultiply NumpadParenLeft
NumpadParenRight NumpadStar NumpadSubtract Escape F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20 F21 F22
F23 F24 Fn FnLock PrintScreen ScrollLock Pause BrowserBack BrowserFavorites BrowserForward BrowserHome BrowserRefresh BrowserSearch
BrowserStop Eject LaunchApp1 LaunchApp2 LaunchMail MediaPlayPause MediaSelect MediaStop MediaTrackNext MediaTrackPrevious Power
Sleep AudioVolumeDown AudioVolumeMute AudioVolumeUp WakeUp Hyper Super Turbo Abort Resume Suspend Again Copy Cut Find Open Paste
Props Select Undo Hiragana Katakana`

func TestEveryCodeOfTheSpecIsThere(t *testing.T) {
	want := strings.Fields(specCodes)
	for _, code := range want {
		if _, ok := Lookup(code); !ok {
			t.Errorf("%s is missing", code)
		}
	}
	if len(table) != len(want) {
		t.Errorf("table has %d rows, the specification %d codes", len(table), len(want))
	}
}

func TestNoCodeIsDouble(t *testing.T) {
	codes := map[string]bool{}
	columns := [3]map[uint16]string{{}, {}, {}}
	for _, k := range table {
		if codes[k.Code] {
			t.Errorf("%s stands twice", k.Code)
		}
		codes[k.Code] = true
		for i, v := range []uint16{k.evdev, k.windows, k.macOS} {
			if v == none {
				continue
			}
			if other, ok := columns[i][v]; ok {
				t.Errorf("%s and %s share %#x in column %d", other, k.Code, v, i)
			}
			columns[i][v] = k.Code
		}
	}
}

func TestUnknownCodesAreRefused(t *testing.T) {
	for _, code := range []string{"", "Unidentified", "keya", "KeyÄ", "KeyA ", "F25", "A", strings.Repeat("x", 1<<16)} {
		if _, ok := Lookup(code); ok {
			t.Errorf("%.20q was accepted", code)
		}
	}
}

// The expected numbers are from the systems' own headers, not from the table.
func TestNativeNames(t *testing.T) {
	tests := []struct {
		code     string
		x        byte
		scan     uint16
		extended bool
		mac      uint16
	}{
		{"KeyA", 38, 0x1e, false, 0x00},
		{"Digit0", 19, 0x0b, false, 0x1d},
		{"Enter", 36, 0x1c, false, 0x24},
		{"NumpadEnter", 104, 0x1c, true, 0x4c},
		{"ControlRight", 105, 0x1d, true, 0x3e},
		{"IntlRo", 97, 0x73, false, 0x5e},
		{"IntlYen", 132, 0x7d, false, 0x5d},
		{"Convert", 100, 0x79, false, 0x68},
		{"NonConvert", 102, 0x7b, false, 0x66},
		{"KanaMode", 101, 0x70, false, 0x68},
		{"HiraganaKatakana", 101, 0x70, false, 0x68},
		{"ZenkakuHankaku", 49, 0x29, false, 0x32},
		{"Lang1", 130, 0x72, false, 0x68},
		{"Pause", 127, 0x45, false, 0x71},
		{"NumLock", 77, 0x45, true, 0x47},
		{"PrintScreen", 107, 0x37, true, 0x69},
		{"ArrowUp", 111, 0x48, true, 0x7e},
		{"F12", 96, 0x58, false, 0x6f},
		{"F13", 191, 0x64, false, 0x69},
		{"MetaLeft", 133, 0x5b, true, 0x37},
		{"OSLeft", 133, 0x5b, true, 0x37},
	}
	for _, tt := range tests {
		k, ok := Lookup(tt.code)
		if !ok {
			t.Fatalf("%s is unknown", tt.code)
		}
		x, okX := k.X11Keycode()
		scan, extended, okW := k.WindowsScan()
		mac, okM := k.MacVirtual()
		if !okX || !okW || !okM || x != tt.x || scan != tt.scan || extended != tt.extended || mac != tt.mac {
			t.Errorf("%s: x %d, scan %#x extended %v, mac %#x", tt.code, x, scan, extended, mac)
		}
	}
}

func TestKeysASystemLacks(t *testing.T) {
	k, ok := Lookup("FnLock")
	if !ok {
		t.Fatal("FnLock is unknown")
	}
	if _, ok := k.X11Keycode(); ok {
		t.Error("X has no FnLock")
	}
	if _, _, ok := k.WindowsScan(); ok {
		t.Error("Windows has no FnLock")
	}
	if _, ok := k.MacVirtual(); ok {
		t.Error("macOS has no FnLock")
	}
}
