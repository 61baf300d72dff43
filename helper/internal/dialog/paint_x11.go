//go:build unix && !darwin

package dialog

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/vector"
)

// Colours; every text has a contrast of at least 4.5:1 on its ground.
var (
	colorGround   = color.RGBA{0xff, 0xff, 0xff, 0xff}
	colorText     = color.RGBA{0x1b, 0x24, 0x30, 0xff}
	colorHint     = color.RGBA{0x52, 0x5d, 0x6a, 0xff}
	colorProblem  = color.RGBA{0xb3, 0x26, 0x1e, 0xff}
	colorPrimary  = color.RGBA{0x0f, 0x6b, 0x5c, 0xff}
	colorPressed  = color.RGBA{0x0b, 0x54, 0x48, 0xff}
	colorPlain    = color.RGBA{0xf2, 0xf4, 0xf6, 0xff}
	colorPlainOn  = color.RGBA{0xdf, 0xe4, 0xe8, 0xff}
	colorEdge     = color.RGBA{0x84, 0x8e, 0x9a, 0xff}
	colorDisabled = color.RGBA{0xe6, 0xe9, 0xec, 0xff}
	colorFocus    = color.RGBA{0x1a, 0x73, 0xe8, 0xff}
	colorMarked   = color.RGBA{0xcf, 0xe3, 0xff, 0xff}
)

// painter draws a form's items at one scale. It is used by one goroutine at a time.
type painter struct {
	scale                          float64
	body, strong, heading, numbers *typeface
}

func newPainter(language string, scale float64) *painter {
	regular, bold := newFontChain(language, false), newFontChain(language, true)
	return &painter{
		scale:   scale,
		body:    newTypeface(regular, 14*scale),
		strong:  newTypeface(bold, 14*scale),
		heading: newTypeface(bold, 18*scale),
		numbers: newTypeface(regular, 27*scale),
	}
}

func (p *painter) px(n float64) int { return int(n*p.scale + 0.5) }

func (p *painter) typeface(i item, corner bool) *typeface {
	switch {
	case i.role == roleHeading && corner:
		return p.strong
	case i.role == roleHeading:
		return p.heading
	case i.role == roleButton:
		return p.strong
	}
	return p.body
}

// formMeasurer measures for one form.
type formMeasurer struct {
	*painter
	corner bool
}

func (m formMeasurer) measure(i item, maxWidth int) (w, h int) {
	t := m.typeface(i, m.corner)
	if i.oneLine || i.role == roleButton {
		return t.width(i.label), t.lineHeight()
	}
	lines := t.wrap(i.label, maxWidth)
	for _, line := range lines {
		w = max(w, t.width(line))
	}
	return w, len(lines) * t.lineHeight()
}

// lines writes wrapped text into r.
func (p *painter) lines(dst draw.Image, i item, r rect, corner bool, c color.Color) {
	t := p.typeface(i, corner)
	if i.oneLine {
		t.draw(dst, r.x, r.y, t.ellipsis(i.label, r.w), c)
		return
	}
	for n, line := range t.wrap(i.label, r.w) {
		t.draw(dst, r.x, r.y+n*t.lineHeight(), line, c)
	}
}

// text draws headings, texts, hints, problems and points.
func (p *painter) text(dst draw.Image, i item, r rect, corner bool) {
	switch i.role {
	case roleHint:
		p.lines(dst, i, r, corner, colorHint)
	case roleProblem:
		p.lines(dst, i, r, corner, colorProblem)
	case rolePoint:
		middle := r.y + p.body.lineHeight()/2
		dot := p.px(5)
		p.fill(dst, rect{r.x - p.px(13), middle - dot/2, dot, dot}, float64(dot)/2, colorPrimary)
		p.lines(dst, i, r, corner, colorText)
	default:
		p.lines(dst, i, r, corner, colorText)
	}
}

