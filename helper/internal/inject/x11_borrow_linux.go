package inject

import (
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// read takes the layout from the server if it has changed.
func (t *textKeys) read(x *x11) error {
	if !t.stale.Swap(false) && t.syms != nil {
		return nil
	}
	reply, err := xproto.GetKeyboardMapping(x.conn, firstKeycode, byte(int(x.max)-firstKeycode+1)).Reply()
	if err != nil || reply == nil || reply.KeysymsPerKeycode == 0 {
		t.stale.Store(true)
		return ErrUnsupported
	}
	t.width, t.syms = int(reply.KeysymsPerKeycode), reply.Keysyms
	t.findSpare(x)
	return nil
}

// symsOf are the keysyms of a keycode, as last read.
func (t *textKeys) symsOf(code xproto.Keycode) []xproto.Keysym {
	i := (int(code) - firstKeycode) * t.width
	if i < 0 || i+t.width > len(t.syms) {
		return nil
	}
	return t.syms[i : i+t.width]
}

// findSpare lists the keycodes that no key of the layout uses. Those already borrowed stay in the list, unless somebody
// else has given them a meaning since.
func (t *textKeys) findSpare(x *x11) {
	var spare []borrowed
	for code := int(x.min); code <= int(x.max); code++ {
		syms := t.symsOf(xproto.Keycode(code))
		if syms == nil {
			continue
		}
		i := slices.IndexFunc(t.spare, func(b borrowed) bool { return int(b.code) == code })
		switch {
		case i >= 0 && t.spare[i].sym != 0 && syms[0] == t.spare[i].sym:
			spare = append(spare, t.spare[i])
		case !slices.ContainsFunc(syms, func(s xproto.Keysym) bool { return s != 0 }):
			b := borrowed{code: xproto.Keycode(code)}
			if i >= 0 {
				b.used = t.spare[i].used
			}
			spare = append(spare, b)
		}
	}
	t.spare = spare
}

func (t *textKeys) carrying(s xproto.Keysym) int {
	return slices.IndexFunc(t.spare, func(b borrowed) bool { return b.sym == s })
}

// borrow gives spare keycodes to the next characters that need one, s being the first. It waits for the keycode unused
// longest until programs have had time to read it.
func (t *textKeys) borrow(x *x11, s xproto.Keysym, rest []xproto.Keysym) error {
	if len(t.spare) == 0 {
		return ErrUnsupported
	}
	slices.SortStableFunc(t.spare, func(a, b borrowed) int { return a.used.Compare(b.used) })
	if free := t.spare[0].used.Add(reuseAfter); t.spare[0].sym != 0 && !until(2*reuseAfter, func() bool { return time.Now().After(free) || x.stop.Load() }) {
		return ErrUnsupported
	}
	next := 0
	for _, want := range t.wanted(x, s, rest) {
		// What is still needed by this text, or fresh, is not taken away.
		for next < len(t.spare) && (slices.Contains(rest, t.spare[next].sym) && t.spare[next].sym != 0) {
			next++
		}
		if next == len(t.spare) || t.spare[next].sym != 0 && time.Since(t.spare[next].used) < reuseAfter {
			break
		}
		t.give(x, next, want)
		next++
	}
	if t.carrying(s) < 0 {
		// Every keycode is wanted later in this text: the one unused longest gives way.
		t.give(x, 0, s)
	}
	if err := x.sync(); err != nil {
		return err
	}
	// Large programs (Chromium, GTK) read a changed layout beside their events: without a pause the first character is lost.
	started := time.Now()
	until(2*settleAfter, func() bool { return time.Since(started) >= settleAfter || x.stop.Load() })
	return nil
}

// wanted lists the different characters ahead that neither the layout nor a borrowed keycode has, at most as many as
// there are spare keycodes.
func (t *textKeys) wanted(x *x11, s xproto.Keysym, rest []xproto.Keysym) []xproto.Keysym {
	wanted := []xproto.Keysym{s}
	for _, r := range rest {
		if len(wanted) >= len(t.spare) {
			break
		}
		if slices.Contains(wanted, r) || t.carrying(r) >= 0 || t.find(r, 0) != 0 || t.find(r, 1) != 0 {
			continue
		}
		wanted = append(wanted, r)
	}
	return wanted
}

// lent tells whether this process has given the keycode a character.
func (t *textKeys) lent(code xproto.Keycode) bool {
	return slices.ContainsFunc(t.spare, func(b borrowed) bool { return b.code == code && b.sym != 0 })
}

func (t *textKeys) give(x *x11, i int, s xproto.Keysym) {
	b := &t.spare[i]
	if b.sym == 0 {
		x.press(numberToken("map", int(b.code)))
	}
	// The same character on both levels: Shift or another group must not change it.
	xproto.ChangeKeyboardMapping(x.conn, 1, b.code, 2, []xproto.Keysym{s, s})
	b.sym, b.used = s, time.Now()
	if syms := t.symsOf(b.code); syms != nil {
		syms[0] = s
	}
}

// forget takes one keycode back; a guard does so for its parent.
func (t *textKeys) forget(x *x11, code xproto.Keycode) {
	xproto.ChangeKeyboardMapping(x.conn, 1, code, 1, []xproto.Keysym{0})
	if i := slices.IndexFunc(t.spare, func(b borrowed) bool { return b.code == code }); i >= 0 {
		t.spare[i].sym = 0
	}
}

// restore takes every borrowed keycode back, after the programs have had time to read the last of them.
func (t *textKeys) restore(x *x11) error {
	t.stopTimer()
	var latest time.Time
	for _, b := range t.spare {
		if b.sym != 0 && b.used.After(latest) {
			latest = b.used
		}
	}
	if latest.IsZero() {
		return nil
	}
	until(reuseAfter, func() bool { return time.Since(latest) >= reuseAfter })
	var released []token
	for _, b := range t.spare {
		if b.sym != 0 {
			t.forget(x, b.code)
			released = append(released, numberToken("map", int(b.code)))
		}
	}
	return x.confirm(released...)
}

func (t *textKeys) stopTimer() {
	if t.timer != nil {
		t.timer.Stop()
		t.timer = nil
	}
}

// restoreLater restores when nothing has been typed for a while.
func (t *textKeys) restoreLater(x *x11) {
	t.stopTimer()
	t.timer = time.AfterFunc(restoreAfter, func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		if !x.stop.Load() {
			_ = t.restore(x)
		}
	})
}
