package inject

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/inject/testwindow"
)

func keycodesInUse(d *desk) (n int) {
	d.t.Helper()
	m, err := xproto.GetKeyboardMapping(d.probe, 8, 248).Reply()
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i < len(m.Keysyms); i += int(m.KeysymsPerKeycode) {
		if slices.ContainsFunc(m.Keysyms[i:i+int(m.KeysymsPerKeycode)], func(s xproto.Keysym) bool { return s != 0 }) {
			n++
		}
	}
	return n
}

func TestNinePointsWithinOnePixel(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "points", X: 137, Y: 91, Width: 641, Height: 433})
	for _, fx := range []float64{0, 0.5, 1} {
		for _, fy := range []float64{0, 0.5, 1} {
			w.Clear()
			ok(t, x.Button(surface(w), fx, fy, 0, true), x.Button(surface(w), fx, fy, 0, false))
			px, py := min(int(fx*641), 640), min(int(fy*433), 432)
			want := []string{fmt.Sprintf("press 1 %d,%d", px, py), fmt.Sprintf("release 1 %d,%d", px, py)}
			d.until(want[1], func() bool { return slices.Contains(w.Events(), want[1]) })
			if !slices.Contains(w.Events(), want[0]) {
				t.Errorf("%v,%v: want %q, got %q", fx, fy, want, w.Events())
			}
			// The same pixel through the whole screen.
			ok(t, x.Move(screen, float64(137+px)/1280, float64(91+py)/800))
			d.until("the pointer", func() bool {
				gx, gy := d.pointer()
				return gx >= 136+px && gx <= 138+px && gy >= 90+py && gy <= 92+py
			})
		}
	}
}

func TestButtonsDragAndWheel(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "drag", Width: 400, Height: 400})
	s := surface(w)
	for i, b := range []int{1, 2, 3, 8, 9} {
		ok(t, x.Button(s, 0.5, 0.5, i, true), x.Button(s, 0.5, 0.5, i, false))
		d.until("button", func() bool { return slices.Contains(w.Events(), fmt.Sprintf("release %d 200,200", b)) })
	}
	w.Clear()
	ok(t, x.Button(s, 0.25, 0.25, 0, true), x.Move(s, 0.5, 0.5), x.Button(s, 0.75, 0.75, 0, false))
	d.until("the drop", func() bool { return slices.Contains(w.Events(), "release 1 300,300") })
	got := w.Events()
	if !(slices.Index(got, "press 1 100,100") < slices.Index(got, "move 200,200") && slices.Index(got, "move 200,200") > 0) {
		t.Errorf("drag arrived as %q", got)
	}
	w.Clear()
	// A third of a notch three times, half a notch back, and two to the right.
	ok(t, x.Wheel(s, 0.5, 0.5, 0, 1.0/3), x.Wheel(s, 0.5, 0.5, 0, 1.0/3), x.Wheel(s, 0.5, 0.5, 0, 1.0/3),
		x.Wheel(s, 0.5, 0.5, 0, -0.5), x.Wheel(s, 0.5, 0.5, 0, -0.5), x.Wheel(s, 0.5, 0.5, 2, 0), x.Wheel(s, 0.5, 0.5, -1, 0))
	d.until("the wheel", func() bool { return slices.Contains(w.Events(), "release 6 200,200") })
	counts := map[string]int{}
	for _, e := range w.Events() {
		counts[e]++
	}
	for button, n := range map[int]int{4: 1, 5: 1, 6: 1, 7: 2} {
		if got := counts[fmt.Sprintf("press %d 200,200", button)]; got != n {
			t.Errorf("button %d clicked %d times, want %d", button, got, n)
		}
	}
}