func (p *painter) button(dst draw.Image, i item, r rect, focused, pressed bool) {
	ground, ink, edge := colorPlain, colorText, colorEdge
	switch {
	case i.disabled:
		ground, ink, edge = colorDisabled, colorHint, colorDisabled
	case i.primary && pressed:
		ground, ink, edge = colorPressed, colorGround, colorPressed
	case i.primary:
		ground, ink, edge = colorPrimary, colorGround, colorPrimary
	case pressed:
		ground = colorPlainOn
	}
	p.box(dst, r, 7, edge, ground, focused)
	label := p.strong.ellipsis(i.label, r.w-p.px(12))
	p.strong.draw(dst, r.x+(r.w-p.strong.width(label))/2, r.y+(r.h-p.strong.lineHeight())/2, label, ink)
}

func (p *painter) check(dst draw.Image, i item, r rect, focused, pressed bool) {
	size := p.px(17)
	b := rect{r.x, r.y + (min(r.h, p.body.lineHeight()+p.px(2))-size)/2, size, size}
	ground, edge := colorGround, colorEdge
	if i.checked {
		ground, edge = colorPrimary, colorPrimary
	} else if pressed {
		ground = colorPlainOn
	}
	p.box(dst, b, 4, edge, ground, focused)
	if i.checked {
		p.tick(dst, b)
	}
	text := i
	text.role = roleText
	p.lines(dst, text, rect{r.x + p.px(checkIndent), r.y, r.w - p.px(checkIndent), r.h}, true, colorText)
}

// box is a rounded rectangle with an edge, and the focus ring around it.
func (p *painter) box(dst draw.Image, r rect, radius float64, edge, ground color.RGBA, focused bool) {
	line := max(p.px(1.2), 1)
	if focused {
		ring, air := p.px(2), p.px(1.5)
		p.fill(dst, grow(r, ring+air), radius*p.scale+float64(ring+air), colorFocus)
		p.fill(dst, grow(r, air), radius*p.scale+float64(air), colorGround)
	}
	p.fill(dst, r, radius*p.scale, edge)
	p.fill(dst, grow(r, -line), radius*p.scale-float64(line), ground)
}

func grow(r rect, by int) rect { return rect{r.x - by, r.y - by, r.w + 2*by, r.h + 2*by} }

// fill paints a rounded rectangle.
func (p *painter) fill(dst draw.Image, r rect, radius float64, c color.RGBA) {
	w, h, a := float32(r.w), float32(r.h), float32(radius)
	k := a * 0.4477
	z := vector.NewRasterizer(r.w, r.h)
	z.MoveTo(a, 0)
	z.LineTo(w-a, 0)
	z.CubeTo(w-k, 0, w, k, w, a)
	z.LineTo(w, h-a)
	z.CubeTo(w, h-k, w-k, h, w-a, h)
	z.LineTo(a, h)
	z.CubeTo(k, h, 0, h-k, 0, h-a)
	z.LineTo(0, a)
	z.CubeTo(0, k, k, 0, a, 0)
	z.ClosePath()
	z.Draw(dst, image.Rect(r.x, r.y, r.x+r.w, r.y+r.h), image.NewUniform(c), image.Point{})
}

// tick draws the mark of a checked box.
func (p *painter) tick(dst draw.Image, b rect) {
	s := float32(b.w)
	z := vector.NewRasterizer(b.w, b.h)
	for n, point := range [][2]float32{{0.18, 0.52}, {0.28, 0.42}, {0.43, 0.57}, {0.73, 0.26}, {0.83, 0.36}, {0.43, 0.77}} {
		if n == 0 {
			z.MoveTo(point[0]*s, point[1]*s)
		} else {
			z.LineTo(point[0]*s, point[1]*s)
		}
	}
	z.ClosePath()
	z.Draw(dst, image.Rect(b.x, b.y, b.x+b.w, b.y+b.h), image.NewUniform(colorGround), image.Point{})
}
