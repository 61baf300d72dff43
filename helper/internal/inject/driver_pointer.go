package inject

import (
	"slices"
	"time"
)

func (b *driven) target(s Surface, x, y float64) (point, uintptr, error) {
	r, w, err := b.d.place(s)
	if err != nil {
		return point{}, 0, err
	}
	p, err := r.at(x, y)
	return p, w, err
}

func (b *driven) heldButtons() []int {
	var held []int
	for _, t := range b.down {
		if kind, _, _ := t.parse(); kind == "button" {
			held = append(held, t.number())
		}
	}
	return held
}

func (b *driven) Move(s Surface, x, y float64) error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	p, w, err := b.target(s, x, y)
	if err == nil {
		// A drag ends where the pointer is: it must not get there.
		err = b.mayPoint(p, w, len(b.heldButtons()) > 0, false)
	}
	if err != nil {
		return err
	}
	return b.d.move(p, b.heldButtons())
}

func (b *driven) Button(s Surface, x, y float64, button int, down bool) error {
	if button < 0 || button > 4 {
		return ErrUnsupported
	}
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	t := buttonToken(button)
	if down == b.has(t) && !b.stuck.has(t) {
		return nil
	}
	p, w, err := b.target(s, x, y)
	if err == nil && down && (w != 0 || len(b.confined) > 0) {
		p, err = b.raise(s, x, y, p, w)
	}
	if err == nil {
		err = b.mayPoint(p, w, true, down)
	}
	if err == nil {
		err = b.d.move(p, b.heldButtons())
	}
	switch {
	case !down:
		// Up it goes in any case; where the point is refused, where the pointer is.
		if up := b.letGo(t); err == nil {
			err = up
		}
		return err
	case err != nil:
		return err
	}
	b.click.at = time.Now()
	return b.push(t, func() error { return b.d.button(p, button, true) })
}

// raise brings the addressed window to the front when another one covers it, and finds the point again.
func (b *driven) raise(s Surface, x, y float64, p point, w uintptr) (point, error) {
	if w == 0 {
		chain := b.d.under(p, true)
		if i := slices.IndexFunc(chain, func(u uintptr) bool { return slices.Contains(b.confined, u) }); i >= 0 {
			b.last = chain[i]
		}
		return p, nil
	}
	top := b.d.top(w)
	if len(b.confined) > 0 && !slices.Contains(b.confined, top) {
		return p, ErrOutside
	}
	b.last = top
	if b.mayPoint(p, w, true, true) != ErrOutside {
		return p, nil
	}
	b.d.activate(top)
	until(raiseTime, func() bool { return b.mayPoint(p, w, true, true) != ErrOutside })
	p, _, err := b.target(s, x, y)
	return p, err
}

func (b *driven) Wheel(s Surface, x, y, dx, dy float64) error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	p, w, err := b.target(s, x, y)
	if err == nil {
		err = b.mayPoint(p, w, true, true)
	}
	if err == nil {
		err = b.d.move(p, b.heldButtons())
	}
	if err != nil {
		return err
	}
	return b.d.wheel(p, bounded(dx), bounded(dy))
}
