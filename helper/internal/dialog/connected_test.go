package dialog

import (
	"testing"

	"tasuki/helper/internal/text"
)

// wrapping measures as a window does that breaks lines: so many letters a line.
type wrapping struct{}

func (wrapping) measure(i item, width int) (int, int) {
	perLine := width / 12
	if i.oneLine {
		return width, 20
	}
	lines := (len([]rune(i.label)) + perLine - 1) / perLine
	return width, 20 * lines
}

// Whoever reaches for Cancel uses the mouse, which changes what the window says: the button must not move away.
func TestConnectedKeepsPlaces(t *testing.T) {
	for _, language := range []string{"en", "ja"} {
		words := text.For(language)
		for _, sharing := range []bool{false, true} {
			heights := map[int]bool{}
			var first rect
			for n := range 8 {
				session := Session{Operator: "Hanako", Company: "Example", Sharing: sharing, ClipboardAllowed: true,
					Connected: n&1 != 0, Input: n&2 != 0, Paused: n&4 != 0}
				f := connectedForm(words, session)
				p := layout(f, wrapping{}, 1)
				cancel := p.rects[len(p.rects)-1]
				if n == 0 {
					first = cancel
				}
				if cancel != first {
					t.Errorf("%s: Cancel is at %v, then at %v", language, first, cancel)
				}
				_, height := wrapping{}.measure(item{label: status(words, session)}, p.rects[0].w)
				heights[height] = true
			}
			if language == "en" && len(heights) < 2 {
				t.Error("every sentence is equally long: this test proves nothing")
			}
		}
	}
}
