package inject

import (
	"time"
	"unicode"

	"github.com/jezek/xgb/xproto"
)

// Text is typed with the keys of the layout where it has them, and with borrowed keycodes elsewhere: a keycode no key
// uses is given the character, pressed, and taken back when typing has paused. Programs read the mapping when the key
// event reaches them, which may be late; so a borrowed keycode keeps its character as long as there are others to borrow,
// and at least reuseAfter.
const (
	// reuseAfter is how long a program may take to read a key event before its keycode means something else.
	reuseAfter = 150 * time.Millisecond
	// settleAfter is how long a program may take to notice that a keycode has got a character.
	settleAfter = 80 * time.Millisecond
	// restoreAfter is how long typing pauses before borrowed keycodes are given back.
	restoreAfter = 2 * time.Second
)

// X keysyms that are no characters.
const (
	keysymReturn   = 0xff0d
	keysymTab      = 0xff09
	keysymCapsLock = 0xffe5
)

// stroke is how a character is typed.
type stroke struct {
	code  xproto.Keycode
	shift bool
}

// keysym is the X name of a character; 0 for control characters, which are not typed.
func keysym(r rune) xproto.Keysym {
	switch {
	case r == '\n' || r == '\r':
		return keysymReturn
	case r == '\t':
		return keysymTab
	case r >= 0x20 && r <= 0x7e || r >= 0xa0 && r <= 0xff:
		return xproto.Keysym(r)
	case r < 0x100 || r == unicode.ReplacementChar || !unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cf, unicode.Co}, r):
		return 0
	}
	return xproto.Keysym(0x01000000 | uint32(r))
}

// Text types what it can; control characters other than line break and tab are left out. It stops with an error when the
// focus moves to a window that may not have it, or with ErrInterrupted when the customer touches mouse or keyboard.
func (x *x11) Text(text string) error {
	defer x.mu.Unlock()
	if err := x.begin(); err != nil {
		return err
	}
	var syms []xproto.Keysym
	for _, r := range text {
		if s := keysym(r); s != 0 {
			syms = append(syms, s)
		}
	}
	if len(syms) > maxTyped {
		return ErrUnsupported
	}
	if len(syms) == 0 {
		return nil
	}
	if err := x.focusChosen(""); err != nil {
		return err
	}
	touches := x.own.count.Load()
	lift := x.liftModifiers()
	err := x.typeSyms(syms, touches)
	lift()
	x.text.restoreLater(x)
	if gone := x.sync(); gone != nil {
		return gone
	}
	return err
}

func (x *x11) typeSyms(syms []xproto.Keysym, touches uint32) error {
	for i, s := range syms {
		if x.stop.Load() {
			return ErrUnsupported
		}
		if x.own.count.Load() != touches {
			return ErrInterrupted
		}
		k, err := x.stroke(s, syms[i:])
		if err != nil {
			return err
		}
		if err := x.mayType(""); err != nil {
			return err
		}
		if err := x.tap(k); err != nil {
			return err
		}
	}
	return nil
}

// tap presses and releases a keycode, with Shift around it when needed.
func (x *x11) tap(k stroke) error {
	shift := numberToken("code", int(x11ShiftLeft))
	t := numberToken("code", int(k.code))
	if k.shift {
		x.press(shift)
		x.fake(xproto.KeyPress, x11ShiftLeft, point{})
	}
	x.press(t)
	x.fake(xproto.KeyPress, byte(k.code), point{})
	x.fake(xproto.KeyRelease, byte(k.code), point{})
	if !k.shift {
		return x.confirm(t)
	}
	x.fake(xproto.KeyRelease, x11ShiftLeft, point{})
	return x.confirm(t, shift)
}

const x11ShiftLeft = 50

// liftModifiers lets go of what would change the meaning of a character (held modifiers, Caps Lock) and returns how to put
// it back.
func (x *x11) liftModifiers() func() {
	var codes []string
	var lifted []token
	for _, code := range []string{"ShiftLeft", "ShiftRight", "ControlLeft", "ControlRight", "AltLeft", "AltRight", "MetaLeft", "MetaRight"} {
		if x.has(keyToken(code)) {
			codes = append(codes, code)
			lifted = append(lifted, keyToken(code))
			x.letGo(keyToken(code))
		}
	}
	_ = x.confirm(lifted...)
	caps := xproto.Keycode(0)
	if pointer, err := xproto.QueryPointer(x.conn, x.root).Reply(); err == nil && pointer != nil && pointer.Mask&xproto.ModMaskLock != 0 {
		if x.text.read(x) == nil {
			caps = x.text.find(keysymCapsLock, 0)
		}
	}
	if caps != 0 {
		_ = x.tap(stroke{code: caps})
	}
	return func() {
		if caps != 0 {
			_ = x.tap(stroke{code: caps})
		}
		for _, code := range codes {
			keycode, _ := x11Keycode(code)
			x.press(keyToken(code))
			x.fake(xproto.KeyPress, keycode, point{})
		}
	}
}

// stroke finds the key for a character, borrowing one if the layout has none. rest is what is still to be typed, the
// character itself first: what it needs is borrowed in one go.
func (x *x11) stroke(s xproto.Keysym, rest []xproto.Keysym) (stroke, error) {
	t := &x.text
	if err := t.read(x); err != nil {
		return stroke{}, err
	}
	if k, ok := t.layout(x, s); ok {
		return k, nil
	}
	if i := t.carrying(s); i >= 0 {
		t.spare[i].used = time.Now()
		return stroke{code: t.spare[i].code}, nil
	}
	if err := t.borrow(x, s, rest); err != nil {
		return stroke{}, err
	}
	i := t.carrying(s)
	if i < 0 {
		return stroke{}, ErrUnsupported
	}
	t.spare[i].used = time.Now()
	return stroke{code: t.spare[i].code}, nil
}
