package inject

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/jezek/xgb/xproto"
)

// textKeys is what is known about the layout and what is borrowed from it.
type textKeys struct {
	stale atomic.Bool // the layout has changed since it was read
	width int
	syms  []xproto.Keysym
	spare []borrowed
	timer *time.Timer
}

// borrowed is a spare keycode; sym is 0 while it carries nothing.
type borrowed struct {
	code xproto.Keycode
	sym  xproto.Keysym
	used time.Time
}

// layout finds a character among the first group's keys, plain or with Shift. Keys that are down cannot be pressed again.
func (t *textKeys) layout(x *x11, s xproto.Keysym) (stroke, bool) {
	if x.group() != 0 {
		return stroke{}, false
	}
	for level := range 2 {
		if code := t.find(s, level); code != 0 && !x.isDown(code) {
			return stroke{code: code, shift: level == 1}, true
		}
	}
	return stroke{}, false
}

// group is the keyboard group in effect, which the core protocol tells in two bits of the pointer's state.
func (x *x11) group() int {
	pointer, err := xproto.QueryPointer(x.conn, x.root).Reply()
	if err != nil || pointer == nil {
		return 0
	}
	return int(pointer.Mask>>13) & 3
}

func (x *x11) isDown(code xproto.Keycode) bool {
	for _, t := range x.down {
		if kind, name, _ := t.parse(); kind == "key" {
			if c, ok := x11Keycode(name); ok && xproto.Keycode(c) == code {
				return true
			}
		}
	}
	return false
}

// find returns the keycode whose given level has the keysym; 0: none. Borrowed keycodes do not count.
func (t *textKeys) find(s xproto.Keysym, level int) xproto.Keycode {
	if level >= t.width {
		return 0
	}
	for i := 0; i+t.width <= len(t.syms); i += t.width {
		code := xproto.Keycode(i/t.width) + firstKeycode
		if t.syms[i+level] == s && !slices.ContainsFunc(t.spare, func(b borrowed) bool { return b.code == code }) {
			return code
		}
		// A key with one letter carries its capital, too.
		if level == 1 && t.syms[i+1] == 0 && capital(t.syms[i]) == s && s != t.syms[i] {
			return code
		}
	}
	return 0
}

// firstKeycode: servers number keys from 8 at least.
const firstKeycode = 8

func capital(s xproto.Keysym) xproto.Keysym {
	if s >= 'a' && s <= 'z' {
		return s - 'a' + 'A'
	}
	return s
}
