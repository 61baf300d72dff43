package inject

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// child is the target in a process of its own.
type child struct {
	surface Surface
	in      io.Writer
	mu      sync.Mutex
	lines   []string
}

func startTarget(t testing.TB) *child {
	t.Helper()
	exe, err := os.Executable()
	ok(t, err)
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "TASUKI_TEST_TARGET=1")
	in, err := cmd.StdinPipe()
	ok(t, err)
	out, err := cmd.StdoutPipe()
	ok(t, err)
	ok(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), "window ") {
		t.Fatalf("target said %q", lines.Text())
	}
	c := &child{in: in, surface: Surface{Kind: "window", ID: strings.TrimPrefix(lines.Text(), "window ")}}
	go func() {
		for lines.Scan() {
			c.mu.Lock()
			c.lines = append(c.lines, lines.Text())
			c.mu.Unlock()
		}
	}()
	return c
}

func (c *child) say(t *testing.T, word string) {
	t.Helper()
	_, err := fmt.Fprintln(c.in, word)
	ok(t, err)
}

func (c *child) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.lines...)
}

func (c *child) expect(t *testing.T, line string) {
	t.Helper()
	if !until(10*time.Second, func() bool { return strings.Contains("\n"+strings.Join(c.all(), "\n")+"\n", "\n"+line+"\n") }) {
		t.Fatalf("waited in vain for %q; last: %q", line, c.all()[max(0, len(c.all())-12):])
	}
}

func (c *child) clear(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	c.lines = nil
	c.mu.Unlock()
	c.say(t, "clear")
	c.expect(t, "cleared")
}
