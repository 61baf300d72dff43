package inject

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"tasuki/helper/internal/inject/testwindow"
)

func TestNothingStaysDownAfterAKill(t *testing.T) {
	d := newDesk(t, "us")
	w := d.window(testwindow.Options{Title: "kill"})
	d.focus(w)
	before := keycodesInUse(d)
	exe, err := os.Executable()
	ok(t, err)
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "TASUKI_TEST_VICTIM=1", "DISPLAY="+d.display, "WAYLAND_DISPLAY=", "XDG_SESSION_TYPE=x11")
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
	killed := time.Now()
	ok(t, cmd.Process.Kill()) // SIGKILL
	_ = cmd.Wait()
	d.until("the guard to release everything", func() bool { return d.down() == nil })
	t.Logf("released %v after the kill", time.Since(killed).Round(time.Millisecond))
	d.until("the keycode to be given back", func() bool { return keycodesInUse(d) == before })
}
