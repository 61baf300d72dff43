package inject

import (
	"testing"

	"tasuki/helper/internal/inject/testwindow"
)

func TestKeysGoToTheAddressedWindow(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	d.manager(x)
	first := d.window(testwindow.Options{Title: "first", X: 50, Y: 50})
	second := d.window(testwindow.Options{Title: "second", X: 80, Y: 80})
	stranger := d.window(testwindow.Options{Title: "stranger", X: 600, Y: 50})
	d.until("the stranger to have the focus", stranger.Focused)
	ok(t, x.Confine([]Surface{surface(first), surface(second)}))
	px, py := d.pointer()

	// Nothing has touched a window yet: the picture that is looked at decides.
	for _, w := range []*testwindow.Window{second, first} {
		// A window manager may be slow.
		d.until("the window to be in front", func() bool { return x.Address(surface(w)) == nil })
		ok(t, x.Key("KeyA", true), x.Key("KeyA", false), x.Text("あ"))
		d.until("the keys", func() bool { return w.Text() == "aあ" })
	}
	// A program that brings its other chosen window forward does not take the keys along.
	d.run("xdotool", "windowactivate", "--sync", surface(second).ID)
	d.until("the focus", second.Focused)
	ok(t, x.Text("b"))
	d.until("the text", func() bool { return first.Text() == "aあb" })

	want(t, "a window that is not chosen", x.Address(surface(stranger)), ErrOutside)
	want(t, "no window", x.Address(Surface{Kind: "window", ID: "4294967295"}), ErrUnknownSurface)
	want(t, "the root window", x.Address(rootSurface), ErrUnknownSurface)
	ok(t, x.Address(screen))
	x.Protect(func() []uintptr { return []uintptr{uintptr(second.ID)} })
	want(t, "a protected window", x.Address(surface(second)), ErrProtected)
	if gx, gy := d.pointer(); stranger.Text() != "" || second.Text() != "aあ" || gx != px || gy != py {
		t.Errorf("stranger %q, second %q, pointer %d,%d", stranger.Text(), second.Text(), gx, gy)
	}
}
