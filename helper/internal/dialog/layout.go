package dialog

// Layout is the same on every system: items one under the other, the buttons in one row at the end. Lengths are in
// units of 1/96 inch and are multiplied by scale; the results are pixels inside the window.

type rect struct{ x, y, w, h int }

func (r rect) contains(x, y int) bool { return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h }

// measurer knows the system's fonts. It gives the size of an item's label in pixels, wrapped to maxWidth.
type measurer interface {
	measure(i item, maxWidth int) (w, h int)
}

type placed struct {
	// rects holds the place of each item; a hidden one has no width. Of a field it is the box; its name stands above.
	rects []rect
	// labels holds the place of a field's name.
	labels        []rect
	width, height int
}

const (
	askWidth     = 420
	cornerWidth  = 330
	padAsk       = 26
	padCorner    = 16
	bulletIndent = 18
	checkIndent  = 26
)

func layout(f form, m measurer, scale float64) placed {
	px := func(n float64) int { return int(n*scale + 0.5) }
	width, pad := px(askWidth), px(padAsk)
	if f.corner {
		width, pad = px(cornerWidth), px(padCorner)
	}
	inner := width - 2*pad
	p := placed{rects: make([]rect, len(f.items)), labels: make([]rect, len(f.items)), width: width}
	y := pad
	previous := role("")
	var buttons []int
	for n, i := range f.items {
		if i.label == "" {
			continue
		}
		if i.role == roleButton {
			buttons = append(buttons, n)
			continue
		}
		y += px(gap(previous, i.role, f.corner))
		previous = i.role
		switch i.role {
		case roleField:
			_, h := m.measure(item{role: roleText, label: i.label}, inner)
			p.labels[n] = rect{pad, y, inner, h}
			y += h + px(5)
			height := px(34)
			if i.digits {
				height = px(50)
			}
			p.rects[n] = rect{pad, y, inner, height}
			y += height
		case rolePoint:
			_, h := m.measure(i, inner-px(bulletIndent))
			p.rects[n] = rect{pad + px(bulletIndent), y, inner - px(bulletIndent), h}
			y += h
		case roleCheck:
			_, h := m.measure(i, inner-px(checkIndent))
			h = max(h, px(22))
			p.rects[n] = rect{pad, y, inner, h}
			y += h
		default:
			_, h := m.measure(i, inner)
			for _, label := range i.instead {
				other := i
				other.label = label
				_, otherHeight := m.measure(other, inner)
				h = max(h, otherHeight)
			}
			p.rects[n] = rect{pad, y, inner, h}
			y += h
		}
	}
	if len(buttons) > 0 {
		space, height := 22.0, px(38)
		if f.corner {
			space, height = 14, px(34)
		}
		y += px(space)
		right := width - pad
		for k := len(buttons) - 1; k >= 0; k-- {
			n := buttons[k]
			w, _ := m.measure(f.items[n], inner)
			w = max(w+px(36), px(112))
			p.rects[n] = rect{right - w, y, w, height}
			right -= w + px(10)
		}
		y += height
	}
	p.height = y + pad
	return p
}

// gap is the space between an item and the one above it.
func gap(above, here role, corner bool) float64 {
	switch {
	case above == "":
		return 0
	case corner && above == roleHeading:
		return 7
	case corner && above == roleText && here == roleText:
		return 2
	case above == roleCheck && here == roleCheck:
		return 5
	case here == roleField:
		return 18
	case above == roleField:
		return 8
	case above == roleProblem:
		return 4
	case above == rolePoint && here == rolePoint:
		return 9
	case above == roleHeading:
		return 12
	}
	return 10
}
