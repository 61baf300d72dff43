package inject

import (
	"slices"

	"github.com/jezek/xgb/xproto"
)

// choosers are the keysyms of keys that choose another level of a key: AltGr, whatever the layout calls it.
var choosers = []xproto.Keysym{
	0xff7e,                         // Mode_switch
	0xfe02, 0xfe03, 0xfe04, 0xfe05, // ISO_Level2_Latch, ISO_Level3_Shift, its latch and lock
	0xfe11, 0xfe12, 0xfe13, // the same for level 5
}

// altGr tells whether the right Alt key chooses characters in the keyboard group in effect. When in doubt it is an Alt key.
func (x *x11) altGr() bool {
	code, known := x11Keycode("AltRight")
	if !known || x.text.read(x) != nil {
		return false
	}
	syms := x.text.symsOf(xproto.Keycode(code))
	// The core protocol lists two levels of the first group, then two of the second.
	at := 2 * x.group()
	if at == 2 && (len(syms) < 4 || syms[2] == 0) {
		at = 0 // one group for all
	}
	return at < min(len(syms), 4) && slices.Contains(choosers, syms[at])
}
