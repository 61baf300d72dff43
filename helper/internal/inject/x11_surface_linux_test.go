package inject

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"tasuki/helper/internal/inject/testwindow"
	"tasuki/helper/internal/need"
)

func TestMonitorsAreFoundByWhatTheLabelTells(t *testing.T) {
	need.Programs(t, "xrandr")
	d := newDesk(t, "us")
	// Two monitors side by side, of different size; the second keeps the screen's only output.
	d.run("xrandr", "--setmonitor", "LEFT", "480/100x800/200+0+0", "none")
	d.run("xrandr", "--setmonitor", "RIGHT", "800/200x600/150+480+100", "screen")
	x := d.injector()
	name := strconv.FormatUint(uint64(x.atom("RIGHT")), 10)
	left := strconv.FormatUint(uint64(x.atom("LEFT")), 10)
	for _, tt := range []struct {
		what    string
		surface Surface
		px, py  int
	}{
		{"name", Surface{Kind: "monitor", ID: name}, 480, 100},
		{"other name", Surface{Kind: "monitor", ID: left}, 0, 0},
		{"size", Surface{Kind: "monitor", Width: 800, Height: 600}, 480, 100},
		{"size of the whole", Surface{Kind: "monitor", Width: 1280, Height: 800}, 0, 0},
		{"name, scaled picture", Surface{Kind: "monitor", ID: name, Width: 533, Height: 400}, 480, 100},
	} {
		ok(t, x.Move(screenCentre, 0.5, 0.5), x.Move(tt.surface, 0, 0), x.sync())
		if px, py := d.pointer(); px != tt.px || py != tt.py {
			t.Errorf("%s: pointer at %d,%d, want %d,%d", tt.what, px, py, tt.px, tt.py)
		}
	}
	want(t, "no such size", x.Move(Surface{Kind: "monitor", Width: 123, Height: 45}, 0, 0), ErrUnknownSurface)
}

// screenCentre is the whole screen by its size.
var screenCentre = Surface{Kind: "monitor", Width: 1280, Height: 800}

func TestAMovedWindowIsFollowed(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "moves", X: 10, Y: 10})
	ok(t, x.Move(surface(w), 0.5, 0.5))
	d.run("xdotool", "windowmove", "--sync", surface(w).ID, "700", "400")
	d.until("the pointer to follow", func() bool {
		ok(t, x.Move(surface(w), 0.5, 0.5), x.sync())
		px, py := d.pointer()
		return px == 850 && py == 500
	})
	// A press never trusts an old place.
	d.run("xdotool", "windowmove", "--sync", surface(w).ID, "20", "30")
	ok(t, x.Button(surface(w), 0, 0, 0, true), x.Button(surface(w), 0, 0, 0, false))
	d.until("the click", func() bool { return strings.Contains(strings.Join(w.Events(), "\n"), "press 1 0,0") })
	w.Close()
	d.until("the loss of the window", func() bool {
		err := x.Button(surface(w), 0, 0, 0, true)
		ok(t, x.ReleaseAll())
		return errors.Is(err, ErrUnknownSurface)
	})
	// Half outside the screen: the part that is not there cannot be hit, nor what the pointer would slide to.
	edge := d.window(testwindow.Options{Title: "edge", X: 1200, Y: 700})
	want(t, "beyond the edge", x.Move(surface(edge), 0.9, 0.5), ErrOutside)
	ok(t, x.Move(surface(edge), 0.1, 0.1))
}

func TestCloseInterruptsALongText(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "text"})
	d.focus(w)
	var long strings.Builder
	for r := rune('一'); r < '一'+2000; r++ {
		long.WriteRune(r)
	}
	typed := make(chan error, 1)
	go func() { typed <- x.Text(long.String()) }()
	d.until("the text to begin", func() bool { return w.Text() != "" })
	start := time.Now()
	ok(t, x.Close())
	t.Logf("closed after %v", time.Since(start).Round(time.Millisecond))
	want(t, "text", <-typed, ErrUnsupported)
	if down := d.down(); down != nil {
		t.Errorf("down: %v", down)
	}
}
