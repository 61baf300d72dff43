//go:build unix && !darwin

package dialog

import (
	"fmt"
	"image"
	"image/draw"
	"strings"

	"github.com/jezek/xgb/xproto"
)

// render draws the whole window into its picture and writes down, in _TASUKI_TEXT, what it says.
func (w *xwindow) render() {
	p := w.x.paint
	bounds := image.Rect(0, 0, w.placed.width, w.placed.height)
	if w.picture == nil || w.picture.Rect != bounds {
		w.picture = image.NewRGBA(bounds)
	}
	draw.Draw(w.picture, bounds, image.NewUniform(colorGround), image.Point{}, draw.Src)
	for n, i := range w.form.items {
		if i.label == "" {
			continue
		}
		r := w.placed.rects[n]
		focused, pressed := w.active && w.focus == i.id && i.id != "", w.pressed == i.id && i.id != ""
		switch i.role {
		case roleButton:
			p.button(w.picture, i, r, focused, pressed)
		case roleCheck:
			p.check(w.picture, i, r, focused, pressed)
		case roleField:
			p.text(w.picture, item{role: roleText, label: i.label}, w.placed.labels[n], false)
			p.field(w.picture, w.fields[i.id], r, focused)
		default:
			p.text(w.picture, i, r, w.form.corner)
		}
	}
	w.setString(w.x.atoms["_TASUKI_TEXT"], w.x.atoms["UTF8_STRING"], w.text())
}

// text describes the window for assistive tools and tests: one line an item, role|label|x,y,w,h|state, in pixels of the
// window. state lists, with commas, disabled, checked, focused and, of a field, value=….
func (w *xwindow) text() string {
	var out strings.Builder
	for n, i := range w.form.items {
		if i.label == "" {
			continue
		}
		var states []string
		if i.disabled {
			states = append(states, "disabled")
		}
		if i.checked {
			states = append(states, "checked")
		}
		if w.active && i.id != "" && w.focus == i.id {
			states = append(states, "focused")
		}
		if f := w.fields[i.id]; f != nil {
			shown, _ := f.shown()
			states = append(states, "value="+shown)
		}
		r := w.placed.rects[n]
		label := strings.NewReplacer("|", "/", "\n", " ").Replace(i.label)
		state := strings.ReplaceAll(strings.Join(states, ","), "|", "/")
		fmt.Fprintf(&out, "%s|%s|%d,%d,%d,%d|%s\n", i.role, label, r.x, r.y, r.w, r.h, state)
	}
	return out.String()
}

// blit puts the picture on the screen, in pieces that fit into a request.
func (w *xwindow) blit() {
	if w.gone || w.x.dead {
		return
	}
	format, width, height := w.x.pixels, w.picture.Rect.Dx(), w.picture.Rect.Dy()
	rows := max(w.x.maxBytes/format.stride(width), 1)
	for top := 0; top < height; top += rows {
		bottom := min(top+rows, height)
		xproto.PutImage(w.x.conn, xproto.ImageFormatZPixmap, xproto.Drawable(w.id), w.gc,
			uint16(width), uint16(bottom-top), 0, int16(top), 0, format.depth, format.encode(w.picture, top, bottom))
	}
}

// field draws a text box; long text is shifted so that the caret stays in sight.
func (p *painter) field(dst *image.RGBA, f *textField, r rect, focused bool) {
	p.box(dst, r, 6, colorEdge, colorGround, focused)
	t := p.fieldTypeface(f)
	inner := grow(r, -p.px(3))
	clip, ok := dst.SubImage(image.Rect(inner.x, inner.y, inner.x+inner.w, inner.y+inner.h)).(*image.RGBA)
	if !ok {
		return
	}
	shown, _ := f.shown()
	left, at := p.fieldText(f, r)
	top := r.y + (r.h-t.lineHeight())/2
	if f.all {
		p.fill(clip, rect{left, top, t.width(shown), t.lineHeight()}, 0, colorMarked)
	}
	t.draw(clip, left, top, shown, colorText)
	if focused && !f.all {
		p.fill(clip, rect{at, top + p.px(2), max(p.px(1.5), 1), t.lineHeight() - p.px(4)}, 0, colorText)
	}
}

func (p *painter) fieldTypeface(f *textField) *typeface {
	if f.digits {
		return p.numbers
	}
	return p.body
}

// fieldText gives where the text begins and where the caret stands.
func (p *painter) fieldText(f *textField, r rect) (left, caret int) {
	t := p.fieldTypeface(f)
	shown, index := f.shown()
	before := t.width(string([]rune(shown)[:index]))
	left = r.x + p.px(12)
	if over := left + before - (r.x + r.w - p.px(12)); over > 0 {
		left -= over
	}
	return left, left + before
}

// fieldIndex gives the caret's place for a click at x.
func (p *painter) fieldIndex(f *textField, r rect, x int) int {
	t := p.fieldTypeface(f)
	left, _ := p.fieldText(f, r)
	shown, _ := f.shown()
	runes := []rune(shown)
	for n := range runes {
		if x < left+(t.width(string(runes[:n]))+t.width(string(runes[:n+1])))/2 {
			return f.indexAt(n)
		}
	}
	return f.indexAt(len(runes))
}
