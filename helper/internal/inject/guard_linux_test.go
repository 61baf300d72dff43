package inject

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"tasuki/helper/internal/inject/testwindow"
)

// TestMain lets this test binary be the guard, and the victim that is killed while it holds keys.
func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 1 && os.Args[1] == GuardArg:
		os.Exit(GuardMain())
	case os.Getenv("TASUKI_TEST_VICTIM") != "":
		victim()
	}
	os.Exit(m.Run())
}

// victim holds keys and a button, says so, and waits to be killed.
func victim() {
	x := New()
	exe, err := os.Executable()
	if err == nil {
		_, err = StartGuard(context.Background(), x, exe)
	}
	err = errors.Join(err, x.Key("ControlLeft", true), x.Key("KeyV", true), x.Button(screen, 0.5, 0.5, 0, true), x.Text("襷"))
	fmt.Println("holding", os.Getpid(), err)
	select {}
}

func TestNothingStaysDownAfterAKill(t *testing.T) {
	d := newDesk(t, "us")
	w := d.window(testwindow.Options{Title: "kill"})
	d.focus(w)
	before := keycodesInUse(d)
	exe, err := os.Executable()
	ok(t, err)
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "TASUKI_TEST_VICTIM=1", "DISPLAY="+d.display, "WAYLAND_DISPLAY=")
	out, err := cmd.StdoutPipe()
	ok(t, err)
	ok(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.Contains(line, "<nil>") {
		t.Fatalf("victim said %q (%v)", line, err)
	}
	if down := d.down(); len(down) != 3 {
		t.Fatalf("the victim should hold two keys and a button, the server says %v", down)
	}
	if keycodesInUse(d) == before {
		t.Fatal("the victim should have borrowed a keycode")
	}
	ok(t, cmd.Process.Kill()) // SIGKILL
	_ = cmd.Wait()
	d.until("the guard to release everything", func() bool { return d.down() == nil })
	d.until("the keycode to be given back", func() bool { return keycodesInUse(d) == before })
}

func TestGuardReadsOnlyWhatInjectorsWrite(t *testing.T) {
	got := readHeld(strings.NewReader("+ key KeyA\n+ key KeyB\n+ button 0\n- key KeyA\n+ rm x\n+ key \n\n+\n* key KeyC\n+ key KeyB\n+ code 50\n" +
		"+ key " + strings.Repeat("x", 40) + "\n+ key KeyZ"))
	if want := []token{"key KeyB", "button 0", "code 50", "key KeyZ"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	var flood strings.Builder
	for i := range 100000 {
		fmt.Fprintf(&flood, "+ code %d\n", i)
	}
	if n := len(readHeld(strings.NewReader(flood.String()))); n != maxHeld {
		t.Errorf("remembers %d, bound %d", n, maxHeld)
	}
}

func TestGuardWithoutADesktopSaysSo(t *testing.T) {
	err := runGuard(strings.NewReader("+ key KeyA\n"), func() Injector { return none{ReasonNoDisplay} })
	if !errors.Is(err, ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if err := runGuard(strings.NewReader("+ key KeyA\n- key KeyA\n"), func() Injector { panic("opened the desktop") }); err != nil {
		t.Errorf("nothing held: %v", err)
	}
}
