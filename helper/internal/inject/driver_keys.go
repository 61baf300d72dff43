package inject

import (
	"errors"
	"slices"
	"time"
	"unicode"
	"unicode/utf16"

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
	if down == b.has(t) {
		return nil
	}
	if !down {
		b.repeat.stopFor(code)
		err := b.d.key(k, false, false)
		b.release(t)
		return err
	}
	if err := b.focusChosen(code); err != nil {
		return err
	}
	b.press(t)
	if err := b.d.key(k, true, false); err != nil {
		b.release(t)
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
	return slices.Contains(modifiers, code) || code == "CapsLock" || code == "NumLock"
}

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

func (b *driven) leaves(code string) bool {
	return code != "" && leavesWindow(code, func(c string) bool { return b.has(keyToken(c)) })
}

// focusChosen gives the focus to the chosen window addressed last, if no chosen one has it.
func (b *driven) focusChosen(code string) error {
	err := b.mayType(code)
	if err != ErrOutside || b.last == 0 || b.leaves(code) {
		return err
	}
	b.d.activate(b.last)
	until(raiseTime, func() bool { err = b.mayType(code); return err != ErrOutside })
	return err
}

// maxTyped bounds one Text call, in characters.
const maxTyped = 16384

// Text types what it can; control characters other than line break and tab are left out. It stops with ErrInterrupted
// when the customer touches mouse or keyboard.
func (b *driven) Text(text string) error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	characters := []rune(text)
	if len(characters) > maxTyped {
		return ErrUnsupported
	}
	if err := b.focusChosen(""); err != nil {
		return err
	}
	b.repeat.stop()
	touches := b.own.count.Load()
	lifted, err := b.lift()
	for _, r := range characters {
		if err == nil && b.stop.Load() {
			err = ErrUnsupported
		}
		if err == nil && b.own.count.Load() != touches {
			err = ErrInterrupted
		}
		if err == nil {
			err = b.mayType("")
		}
		if err == nil {
			err = b.character(r)
		}
	}
	return errors.Join(err, b.putBack(lifted))
}

func (b *driven) character(r rune) error {
	code := map[rune]string{'\n': "Enter", '\r': "Enter", '\t': "Tab"}[r]
	if code == "" {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return nil
		}
		return b.d.unicode(utf16.Encode([]rune{r}))
	}
	k, _ := keys.Lookup(code)
	t := keyToken(code)
	if b.has(t) {
		return nil
	}
	b.press(t)
	err := errors.Join(b.d.key(k, true, false), b.d.key(k, false, false))
	b.release(t)
	return err
}

// lift lets go of modifiers that would change the meaning of characters; putBack presses them again.
func (b *driven) lift() (lifted []string, err error) {
	for _, code := range modifiers {
		if b.has(keyToken(code)) {
			lifted = append(lifted, code)
			k, _ := keys.Lookup(code)
			err = errors.Join(err, b.d.key(k, false, false))
			b.release(keyToken(code))
		}
	}
	return lifted, err
}

func (b *driven) putBack(lifted []string) (err error) {
	for _, code := range lifted {
		k, _ := keys.Lookup(code)
		b.press(keyToken(code))
		err = errors.Join(err, b.d.key(k, true, false))
	}
	return err
}

// releaseAll lets go of the latest first: a key before the modifier it was pressed with.
func (b *driven) releaseAll() error {
	b.repeat.stop()
	var errs []error
	for _, t := range slices.Backward(slices.Clone(b.down)) {
		kind, name, _ := t.parse()
		switch kind {
		case "key":
			if k, known := keys.Lookup(name); known {
				errs = append(errs, b.d.key(k, false, false))
			}
		case "button":
			errs = append(errs, b.d.button(point{}, t.number(), false))
		}
		b.release(t)
	}
	return errors.Join(errs...)
}

func bounded(d float64) float64 {
	if d != d {
		return 0
	}
	return max(-maxNotches, min(maxNotches, d))
}

// How a keyboard repeats: these are the systems' own defaults.
const (
	repeatDelay = 500 * time.Millisecond
	repeatEvery = 33 * time.Millisecond
)

// repeater presses one key again and again until it is stopped. Its owner's mutex guards it.
type repeater struct {
	code string
	done chan struct{}
}

func (r *repeater) start(code string, again func() bool) {
	r.stop()
	done := make(chan struct{})
	r.code, r.done = code, done
	go func() {
		timer := time.NewTimer(repeatDelay)
		defer timer.Stop()
		for {
			select {
			case <-done:
				return
			case <-timer.C:
				if !again() {
					return
				}
				timer.Reset(repeatEvery)
			}
		}
	}()
}

func (r *repeater) stop() {
	if r.done != nil {
		close(r.done)
		r.done = nil
	}
}

func (r *repeater) stopFor(code string) {
	if r.code == code {
		r.stop()
	}
}
