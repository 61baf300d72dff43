//go:build unix && !darwin

package dialog

import (
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Key symbols with a meaning of their own here.
const (
	keyBackspace = 0xff08
	keyTab       = 0xff09
	keyReturn    = 0xff0d
	keyEscape    = 0xff1b
	keyHome      = 0xff50
	keyLeft      = 0xff51
	keyRight     = 0xff53
	keyEnd       = 0xff57
	keyInsert    = 0xff63
	keyDelete    = 0xffff
	keyEnter     = 0xff8d
	keyLeftTab   = 0xfe20
	keyPad0      = 0xffb0
	keyPad9      = 0xffb9
	keyPadPeriod = 0xffae
	keyNumLock   = 0xff7f
	unicodeKeys  = 0x01000000
)

// keymap turns key codes into key symbols.
type keymap struct {
	first   byte
	width   int
	symbols []xproto.Keysym
	numLock uint16
}

// load reads the server's map; called again when it changes.
func (k *keymap) load(conn *xgb.Conn) {
	setup := xproto.Setup(conn)
	count := byte(setup.MaxKeycode - setup.MinKeycode + 1)
	mapping, err := xproto.GetKeyboardMapping(conn, setup.MinKeycode, count).Reply()
	if err != nil {
		return
	}
	k.first, k.width, k.symbols = byte(setup.MinKeycode), int(mapping.KeysymsPerKeycode), mapping.Keysyms
	k.numLock = 0
	modifiers, err := xproto.GetModifierMapping(conn).Reply()
	if err != nil || modifiers.KeycodesPerModifier == 0 {
		return
	}
	for n, code := range modifiers.Keycodes {
		if code != 0 && k.column(byte(code), 0) == keyNumLock {
			k.numLock = 1 << (n / int(modifiers.KeycodesPerModifier))
		}
	}
}

func (k *keymap) column(code byte, column int) xproto.Keysym {
	at := (int(code)-int(k.first))*k.width + column
	if code < k.first || column >= k.width || at >= len(k.symbols) {
		return 0
	}
	return k.symbols[at]
}

// symbol is the key's meaning under these modifiers: columns go by group (bits 13, 14), Shift and AltGr (Mod5).
func (k *keymap) symbol(code byte, state uint16) xproto.Keysym {
	column := 0
	if group := int(state>>13) & 3; group == 1 {
		column = 2
	} else if state&xproto.ModMask5 != 0 {
		column = 4
	}
	plain, shifted := k.column(code, column), k.column(code, column+1)
	if plain == 0 && column != 0 {
		column = 0
		plain, shifted = k.column(code, 0), k.column(code, 1)
	}
	shift := state&xproto.ModMaskShift != 0
	// On the number pad Num Lock gives the digits and Shift takes them away.
	if shifted >= keyPadPeriod && shifted <= keyPad9 && state&k.numLock != 0 {
		shift = !shift
	}
	if shift && shifted != 0 {
		return shifted
	}
	return plain
}

// character is what a key symbol types; 0 when it types nothing.
func character(symbol xproto.Keysym) rune {
	switch {
	case symbol >= keyPad0 && symbol <= keyPad9:
		return '0' + rune(symbol-keyPad0)
	case symbol == keyPadPeriod:
		return '.'
	case symbol >= 0x20 && symbol <= 0x7e || symbol >= 0xa0 && symbol <= 0xff:
		return rune(symbol)
	case symbol > unicodeKeys && symbol <= unicodeKeys+0x10ffff:
		return rune(symbol - unicodeKeys)
	}
	return 0
}

// key edits the field. It returns whether the content changed.
func (f *textField) key(symbol xproto.Keysym) bool {
	switch symbol {
	case keyBackspace:
		return f.erase(true)
	case keyDelete:
		return f.erase(false)
	case keyLeft:
		f.move(f.caret - 1)
	case keyRight:
		f.move(f.caret + 1)
	case keyHome:
		f.move(0)
	case keyEnd:
		f.move(len(f.runes))
	default:
		if r := character(symbol); r != 0 {
			return f.insert(string(r))
		}
	}
	return false
}