func TestHostileValuesPressNothing(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	nan := func() float64 { z := 0.0; return z / z }()
	for name, err := range map[string]error{
		"nan": x.Move(screen, nan, 0), "below": x.Move(screen, -0.01, 0), "above": x.Move(screen, 0, 1e300),
		"kind":      x.Move(Surface{Kind: "tab"}, 0, 0),
		"root":      x.Move(rootSurface, 0, 0),
		"window 0":  x.Move(Surface{Kind: "window", ID: "0"}, 0, 0),
		"window -1": x.Move(Surface{Kind: "window", ID: "-1"}, 0, 0),
		"no window": x.Button(Surface{Kind: "window", ID: "4294967295"}, 0, 0, 0, true),
		"button 5":  x.Button(screen, 0, 0, 5, true), "button -1": x.Button(screen, 0, 0, -1, true),
		"code": x.Key("KeyÄ", true),
	} {
		if err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if down := d.down(); down != nil {
		t.Errorf("down: %v", down)
	}
}

func TestKeysAreNotDoubled(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "keys"})
	d.focus(w)
	d.run("xset", "r", "off")
	for range 5 {
		ok(t, x.Key("KeyA", true))
	}
	ok(t, x.Key("KeyA", false), x.Key("KeyA", false), x.Key("KeyB", true), x.Key("KeyB", false))
	d.until("b", func() bool { return slices.Contains(w.Events(), "up 56") })
	if w.Text() != "ab" {
		t.Errorf("five repeated presses arrived as %q", w.Text())
	}
}

func TestJapaneseKeys(t *testing.T) {
	d := newDesk(t, "jp")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "keys"})
	d.focus(w)
	for code, key := range map[string]int{"Convert": 100, "NonConvert": 102, "KanaMode": 101, "Backquote": 49, "IntlYen": 132, "IntlRo": 97} {
		w.Clear()
		ok(t, x.Key(code, true), x.Key(code, false))
		d.until(code, func() bool { return slices.Contains(w.Events(), fmt.Sprintf("up %d", key)) })
	}
	w.Clear()
	ok(t, x.Key("IntlYen", true), x.Key("IntlYen", false), x.Key("ShiftLeft", true), x.Key("IntlRo", true), x.Key("IntlRo", false), x.Key("ShiftLeft", false))
	d.until("\\_", func() bool { return w.Text() == "\\_" })
}

func TestReleaseAllAndCloseLeaveNothingDown(t *testing.T) {
	d := newDesk(t, "us")
	for _, end := range []struct {
		name string
		do   func(*x11) error
	}{{"ReleaseAll", (*x11).ReleaseAll}, {"Close", (*x11).Close}} {
		x := d.injector()
		ok(t, x.Key("ControlLeft", true), x.Key("KeyX", true), x.Key("ShiftRight", true), x.Button(screen, 0.5, 0.5, 0, true), x.Button(screen, 0.5, 0.5, 2, true))
		if n := len(d.down()); n != 5 {
			t.Fatalf("want five down, got %v", d.down())
		}
		ok(t, end.do(x))
		if down := d.down(); down != nil {
			t.Errorf("%s left %v down", end.name, down)
		}
		_ = x.Close()
		if err := x.Key("KeyA", true); !errors.Is(err, ErrUnsupported) {
			t.Errorf("after Close: %v", err)
		}
	}
}

func TestDesktopsThatCannotBeReached(t *testing.T) {
	for _, tt := range []struct{ name, display, wayland, kind, reason string }{
		{"no display", "", "", "x11", ReasonNoDisplay},
		{"nobody listens", ":59871", "", "x11", ReasonNoDisplay},
		{"nonsense", "x y:z", "", "x11", ReasonNoDisplay},
		{"wayland", ":0", "wayland-0", "wayland", ReasonWayland},
		{"wayland from a console", ":0", "wayland-1", "tty", ReasonWayland},
		{"wayland without a name", ":0", "", "wayland", ReasonWayland},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("DISPLAY", tt.display)
			t.Setenv("WAYLAND_DISPLAY", tt.wayland)
			t.Setenv("XDG_SESSION_TYPE", tt.kind)
			inj := New()
			if info := inj.Info(); info.Backend != "none" || info.Reason != tt.reason {
				t.Errorf("got %+v", info)
			}
			if err := inj.Move(screen, 0, 0); !errors.Is(err, ErrUnsupported) {
				t.Error(err)
			}
		})
	}
	d := newDesk(t, "", "-extension", "XTEST")
	if _, err := openX11(d.display); !errors.Is(err, errNoExtension) {
		t.Errorf("without XTEST: %v", err)
	}
}
