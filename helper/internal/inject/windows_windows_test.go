package inject

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

func downOnWindows() (down []int) {
	for vk := 1; vk < 255; vk++ {
		if state, _, _ := procGetAsyncKeyState.Call(uintptr(vk)); state&0x8000 != 0 {
			down = append(down, vk)
		}
	}
	return down
}

func TestWindowsInput(t *testing.T) {
	c := startTarget(t)
	inj := New()
	defer inj.Close()
	if info := inj.Info(); info.Backend != "windows" {
		t.Fatalf("backend %+v", info)
	}
	s := c.surface
	// A click gives the focus, as it would for the operator.
	ok(t, inj.Button(s, 0.5, 0.5, 0, true), inj.Button(s, 0.5, 0.5, 0, false))

	t.Run("nine points", func(t *testing.T) {
		r, _, err := inj.(*driven).d.place(s)
		ok(t, err)
		// Within the client area: the frame would start to size or move the window.
		for _, fx := range []float64{0.1, 0.5, 0.9} {
			for _, fy := range []float64{0.2, 0.5, 0.9} {
				p, err := r.at(fx, fy)
				ok(t, err, inj.Button(s, fx, fy, 0, true), inj.Button(s, fx, fy, 0, false))
				c.expect(t, fmt.Sprintf("button 0x202 0 %d,%d", p.x, p.y))
			}
		}
	})
	t.Run("text", func(t *testing.T) {
		for _, text := range []string{"Hello, World! ~{}|\\^@", "襷ひらがなカタカナ東京", "😀👍🏽𠮷"} {
			c.clear(t)
			ok(t, inj.Text(text))
			c.expect(t, fmt.Sprintf("text %q", text))
		}
	})
	t.Run("keys", func(t *testing.T) {
		c.clear(t)
		ok(t, inj.Key("ShiftLeft", true), inj.Key("KeyA", true), inj.Key("KeyA", true), inj.Key("KeyA", false), inj.Key("ShiftLeft", false), inj.Key("KeyB", true), inj.Key("KeyB", false))
		c.expect(t, `text "Ab"`)
		ok(t, inj.Key("ArrowLeft", true), inj.Key("ArrowLeft", false))
		c.expect(t, "down 0x14b 37")
		ok(t, inj.Key("NumpadEnter", true), inj.Key("NumpadEnter", false))
		c.expect(t, "down 0x11c 13")
		ok(t, inj.Key("Pause", true), inj.Key("Pause", false))
		c.expect(t, "up 0x45 19")
	})
	t.Run("a held key repeats", func(t *testing.T) {
		c.clear(t)
		ok(t, inj.Key("KeyX", true))
		c.expect(t, `text "xxxx"`)
		ok(t, inj.Key("KeyX", false))
	})
	t.Run("wheel and buttons", func(t *testing.T) {
		ok(t, inj.Wheel(s, 0.5, 0.5, 0, 1), inj.Wheel(s, 0.5, 0.5, 0, -0.5), inj.Wheel(s, 0.5, 0.5, 2, 0))
		c.expect(t, "wheel 0x20a -120")
		c.expect(t, "wheel 0x20a 60")
		c.expect(t, "wheel 0x20e 240")
		r, _, err := inj.(*driven).d.place(s)
		ok(t, err)
		p, err := r.at(0.5, 0.5)
		ok(t, err, inj.Button(s, 0.5, 0.5, 3, true), inj.Button(s, 0.5, 0.5, 3, false))
		c.expect(t, fmt.Sprintf("button 0x20c 1 %d,%d", p.x, p.y))
	})
	t.Run("confined", func(t *testing.T) {
		ok(t, inj.Confine([]Surface{s}))
		want(t, "the desktop", inj.Move(screen, 0.99, 0.99), ErrOutside)
		want(t, "the desktop", inj.Button(screen, 0.99, 0.99, 0, true), ErrOutside)
		want(t, "no window", inj.Confine([]Surface{{Kind: "window", ID: strconv.Itoa(1 << 30)}}), ErrUnknownSurface)
		c.clear(t)
		ok(t, inj.Text("inside"))
		c.expect(t, `text "inside"`)
		want(t, "the start menu", inj.Key("MetaLeft", true), ErrOutside)
		ok(t, inj.Confine(nil))
	})
	t.Run("layout", func(t *testing.T) {
		if d := inj.(*driven).d; d.altGr() || d.ours(d.focused()[0]) {
			t.Errorf("AltGr %v on a US layout; the target belongs to us: %v", d.altGr(), d.ours(d.focused()[0]))
		}
	})
	t.Run("protected", func(t *testing.T) {
		id, err := strconv.ParseUint(s.ID, 10, 64)
		ok(t, err)
		inj.Protect(func() []uintptr { return []uintptr{uintptr(id)} })
		want(t, "move", inj.Move(s, 0.5, 0.5), ErrProtected)
		want(t, "click", inj.Button(s, 0.5, 0.5, 0, true), ErrProtected)
		want(t, "key", inj.Key("Enter", true), ErrProtected)
		want(t, "text", inj.Text("x"), ErrProtected)
		inj.Protect(nil)
		inj.ProtectFocused(true)
		want(t, "click into the focus", inj.Button(s, 0.5, 0.5, 0, true), ErrProtected)
		want(t, "key", inj.Key("Enter", true), ErrProtected)
		inj.ProtectFocused(false)
	})
	t.Run("own input", func(t *testing.T) {
		for range 300 {
			ok(t, inj.Move(s, 0.4, 0.4), inj.Move(s, 0.5, 0.5))
		}
		ok(t, inj.Key("KeyA", true), inj.Key("KeyA", false), inj.Button(s, 0.5, 0.5, 0, true), inj.Button(s, 0.5, 0.5, 0, false))
		select {
		case <-inj.OwnInput():
			t.Error("took its own input for the customer's")
		default:
		}
		for _, hand := range []string{"move", "key"} {
			for len(inj.OwnInput()) > 0 {
				<-inj.OwnInput()
			}
			c.say(t, hand)
			select {
			case <-inj.OwnInput():
			case <-time.After(5 * time.Second):
				t.Errorf("%s was not noticed", hand)
			}
		}
	})
	t.Run("release", func(t *testing.T) {
		ok(t, inj.Key("ControlLeft", true), inj.Key("KeyQ", true), inj.Button(s, 0.5, 0.5, 0, true))
		if !until(5*time.Second, func() bool { return len(downOnWindows()) >= 3 }) {
			t.Fatalf("down: %v", downOnWindows())
		}
		ok(t, inj.ReleaseAll())
		if !until(5*time.Second, func() bool { return downOnWindows() == nil }) {
			t.Errorf("still down: %v", downOnWindows())
		}
	})
}

