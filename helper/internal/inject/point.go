package inject

import (
	"math"
	"slices"
	"strings"
)

// rect is a rectangle of the desktop in pixels.
type rect struct{ x, y, w, h int }

type point struct{ x, y int }

func (r rect) contains(p point) bool {
	return p.x >= r.x && p.y >= r.y && p.x < r.x+r.w && p.y < r.y+r.h
}

// at turns shares of the surface into the pixel that is hit. ErrOutside for what is not within 0..1, NaN included.
func (r rect) at(x, y float64) (point, error) {
	if !(x >= 0 && x <= 1 && y >= 0 && y <= 1) || r.w <= 0 || r.h <= 0 {
		return point{}, ErrOutside
	}
	px := min(int(math.Floor(x*float64(r.w))), r.w-1)
	py := min(int(math.Floor(y*float64(r.h))), r.h-1)
	return point{r.x + px, r.y + py}, nil
}

// maxNotches bounds one wheel event, whatever the other side sends.
const maxNotches = 50

// notches collects fractions of wheel notches on one axis and gives out whole ones.
type notches struct{ rest float64 }

func (n *notches) add(d float64) int {
	if math.IsNaN(d) || d == 0 {
		return 0
	}
	d = max(-maxNotches, min(maxNotches, d))
	if n.rest*d < 0 {
		// Turning back starts afresh: half a notch down must not swallow half a notch up.
		n.rest = 0
	}
	n.rest += d
	// Thirds and tenths do not add up to one exactly.
	whole := math.Trunc(n.rest + math.Copysign(1e-9, n.rest))
	n.rest -= whole
	return int(whole)
}

// leavesWindow tells whether pressing code would hand over to the desktop instead of the window that has the focus: the
// task switcher, the start menu, a screenshot of everything. While input is confined to windows these are refused, even
// though the right window has the focus.
func leavesWindow(code string, held func(code string) bool) bool {
	alone := []string{"MetaLeft", "MetaRight", "OSLeft", "OSRight", "Super", "PrintScreen", "Power", "Sleep", "WakeUp", "Eject"}
	if slices.Contains(alone, code) || strings.HasPrefix(code, "Launch") || code == "MediaSelect" ||
		code == "BrowserHome" || code == "BrowserSearch" || code == "BrowserFavorites" {
		return true
	}
	alt := held("AltLeft") || held("AltRight")
	control := held("ControlLeft") || held("ControlRight")
	switch code {
	case "Tab":
		return alt
	case "Escape":
		return alt || control
	case "Delete", "NumpadDecimal":
		return alt && control
	case "ControlLeft", "ControlRight", "AltLeft", "AltRight", "ShiftLeft", "ShiftRight":
		return false
	}
	// Control and the left Alt start programs and switch consoles; Control and the right Alt is AltGr.
	return control && held("AltLeft")
}
