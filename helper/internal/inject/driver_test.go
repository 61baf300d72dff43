package inject

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

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
	ok(t, b.Key("Tab", true))
	want(t, "task switcher, by the key that repeats", b.Key("AltLeft", true), ErrOutside)
	ok(t, b.Key("Tab", false), b.Key("ControlLeft", true), b.Key("AltRight", true))
	want(t, "a hot key with the right Alt", b.Key("KeyT", true), ErrOutside)
	d.altGrIs = true
	ok(t, b.Key("KeyT", true), b.ReleaseAll())
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
	// The tray's menu is on no list, but belongs to this process.
	b.Protect(func() []uintptr { return nil })
	d.own = 3
	want(t, "click on the helper's own", b.Button(screen, 0.3, 0.15, 0, true), ErrProtected)
	want(t, "key to the helper's own", b.Key("Enter", true), ErrProtected)
	b.Protect(nil)
	d.own, d.focus = 0, 1
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
