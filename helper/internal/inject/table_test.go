package inject

import (
	"fmt"
	"slices"

	"tasuki/helper/internal/keys"
)

// table is a driver over a desk of rectangles: the rules of driven are tried on it without Windows or macOS.
type table struct {
	windows []*sheet // front to back
	focus   uintptr
	log     []string
	pressed map[string]bool
	again   chan string
	refused error   // what the system answers to presses and releases
	own     uintptr // a window of this very process
	altGrIs bool
}

type sheet struct {
	id, owner uintptr
	rect
}

func (d *table) find(id uintptr) *sheet {
	for _, s := range d.windows {
		if s.id == id {
			return s
		}
	}
	return nil
}

func (d *table) chain(s *sheet) (chain []uintptr) {
	for ; s != nil; s = d.find(s.owner) {
		chain = append(chain, s.id)
	}
	return chain
}

func (d *table) info() Info { return Info{Backend: "table"} }

func (d *table) place(s Surface) (rect, uintptr, error) {
	if s.Kind == "monitor" {
		return rect{0, 0, 1000, 1000}, 0, nil
	}
	var id uintptr
	if _, err := fmt.Sscan(s.ID, &id); err != nil || d.find(id) == nil {
		return rect{}, 0, ErrUnknownSurface
	}
	return d.find(id).rect, id, nil
}

func (d *table) under(p point, _ bool) []uintptr {
	for _, s := range d.windows {
		if s.contains(p) {
			return d.chain(s)
		}
	}
	return nil
}

func (d *table) focused() []uintptr     { return d.chain(d.find(d.focus)) }
func (d *table) top(w uintptr) uintptr  { return w }
func (d *table) secureAttention() error { return nil }
func (d *table) ours(w uintptr) bool    { return w == d.own }
func (d *table) altGr() bool            { return d.altGrIs }
func (d *table) close()                 {}
func (d *table) unicode(u []uint16) error {
	d.log = append(d.log, fmt.Sprintf("unicode %x", u))
	return nil
}

func (d *table) activate(w uintptr) {
	i := slices.Index(d.windows, d.find(w))
	d.windows = append([]*sheet{d.windows[i]}, slices.Delete(slices.Clone(d.windows), i, i+1)...)
	d.focus = w
}

func (d *table) move(p point, held []int) error {
	d.log = append(d.log, fmt.Sprintf("move %d,%d %v", p.x, p.y, held))
	return nil
}

func (d *table) button(_ point, b int, down bool) error {
	if d.refused != nil {
		return d.refused
	}
	d.pressed[fmt.Sprint("button ", b)] = down
	d.log = append(d.log, fmt.Sprintf("button %d %v", b, down))
	return nil
}

func (d *table) wheel(_ point, dx, dy float64) error {
	d.log = append(d.log, fmt.Sprintf("wheel %v,%v", dx, dy))
	return nil
}

func (d *table) key(k keys.Key, down, repeat bool) error {
	if repeat {
		select {
		case d.again <- k.Code:
		default:
		}
		return nil
	}
	if d.refused != nil {
		return d.refused
	}
	d.pressed[k.Code] = down
	d.log = append(d.log, fmt.Sprintf("key %s %v", k.Code, down))
	return nil
}

func (d *table) down() (down []string) {
	for name, is := range d.pressed {
		if is {
			down = append(down, name)
		}
	}
	return down
}

// lay puts a dialog of 1 and a stranger 3 over window 1.
func lay() (*table, *driven) {
	d := &table{pressed: map[string]bool{}, again: make(chan string, 1), windows: []*sheet{
		{id: 2, owner: 1, rect: rect{100, 100, 100, 100}},
		{id: 3, rect: rect{250, 100, 100, 100}},
		{id: 1, rect: rect{50, 50, 500, 500}},
	}, focus: 3}
	return d, newDriven(d, newOwnInput())
}

func window(id int) Surface { return Surface{Kind: "window", ID: fmt.Sprint(id)} }
