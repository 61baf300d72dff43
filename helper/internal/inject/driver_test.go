package inject

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"tasuki/helper/internal/keys"
)

// table is a driver over a desk of rectangles: the rules of driven are tried on it without Windows or macOS.
type table struct {
	windows []*sheet // front to back
	focus   uintptr
	log     []string
	pressed map[string]bool
	again   chan string
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

func (d *table) under(p point) []uintptr {
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

func TestDrivenConfines(t *testing.T) {
	d, b := lay()
	ok(t, b.Confine([]Surface{window(1)}))
	want(t, "desktop", b.Move(screen, 0.9, 0.9), ErrOutside)
	want(t, "stranger", b.Move(screen, 0.3, 0.15), ErrOutside)
	want(t, "stranger's picture", b.Button(window(3), 0.5, 0.5, 0, true), ErrOutside)
	want(t, "wheel over the stranger", b.Wheel(window(1), 0.5, 0.2, 0, 1), ErrOutside)
	want(t, "key", b.Key("KeyA", true), ErrOutside)
	want(t, "text", b.Text("a"), ErrOutside)
	want(t, "secure attention", b.SecureAttention(), ErrOutside)
	want(t, "a monitor", b.Confine([]Surface{screen}), ErrUnknownSurface)
	if len(d.log) != 0 {
		t.Fatalf("injected %q", d.log)
	}
	ok(t, b.Move(screen, 0.15, 0.15), b.Button(screen, 0.15, 0.15, 0, true), b.Button(screen, 0.15, 0.15, 0, false))
	// The stranger covers this point: the chosen window is raised first, which also gives it the focus.
	ok(t, b.Button(window(1), 0.5, 0.2, 0, true), b.Button(window(1), 0.5, 0.2, 0, false), b.Key("KeyA", true), b.Key("KeyA", false))
	want(t, "start menu", b.Key("MetaLeft", true), ErrOutside)
	ok(t, b.Key("AltLeft", true))
	want(t, "task switcher", b.Key("Tab", true), ErrOutside)
	ok(t, b.Key("AltLeft", false))
	d.focus = 3
	ok(t, b.Text("b"))
	if d.focus != 1 {
		t.Error("text must bring the focus to the window addressed last")
	}
}

func TestDrivenProtects(t *testing.T) {
	d, b := lay()
	b.Protect(func() []uintptr { return []uintptr{3} })
	want(t, "move", b.Move(screen, 0.3, 0.15), ErrProtected)
	want(t, "click", b.Button(screen, 0.3, 0.15, 0, true), ErrProtected)
	want(t, "key", b.Key("Enter", true), ErrProtected)
	want(t, "text", b.Text("\n"), ErrProtected)
	b.Protect(nil)
	d.focus = 1
	b.ProtectFocused(true)
	want(t, "click into the focus", b.Button(screen, 0.06, 0.06, 0, true), ErrProtected)
	want(t, "wheel into the focus", b.Wheel(screen, 0.06, 0.06, 0, 1), ErrProtected)
	want(t, "key", b.Key("Enter", true), ErrProtected)
	if len(d.log) != 0 {
		t.Fatalf("injected %q", d.log)
	}
	ok(t, b.Button(screen, 0.3, 0.15, 0, true))
}

func TestDrivenReleases(t *testing.T) {
	d, b := lay()
	ok(t, b.Key("ShiftLeft", true), b.Key("KeyA", true), b.Button(screen, 0.9, 0.9, 0, true), b.Button(screen, 0.9, 0.9, 4, true))
	// Up goes a button even where nothing may be pointed at.
	want(t, "up outside", b.Button(screen, 7, 7, 4, false), ErrOutside)
	if len(d.down()) != 3 {
		t.Fatalf("down %v", d.down())
	}
	ok(t, b.ReleaseAll())
	if down := d.down(); down != nil {
		t.Errorf("down %v", down)
	}
	ok(t, b.Key("KeyB", true), b.Close())
	if down := d.down(); down != nil {
		t.Errorf("after Close: down %v", down)
	}
	want(t, "after Close", b.Move(screen, 0, 0), ErrUnsupported)
}

func TestDrivenText(t *testing.T) {
	d, b := lay()
	ok(t, b.Key("ShiftLeft", true), b.Text("a\x07\n😀"))
	got := fmt.Sprint(d.log)
	if got != "[key ShiftLeft true key ShiftLeft false unicode [61] key Enter true key Enter false unicode [d83d de00] key ShiftLeft true]" {
		t.Error(got)
	}
	want(t, "too long", b.Text(string(make([]rune, maxTyped+1))), ErrUnsupported)
}

func TestDrivenRepeatsAHeldKey(t *testing.T) {
	d, b := lay()
	ok(t, b.Key("KeyA", true), b.Key("KeyA", true))
	select {
	case code := <-d.again:
		if code != "KeyA" {
			t.Errorf("repeats %s", code)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("a held key does not repeat")
	}
	ok(t, b.Key("KeyA", false))
	if n := len(d.log); n != 2 {
		t.Errorf("pressed and released once, got %q", d.log)
	}
	if errors.Is(b.Key("KeyÄ", true), nil) {
		t.Error("an unknown key was accepted")
	}
}

func TestNotches(t *testing.T) {
	var n notches
	total := 0
	for range 30 {
		total += n.add(0.1)
	}
	if total != 3 {
		t.Errorf("thirty tenths make %d notches", total)
	}
	if got := n.add(1e9); got != maxNotches {
		t.Errorf("one event turns %d notches", got)
	}
	nan := 0.0
	if n.add(nan/nan) != 0 {
		t.Error("NaN turns the wheel")
	}
}

func TestDrivenAddresses(t *testing.T) {
	d, b := lay()
	ok(t, b.Confine([]Surface{window(1), window(3)}))
	for _, id := range []uintptr{1, 3, 1} {
		ok(t, b.Address(window(int(id))), b.Text("a"))
		if d.focus != id {
			t.Errorf("addressed %d, %d has the focus", id, d.focus)
		}
	}
	// The focus wanders to the other chosen window: keys bring it back.
	d.focus = 3
	ok(t, b.Key("KeyA", true), b.Key("KeyA", false), b.Address(screen))
	if d.focus != 1 {
		t.Errorf("%d has the focus", d.focus)
	}
	ok(t, b.Confine([]Surface{window(1)}))
	want(t, "not chosen", b.Address(window(3)), ErrOutside)
	want(t, "unknown", b.Address(window(9)), ErrUnknownSurface)
	ok(t, b.Confine(nil))
	b.Protect(func() []uintptr { return []uintptr{3} })
	want(t, "protected", b.Address(window(3)), ErrProtected)
	if d.focus != 1 {
		t.Errorf("%d was brought forward", d.focus)
	}
}
