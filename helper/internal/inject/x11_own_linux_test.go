package inject

import (
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/inject/testwindow"
	"tasuki/helper/internal/need"
)

// settled waits until the watcher has seen everything that was injected.
func settled(d *desk, x *x11) {
	d.t.Helper()
	d.until("the ledger to be empty", func() bool {
		x.ledger.mu.Lock()
		defer x.ledger.mu.Unlock()
		return len(x.ledger.pointer)+len(x.ledger.keyboard) == 0
	})
}

func touched(x *x11) bool {
	select {
	case <-x.OwnInput():
		return true
	default:
		return false
	}
}

func TestOwnInputIsNotTheInjected(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "load", Width: 800, Height: 600})
	d.focus(w)
	start := time.Now()
	const n = 3000
	// A thousand moves a second for three seconds, with clicks, the wheel, keys and text in between.
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for i := range n {
		ok(t, x.Move(screen, float64(i*7%1000)/1000, float64(i*3%700)/800))
		switch i % 20 {
		case 3, 13:
			ok(t, x.Button(surface(w), 0.5, 0.5, 0, true))
		case 5, 15:
			ok(t, x.Button(surface(w), 0.5, 0.5, 0, false))
		case 7:
			ok(t, x.Key("KeyA", true), x.Key("ShiftLeft", true))
		case 9:
			ok(t, x.Key("KeyA", false), x.Key("ShiftLeft", false))
		case 11:
			ok(t, x.Wheel(screen, 0.5, 0.5, 0, 1))
		case 17:
			if i%200 == 17 {
				ok(t, x.Text("Aあ"))
			}
		}
		if time.Since(start) < time.Duration(i)*time.Millisecond {
			<-tick.C
		}
		if touched(x) {
			t.Fatalf("took its own event %d for the customer's", i)
		}
	}
	settled(d, x)
	if touched(x) {
		t.Fatal("took its own input for the customer's")
	}
	t.Logf("%.0f events/s without a mistake", n/time.Since(start).Seconds())
}

// A window manager that gives the focus by click holds the pointer up until it has decided, and the keyboard goes on.
func TestInjectedInputThatOvertakesIsNotOwnInput(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "held up"})
	d.focus(w)
	const any, left = xproto.ModMaskAny, 1
	err := xproto.GrabButtonChecked(d.probe, true, d.root, xproto.EventMaskButtonPress, xproto.GrabModeSync,
		xproto.GrabModeAsync, xproto.WindowNone, xproto.CursorNone, left, any).Check()
	ok(t, err)
	for range 3 {
		before := w.Text()
		ok(t, x.Button(surface(w), 0.5, 0.5, 0, true), x.Button(surface(w), 0.5, 0.5, 0, false))
		ok(t, x.Key("KeyA", true), x.Key("KeyA", false))
		d.until("the key", func() bool { return w.Text() == before+"a" })
		ok(t, xproto.AllowEventsChecked(d.probe, xproto.AllowReplayPointer, xproto.TimeCurrentTime).Check())
		ok(t, x.Move(surface(w), 0.4, 0.4))
		settled(d, x)
		if touched(x) {
			t.Fatal("took its own click for the customer's")
		}
	}
}

func TestAHeldKeyThatRepeatsIsNotOwnInput(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "repeat"})
	d.focus(w)
	d.run("xset", "r", "rate", "100", "50")
	ok(t, x.Key("KeyA", true))
	d.until("the server to repeat", func() bool { return strings.HasPrefix(w.Text(), "aaaa") })
	ok(t, x.Key("KeyA", false))
	settled(d, x)
	if touched(x) {
		t.Error("took the server's repeats for the customer's own keys")
	}
}

// xdotool stands for the customer's hand: its events come through XTEST, too, so they look exactly like ours. (Its plain
// "mousemove" warps the pointer instead, as programs and window managers do; no hand does that, so it does not count.)
func TestOwnInputIsNoticed(t *testing.T) {
	need.Programs(t, "xdotool")
	d := newDesk(t, "us")
	x := d.injector()
	ok(t, x.Move(screen, 0.1, 0.1))
	settled(d, x)
	for _, hand := range []string{"mousemove_relative 3 0", "click 1", "key a", "mousemove_relative -- -1 1", "click 4"} {
		for range 2 {
			start := time.Now()
			d.run("xdotool", strings.Fields(hand)...)
			d.until(hand+" to be noticed", func() bool { return touched(x) })
			if late := time.Since(start); late > time.Second {
				t.Errorf("%s was noticed after %v", hand, late)
			}
			// One act makes several events; the rest of them must not count for the next one.
			ok(t, x.Move(screen, 0.2, 0.2))
			settled(d, x)
			for touched(x) {
			}
		}
	}
}

func TestOwnInputIsNoticedAmongInjectedInput(t *testing.T) {
	need.Programs(t, "xdotool")
	d := newDesk(t, "us")
	x := d.injector()
	done := make(chan struct{})
	go func() { defer close(done); d.run("xdotool", "mousemove_relative", "7", "3") }()
	noticed := false
	for i := 0; !noticed && i < 200000; i++ {
		ok(t, x.Move(screen, float64(i%500)/1280, 0.1))
		noticed = touched(x)
	}
	<-done
	if !noticed {
		t.Error("a move of the customer was lost among injected ones")
	}
}

func TestOwnInputStopsALongText(t *testing.T) {
	need.Programs(t, "xdotool")
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
	d.run("xdotool", "mousemove_relative", "1", "1")
	want(t, "text", <-typed, ErrInterrupted)
	if n := len(w.Text()); n >= long.Len() || d.down() != nil {
		t.Errorf("%d of %d bytes were typed, down: %v", n, long.Len(), d.down())
	}
}

func FuzzRawEvents(f *testing.F) {
	f.Add([]byte{35, 131, 0, 0, 2, 0, 0, 0, 17, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		message, err := readMessage(strings.NewReader(string(data)))
		if err != nil {
			return
		}
		if e, ok := parseRaw(message); ok && e.kind != touch && (e.kind < 2 || e.kind > 6) {
			t.Errorf("kind %d", e.kind)
		}
	})
}
