package inject

import (
	"slices"
	"testing"

	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/inject/testwindow"
)

func TestConfinedInputStaysInside(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	chosen := d.window(testwindow.Options{Title: "chosen", X: 100, Y: 100})
	other := d.window(testwindow.Options{Title: "other", X: 600, Y: 100})
	d.focus(other)
	ok(t, x.Move(screen, 0, 0))
	ok(t, x.sync())
	ok(t, x.Confine([]Surface{surface(chosen)}))
	px, py := d.pointer()

	at := func(dx, dy int) (float64, float64) { return (float64(dx) + 0.5) / 1280, (float64(dy) + 0.5) / 800 }
	ox, oy := at(700, 150)
	want(t, "move into the other window", x.Move(screen, ox, oy), ErrOutside)
	want(t, "move over the desktop", x.Move(screen, 0.01, 0.9), ErrOutside)
	want(t, "click into the other window", x.Button(screen, ox, oy, 0, true), ErrOutside)
	want(t, "wheel over the other window", x.Wheel(screen, ox, oy, 0, 3), ErrOutside)
	want(t, "the other window's picture", x.Move(surface(other), 0.5, 0.5), ErrOutside)
	want(t, "click on the other window's picture", x.Button(surface(other), 0.5, 0.5, 0, true), ErrOutside)
	want(t, "key", x.Key("KeyA", true), ErrOutside)
	want(t, "text", x.Text("aあ"), ErrOutside)
	ok(t, x.sync())
	if gx, gy := d.pointer(); gx != px || gy != py {
		t.Errorf("the pointer moved to %d,%d", gx, gy)
	}
	if e := other.Events(); len(e) != 0 || d.down() != nil || !other.Focused() {
		t.Errorf("the other window got %q, down %v", e, d.down())
	}

	cx, cy := at(150, 150)
	ok(t, x.Button(screen, cx, cy, 0, true), x.Button(screen, cx, cy, 0, false))
	d.until("the click inside", func() bool { return slices.Contains(chosen.Events(), "release 1 50,50") })
	// The window was addressed, so keys bring it the focus.
	ok(t, x.Key("KeyA", true), x.Key("KeyA", false), x.Text("bあ"))
	d.until("keys inside", func() bool { return chosen.Text() == "abあ" })

	for _, code := range []string{"MetaLeft", "PrintScreen", "LaunchMail"} {
		want(t, code, x.Key(code, true), ErrOutside)
	}
	ok(t, x.Key("AltLeft", true))
	want(t, "Alt+Tab", x.Key("Tab", true), ErrOutside)
	want(t, "Alt+F2", x.Key("F2", true), ErrOutside)
	ok(t, x.Key("AltLeft", false), x.Key("Tab", true))
	// The server repeats a key that is held, now with the modifier.
	want(t, "Tab, then Alt", x.Key("AltLeft", true), ErrOutside)
	ok(t, x.Key("Tab", false), x.Key("Delete", true), x.Key("ControlLeft", true))
	want(t, "Delete, Ctrl, then Alt", x.Key("AltRight", true), ErrOutside)
	ok(t, x.ReleaseAll())
	want(t, "Ctrl+Alt+Del", x.SecureAttention(), ErrOutside)

	// A drag that begins inside cannot be dropped outside; the button goes up all the same.
	ok(t, x.Button(screen, cx, cy, 0, true))
	want(t, "drag outside", x.Move(screen, ox, oy), ErrOutside)
	want(t, "drop outside", x.Button(screen, ox, oy, 0, false), ErrOutside)
	if down := d.down(); down != nil {
		t.Errorf("down: %v", down)
	}
	if e := other.Events(); len(e) != 0 {
		t.Errorf("the other window got %q", e)
	}
	ok(t, x.Confine(nil), x.Move(screen, ox, oy))
	d.until("freedom", func() bool { return len(other.Events()) > 0 })
}

// With a real window manager: frames around the windows, one lying over the other.
func TestConfinedWindowIsRaised(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	d.manager(x)
	chosen := d.window(testwindow.Options{Title: "chosen", X: 100, Y: 100, Width: 400, Height: 300})
	over := d.window(testwindow.Options{Title: "over", X: 150, Y: 130, Width: 400, Height: 300})
	d.until("the upper window to have the focus", over.Focused)
	ok(t, x.Confine([]Surface{surface(chosen)}))
	want(t, "a move under the other window", x.Move(surface(chosen), 0.5, 0.5), ErrOutside)
	want(t, "the wheel under the other window", x.Wheel(surface(chosen), 0.5, 0.5, 0, 1), ErrOutside)
	ok(t, x.Button(surface(chosen), 0.5, 0.5, 0, true), x.Button(surface(chosen), 0.5, 0.5, 0, false))
	d.until("the click", func() bool { return slices.Contains(chosen.Events(), "release 1 200,150") })
	if e := over.Events(); len(e) != 0 {
		t.Errorf("the other window got %q", e)
	}
	ok(t, x.Text("ok"))
	d.until("text", func() bool { return chosen.Text() == "ok" })

	// The customer turns to the other window; the next key brings the chosen one back, and never lands in the other.
	d.run("xdotool", "windowactivate", "--sync", surface(over).ID)
	d.until("the focus", over.Focused)
	ok(t, x.Key("KeyZ", true), x.Key("KeyZ", false))
	d.until("the key", func() bool { return chosen.Text() == "okz" })
	if e := over.Text(); e != "" {
		t.Errorf("the other window got %q", e)
	}
}

