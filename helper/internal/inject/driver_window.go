package inject

import "slices"

// isProtected tells whether the window is one of those protected, or the helper's own anyway: its tray menu, for one.
func (b *driven) isProtected(chain []uintptr) bool {
	if b.protect == nil || len(chain) == 0 {
		return false
	}
	return b.d.ours(chain[0]) || slices.ContainsFunc(b.protect(), func(w uintptr) bool { return w == chain[0] || b.d.top(w) == chain[0] })
}

func meets(chain, windows []uintptr) bool {
	return slices.ContainsFunc(chain, func(w uintptr) bool { return slices.Contains(windows, w) })
}

// mayPoint checks the window under p: allowed are the chosen windows and their dialogs and menus, nothing else. A plain move
// is not checked as exactly as what acts there; a press keeps off the focused window, too, while that is protected.
func (b *driven) mayPoint(p point, surface uintptr, exact, press bool) error {
	targets := b.confined
	if surface != 0 {
		surface = b.d.top(surface)
		if len(b.confined) > 0 && !slices.Contains(b.confined, surface) {
			return ErrOutside
		}
		targets = []uintptr{surface}
	}
	if len(targets) == 0 && b.protect == nil && !(press && b.protectFocused) {
		return nil
	}
	chain := b.d.under(p, exact)
	if b.isProtected(chain) {
		return ErrProtected
	}
	if len(targets) > 0 && !meets(chain, targets) {
		return ErrOutside
	}
	if focus := b.d.focused(); press && b.protectFocused && len(focus) > 0 && len(chain) > 0 && focus[0] == chain[0] {
		return ErrProtected
	}
	return nil
}

func (b *driven) Confine(windows []Surface) error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	var chosen []uintptr
	for _, s := range windows {
		if s.Kind != "window" {
			return ErrUnknownSurface
		}
		_, w, err := b.d.place(s)
		if err != nil {
			return err
		}
		chosen = append(chosen, b.d.top(w))
	}
	b.confined = chosen
	if !slices.Contains(chosen, b.last) {
		b.last = 0
	}
	b.repeat.stop()
	return nil
}

// addressed are the chosen windows that may get keys: the one addressed last, all of them before the first.
func (b *driven) addressed() []uintptr {
	if b.last != 0 {
		return []uintptr{b.last}
	}
	return b.confined
}

// Address raises the window and gives it the focus, with the pointer left alone. Protected windows are not brought forward.
func (b *driven) Address(s Surface) error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	_, w, err := b.d.place(s)
	if err != nil || w == 0 {
		return err
	}
	top := b.d.top(w)
	switch {
	case len(b.confined) > 0 && !slices.Contains(b.confined, top):
		return ErrOutside
	case b.isProtected([]uintptr{top}):
		return ErrProtected
	}
	b.last = top
	has := func() bool { return meets(b.d.focused(), []uintptr{top}) }
	if has() {
		return nil
	}
	b.d.activate(top)
	if !until(raiseTime, has) {
		return ErrOutside
	}
	return nil
}
