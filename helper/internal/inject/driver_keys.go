package inject

import (
	"slices"

	"tasuki/helper/internal/keys"
)

func (b *driven) Key(code string, down bool) error {
	k, known := keys.Lookup(code)
	if !known {
		return ErrUnsupported
	}
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	t := keyToken(code)
	if down == b.has(t) && !b.stuck.has(t) {
		return nil
	}
	if !down {
		b.repeat.stopFor(code)
		return b.letGo(t)
	}
	if err := b.focusChosen(code); err != nil {
		return err
	}
	if err := b.push(t, func() error { return b.d.key(k, true, false) }); err != nil {
		return err
	}
	if !modifier(code) {
		b.repeat.start(code, func() bool { return b.again(code, k) })
	}
	return nil
}

// again presses a held key once more, as keyboards do; injected keys are not repeated by these systems.
func (b *driven) again(code string, k keys.Key) bool {
	defer b.mu.Unlock()
	if b.begin() != nil || !b.has(keyToken(code)) || b.mayType(code) != nil {
		return false
	}
	return b.d.key(k, true, true) == nil
}

func modifier(code string) bool {
	return IsModifier(code) || code == "CapsLock" || code == "NumLock"
}

// IsModifier tells whether a key (KeyboardEvent.code) changes what others mean while it is held.
func IsModifier(code string) bool { return slices.Contains(modifiers, code) }

var modifiers = []string{"ShiftLeft", "ShiftRight", "ControlLeft", "ControlRight", "AltLeft", "AltRight", "MetaLeft", "MetaRight"}

// mayType checks the window that gets keys now. code "" stands for text.
func (b *driven) mayType(code string) error {
	if b.protectFocused {
		return ErrProtected
	}
	if b.protect == nil && len(b.confined) == 0 {
		return nil
	}
	chain := b.d.focused()
	switch {
	case b.isProtected(chain):
		return ErrProtected
	case len(b.confined) == 0:
		return nil
	case b.leaves(code), !meets(chain, b.addressed()):
		return ErrOutside
	}
	return nil
}

func (b *driven) leaves(code string) bool {
	return code != "" && leavesWindow(append(b.keys(), code), b.d.altGr)
}

// focusChosen gives the focus to the chosen window addressed last, if no chosen one has it. A window that was just clicked
// gets it from the desktop: until then the key of a combination must not be lost, as the next would be another command.
func (b *driven) focusChosen(code string) error {
	err := b.mayType(code)
	if err == ErrProtected && !b.protectFocused {
		b.click.settle(func() bool { err = b.mayType(code); return err != ErrProtected })
	}
	if err != ErrOutside || b.last == 0 || b.leaves(code) {
		return err
	}
	b.d.activate(b.last)
	until(raiseTime, func() bool { err = b.mayType(code); return err != ErrOutside })
	return err
}