func TestWindowsKillLeavesNothingDown(t *testing.T) {
	startTarget(t)
	exe, err := os.Executable()
	ok(t, err)
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "TASUKI_TEST_VICTIM=1")
	out, err := cmd.StdoutPipe()
	ok(t, err)
	ok(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.Contains(line, "<nil>") {
		t.Fatalf("victim said %q (%v)", line, err)
	}
	if down := downOnWindows(); len(down) < 3 {
		t.Errorf("the victim should hold keys and a button: %v", down)
	}
	ok(t, cmd.Process.Kill())
	_ = cmd.Wait()
	if !until(10*time.Second, func() bool { return downOnWindows() == nil }) {
		t.Errorf("still down: %v", downOnWindows())
	}
}

// BenchmarkWindows is what one move of the pointer costs, and the questions before it.
func BenchmarkWindows(b *testing.B) {
	c := startTarget(b)
	inj := New()
	b.Cleanup(func() { _ = inj.Close() })
	for name, s := range map[string]Surface{"monitor": screen, "window": c.surface} {
		b.Run("move/"+name, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				ok(b, inj.Move(s, float64(n%100)/200+0.2, 0.5))
			}
		})
	}
	d := inj.(*driven).d
	b.Run("place", func(b *testing.B) {
		for b.Loop() {
			_, _, err := d.place(c.surface)
			ok(b, err)
		}
	})
	b.Run("under", func(b *testing.B) {
		for b.Loop() {
			d.under(point{300, 300}, true)
		}
	})
}
