package dialog

import "strings"

// textField is what a field of our own drawing holds: text, the caret before the rune at caret, everything marked or not.
type textField struct {
	digits bool
	runes  []rune
	caret  int
	all    bool
}

const maxField = 300

// insert puts typed or pasted text at the caret. It returns whether the content changed.
func (f *textField) insert(s string) bool {
	if f.digits {
		s = codeDigits(s)
	} else {
		s = strings.ReplaceAll(clean(s, maxField), " ", "")
	}
	limit := maxField
	if f.digits {
		limit = codeLength
	}
	added := []rune(s)
	if len(added) == 0 {
		return false
	}
	if f.all {
		f.clear()
	}
	// A whole number pasted into a box with a few digits in it replaces them.
	if f.digits && len(added) == codeLength {
		f.clear()
	}
	added = added[:min(len(added), limit-len(f.runes))]
	f.runes = append(f.runes[:f.caret], append(added, f.runes[f.caret:]...)...)
	f.caret += len(added)
	return len(added) > 0
}

func (f *textField) clear() { f.runes, f.caret, f.all = nil, 0, false }

// erase removes the rune before (backward) or after the caret, or what is marked.
func (f *textField) erase(backward bool) bool {
	at := f.caret
	switch {
	case f.all:
		f.clear()
		return true
	case backward:
		at--
	}
	if at < 0 || at >= len(f.runes) {
		return false
	}
	f.runes = append(f.runes[:at], f.runes[at+1:]...)
	f.caret = at
	return true
}

// move sets the caret; positions outside are the ends.
func (f *textField) move(to int) {
	f.caret, f.all = min(max(to, 0), len(f.runes)), false
}

func (f *textField) selectAll() { f.all = len(f.runes) > 0 }

func (f *textField) value() string { return string(f.runes) }

// shown is the text as displayed, and the caret's place in it.
func (f *textField) shown() (string, int) {
	if !f.digits {
		return f.value(), f.caret
	}
	caret := f.caret
	if caret > codeLength/2 {
		caret++
	}
	return groupCode(f.value()), caret
}

// indexAt turns a place in the shown text into a place in the value.
func (f *textField) indexAt(shown int) int {
	if f.digits && shown > codeLength/2 {
		shown--
	}
	return shown
}