func TestDialogsOfAChosenWindowMayBeOperated(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	chosen := d.window(testwindow.Options{Title: "chosen", X: 100, Y: 100, Width: 400, Height: 300})
	dialog := d.window(testwindow.Options{Title: "dialog", X: 200, Y: 150, TransientFor: chosen.ID})
	nested := d.window(testwindow.Options{Title: "nested", X: 220, Y: 160, Width: 50, Height: 50, OverrideRedirect: true, TransientFor: dialog.ID})
	stranger := d.window(testwindow.Options{Title: "stranger", X: 120, Y: 110, Width: 50, Height: 30, OverrideRedirect: true})
	ok(t, x.Confine([]Surface{surface(chosen)}))
	ok(t, x.Button(surface(chosen), 300.5/400, 200.5/300, 0, true), x.ReleaseAll())
	d.until("the dialog's click", func() bool { return slices.Contains(dialog.Events(), "press 1 200,150") })
	ok(t, x.Move(surface(chosen), 130.5/400, 70.5/300))
	d.until("the menu's move", func() bool { return slices.Contains(nested.Events(), "move 10,10") })
	want(t, "a stranger's popup", x.Wheel(surface(chosen), 30.5/400, 20.5/300, 0, 1), ErrOutside)
	if e := stranger.Events(); len(e) != 0 {
		t.Errorf("the stranger got %q", e)
	}
	d.focus(dialog)
	ok(t, x.Text("d"))
	d.until("the dialog's text", func() bool { return dialog.Text() == "d" })
}

func TestProtectedWindowsGetNothing(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	d.manager(x)
	own := d.window(testwindow.Options{Title: "helper", X: 300, Y: 300})
	d.until("the focus", own.Focused)
	d.until("its place", func() bool { return slices.Contains(x.chainAt(point{400, 400}), xproto.Window(own.ID)) })
	x.Protect(func() []uintptr { return []uintptr{uintptr(own.ID)} })
	for _, y := range []float64{400, 310} { // inside, and on the manager's title bar
		want(t, "move", x.Move(screen, 400/1280.0, y/800), ErrProtected)
		want(t, "click", x.Button(screen, 400/1280.0, y/800, 0, true), ErrProtected)
		want(t, "wheel", x.Wheel(screen, 400/1280.0, y/800, 0, 1), ErrProtected)
	}
	want(t, "its own picture", x.Button(surface(own), 0.5, 0.5, 0, true), ErrProtected)
	want(t, "key", x.Key("Enter", true), ErrProtected)
	want(t, "text", x.Text("\n"), ErrProtected)
	if e := own.Events(); len(e) != 0 || d.down() != nil {
		t.Errorf("got %q, down %v", e, d.down())
	}
	ok(t, x.Move(screen, 0.01, 0.01), x.Button(screen, 0.01, 0.9, 0, true), x.Button(screen, 0.01, 0.9, 0, false))
}

func TestFocusedWindowCanBeProtected(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	page := d.window(testwindow.Options{Title: "consent", X: 100, Y: 100})
	other := d.window(testwindow.Options{Title: "other", X: 600, Y: 100})
	d.focus(page)
	x.ProtectFocused(true)
	want(t, "click", x.Button(surface(page), 0.5, 0.5, 0, true), ErrProtected)
	want(t, "wheel", x.Wheel(surface(page), 0.5, 0.5, 0, 1), ErrProtected)
	want(t, "key", x.Key("Enter", true), ErrProtected)
	want(t, "text", x.Text("a"), ErrProtected)
	ok(t, x.Button(surface(other), 0.5, 0.5, 0, true), x.Button(surface(other), 0.5, 0.5, 0, false))
	d.until("the click beside it", func() bool { return slices.Contains(other.Events(), "release 1 150,100") })
	x.ProtectFocused(false)
	ok(t, x.Key("KeyA", true), x.Key("KeyA", false))
	d.until("the key", func() bool { return page.Text() == "a" })
	for _, e := range page.Events() {
		if e[:4] == "pres" {
			t.Errorf("the page was clicked: %s", e)
		}
	}
}

func TestTheRightAltIsAltUnlessTheLayoutSaysOtherwise(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "chosen"})
	d.focus(w)
	ok(t, x.Confine([]Surface{surface(w)}))
	for layout, refused := range map[string]error{"us": ErrOutside, "de": nil, "jp": ErrOutside, "us,de": ErrOutside} {
		d.run("setxkbmap", layout)
		x.text.stale.Store(true) // the server's word of it may still be on its way
		ok(t, x.Key("ControlLeft", true), x.Key("AltRight", true))
		want(t, layout+": Ctrl+right Alt+T", x.Key("KeyT", true), refused)
		want(t, layout+": Ctrl+right Alt+F2", x.Key("F2", true), ErrOutside)
		ok(t, x.ReleaseAll())
	}
}
