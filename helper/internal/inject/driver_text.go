package inject

import (
	"errors"
	"unicode"
	"unicode/utf16"

	"tasuki/helper/internal/keys"
)

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
	return errors.Join(b.push(t, func() error { return b.d.key(k, true, false) }), b.letGo(t))
}

// lift lets go of modifiers that would change the meaning of characters; putBack presses them again.
func (b *driven) lift() (lifted []string, err error) {
	for _, code := range modifiers {
		if t := keyToken(code); b.has(t) && !b.stuck.has(t) {
			if err = b.letGo(t); err != nil {
				return lifted, err
			}
			lifted = append(lifted, code)
		}
	}
	return lifted, nil
}

func (b *driven) putBack(lifted []string) (err error) {
	for _, code := range lifted {
		k, _ := keys.Lookup(code)
		err = errors.Join(err, b.push(keyToken(code), func() error { return b.d.key(k, true, false) }))
	}
	return err
}
