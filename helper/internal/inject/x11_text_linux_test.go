package inject

import (
	"strings"
	"testing"
	"time"

	"tasuki/helper/internal/inject/testwindow"
)

const ascii = "The quick brown fox jumps over the lazy dog 0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

func TestTextArrivesCharacterForCharacter(t *testing.T) {
	texts := map[string]string{
		"ascii":  ascii + "\n\tTab",
		"kana":   "ひらがなとカタカナ、ー「」。ｱｲｳ",
		"kanji":  "襷を掛けて東京都渋谷区の顧客を支援する。髙﨑𠮷野家",
		"emoji":  "😀👍🏽👨‍👩‍👧🇯🇵❤️",
		"latin":  "äöüß çé ¥ € – “”",
		"mixed":  "Hello、世界！ 1+1=2 Ｗｉｄｅ Привет",
		"repeat": strings.Repeat("ああaい", 50),
	}
	for _, layout := range []string{"us", "jp"} {
		t.Run(layout, func(t *testing.T) {
			d := newDesk(t, layout)
			x := d.injector()
			w := d.window(testwindow.Options{Title: "text"})
			d.focus(w)
			for name, text := range texts {
				w.Clear()
				ok(t, x.Text(text))
				if !until(5*time.Second, func() bool { return len(w.Text()) >= len(text) }) || w.Text() != text {
					t.Errorf("%s: typed %q, arrived %q", name, text, w.Text())
				}
			}
			if down := d.down(); down != nil {
				t.Errorf("still down: %v", down)
			}
		})
	}
}

// More different characters than there are keycodes to borrow: each must have been read before its keycode is reused.
func TestTextOfManyDifferentCharacters(t *testing.T) {
	d := newDesk(t, "jp")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "text"})
	d.focus(w)
	var b strings.Builder
	for r := rune('一'); r < '一'+600; r++ {
		b.WriteRune(r)
	}
	start := time.Now()
	ok(t, x.Text(b.String()))
	t.Logf("600 different kanji in %v with %d spare keycodes", time.Since(start).Round(time.Millisecond), len(x.text.spare))
	if !until(5*time.Second, func() bool { return len(w.Text()) >= b.Len() }) || w.Text() != b.String() {
		t.Errorf("arrived %q", w.Text())
	}
}

func TestTextWithCapsLockAndHeldShift(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "text"})
	d.focus(w)
	ok(t, x.Key("CapsLock", true), x.Key("CapsLock", false), x.Key("ShiftLeft", true))
	ok(t, x.Text("Caps, aあ"))
	d.until("the text", func() bool { return w.Text() == "Caps, aあ" })
	if !x.has(keyToken("ShiftLeft")) || len(d.down()) != 1 {
		t.Errorf("Shift must be down again: %v", d.down())
	}
	ok(t, x.Key("ShiftLeft", false))
	w.Clear()
	ok(t, x.Key("KeyA", true), x.Key("KeyA", false))
	d.until("Caps Lock to be as it was", func() bool { return w.Text() == "A" })
}

func TestBorrowedKeycodesAreGivenBack(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "text"})
	d.focus(w)
	before := keycodesInUse(d)
	ok(t, x.Text("襷"))
	if keycodesInUse(d) != before+1 {
		t.Fatalf("%d keycodes in use, %d before", keycodesInUse(d), before)
	}
	ok(t, x.Close())
	if now := keycodesInUse(d); now != before {
		t.Errorf("%d keycodes in use after Close, %d before", now, before)
	}
}

func TestControlCharactersAreNotTyped(t *testing.T) {
	for _, r := range "\x00\x07\x08\x1b\x7f\u0085\ufffd" {
		if s := keysym(r); s != 0 {
			t.Errorf("%U is typed as %#x", r, s)
		}
	}
}
