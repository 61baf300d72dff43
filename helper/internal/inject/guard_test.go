package inject

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var screen = Surface{Kind: "monitor", ID: "0"}

// ok fails the test on any error among those given.
func ok(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// want fails unless err is what was expected.
func want(t testing.TB, what string, err, expected error) {
	t.Helper()
	if !errors.Is(err, expected) {
		t.Errorf("%s: %v, want %v", what, err, expected)
	}
}

// target is the window of the tests on systems that start it as a process of its own.
var target = func() {}

// TestMain lets this test binary be the guard, and the victim that is killed while it holds keys.
func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 1 && os.Args[1] == GuardArg:
		os.Exit(GuardMain())
	case os.Getenv("TASUKI_TEST_TARGET") != "":
		target()
		os.Exit(0)
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
	err := runGuard(strings.NewReader("+ key KeyA\n"), func() Injector { return none{ReasonNoDisplay} }, time.Minute)
	if !errors.Is(err, ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if err := runGuard(strings.NewReader("+ key KeyA\n- key KeyA\n"), func() Injector { panic("opened the desktop") }, time.Minute); err != nil {
		t.Errorf("nothing held: %v", err)
	}
}

func FuzzGuardPipe(f *testing.F) {
	f.Add("+ key KeyA\n- key KeyA\n+ button 0\n+ map 200\n")
	f.Fuzz(func(t *testing.T, pipe string) {
		held := readHeld(strings.NewReader(pipe))
		if len(held) > maxHeld {
			t.Errorf("remembers %d", len(held))
		}
		for _, h := range held {
			if _, _, ok := h.parse(); !ok {
				t.Errorf("remembers %q", h)
			}
		}
	})
}
