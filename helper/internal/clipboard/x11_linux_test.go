package clipboard

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"tasuki/helper/internal/need"
)

const patience = 20 * time.Second

// display starts an X server of its own.
func display(t *testing.T) {
	t.Helper()
	need.Programs(t, "Xvfb", "xclip")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "320x240x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	_ = write.Close()
	number := make([]byte, 16)
	n, err := read.Read(number)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DISPLAY", ":"+strings.TrimSpace(string(number[:n])))
}

func opened(t *testing.T) (System, chan string, chan error) {
	t.Helper()
	display(t)
	system, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(system.Close)
	texts, problems := make(chan string, 9), make(chan error, 9)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := system.Watch(ctx, func(text string, err error) {
			if err != nil {
				problems <- err
			} else {
				texts <- text
			}
		}); err != nil {
			problems <- err
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	c := system.(*x11)
	for watching := false; !watching; {
		c.mu.Lock()
		watching = c.watcher != nil
		c.mu.Unlock()
	}
	return system, texts, problems
}

// copied puts a text into the clipboard as another program would.
func copied(t *testing.T, text string, args ...string) {
	t.Helper()
	cmd := exec.Command("xclip", append([]string{"-selection", "clipboard"}, args...)...)
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
}

func pasted(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	out, err := exec.CommandContext(ctx, "xclip", append([]string{"-selection", "clipboard", "-o"}, args...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func next[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

var large = strings.Repeat("漢字と🙂 and text\n", 20_000)

func TestCopiesAreSeen(t *testing.T) {
	_, texts, problems := opened(t)
	for _, text := range []string{"first", "日本語🙂", large} {
		copied(t, text, "-t", "UTF8_STRING")
		if got := next(t, texts); got != text {
			t.Errorf("got %d bytes, want %d", len(got), len(text))
		}
	}
	copied(t, strings.Repeat("x", 1_000_001), "-t", "UTF8_STRING")
	if err := next(t, problems); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
}

func TestTextIsOffered(t *testing.T) {
	system, texts, _ := opened(t)
	for _, text := range []string{"one", "日本語🙂", large} {
		if err := system.Set(text); err != nil {
			t.Fatal(err)
		}
		for _, target := range []string{"UTF8_STRING", "text/plain;charset=utf-8"} {
			if got := pasted(t, "-t", target); got != text {
				t.Errorf("%s: got %d bytes, want %d", target, len(got), len(text))
			}
		}
	}
	if targets := pasted(t, "-t", "TARGETS"); !strings.Contains(targets, "UTF8_STRING") {
		t.Errorf("targets %q", targets)
	}
	// What was set here is nobody's copy, not even when a clipboard manager offers it again.
	copied(t, large, "-t", "UTF8_STRING")
	copied(t, "somebody's", "-t", "UTF8_STRING")
	if got := next(t, texts); got != "somebody's" {
		t.Errorf("echoed %d bytes", len(got))
	}
}

func TestPictureIsNoText(t *testing.T) {
	_, texts, _ := opened(t)
	copied(t, "\x89PNG", "-t", "image/png")
	copied(t, "text", "-t", "UTF8_STRING")
	if got := next(t, texts); got != "text" {
		t.Errorf("got %q", got)
	}
}

func TestServerGone(t *testing.T) {
	system, _, problems := opened(t)
	system.(*x11).conn.Close()
	if err := next(t, problems); !errors.Is(err, ErrUnsupported) {
		t.Error(err)
	}
	if err := system.Set("x"); err == nil {
		t.Error("set without a server")
	}
}

func TestNoDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	if _, err := Open(); !errors.Is(err, ErrUnsupported) {
		t.Error(err)
	}
}
