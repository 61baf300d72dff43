package inject

import "math"

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

// bounded is one event of the wheel within its bound; NaN turns nothing.
func bounded(d float64) float64 {
	if d != d {
		return 0
	}
	return max(-maxNotches, min(maxNotches, d))
}
