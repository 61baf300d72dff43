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

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/inject/testwindow"
	"tasuki/helper/internal/need"
)

// desk is a real X server of its own for one test.
type desk struct {
	t       testing.TB
	display string
	server  *os.Process
	probe   *xgb.Conn // the test's own eyes on the server
	root    xproto.Window
}

// newDesk starts Xvfb on a free display; layout "" leaves the server's own.
func newDesk(t testing.TB, layout string, args ...string) *desk {
	t.Helper()
	need.Programs(t, "Xvfb")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	// -noreset: the server would forget the layout when its last client leaves.
	cmd := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"}, args...)...)
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	_ = w.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	d := &desk{t: t, display: ":" + strings.TrimSpace(line), server: cmd.Process}
	d.probe, err = xgb.NewConnDisplay(d.display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.probe.Close)
	d.root = xproto.Setup(d.probe).DefaultScreen(d.probe).Root
	if layout != "" {
		need.Programs(t, "setxkbmap")
		d.run("setxkbmap", layout)
	}
	return d
}

// run runs a program on this desk to its end.
func (d *desk) run(name string, args ...string) {
	d.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+d.display)
	if out, err := cmd.CombinedOutput(); err != nil {
		d.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// manager starts a window manager and waits until it manages.
func (d *desk) manager(x *x11) {
	d.t.Helper()
	need.Programs(d.t, "openbox")
	cmd := exec.Command("openbox", "--sm-disable")
	cmd.Env = append(os.Environ(), "DISPLAY="+d.display)
	if err := cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	// It announces itself before it listens; until then windows show themselves. It is ready when it has framed one.
	d.until("a window manager that frames windows", func() bool {
		x.mu.Lock()
		managed := x.managed()
		x.mu.Unlock()
		if !managed {
			return false
		}
		w, err := testwindow.Open(d.display, testwindow.Options{Title: "ready"})
		if err != nil {
			return false
		}
		// Its connection stays: the server would give its id to the next window, which the manager would take for it.
		d.t.Cleanup(w.Close)
		defer xproto.DestroyWindow(d.probe, xproto.Window(w.ID))
		return until(300*time.Millisecond, func() bool { return w.Mapped() && d.framed(xproto.Window(w.ID)) })
	})
}

// framed tells whether a window manager has put a window into a frame of its own.
func (d *desk) framed(w xproto.Window) bool {
	tree, err := xproto.QueryTree(d.probe, w).Reply()
	return err == nil && tree != nil && tree.Parent != d.root
}

func (d *desk) injector() *x11 {
	d.t.Helper()
	x, err := openX11(d.display)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = x.Close() })
	return x
}

func (d *desk) window(o testwindow.Options) *testwindow.Window {
	d.t.Helper()
	w, err := testwindow.Open(d.display, o)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(w.Close)
	d.until("the window", w.Mapped)
	return w
}

// until waits for a condition.
func (d *desk) until(what string, done func() bool) {
	d.t.Helper()
	if !until(5*time.Second, done) {
		d.t.Fatalf("waited in vain for %s", what)
	}
}

func (d *desk) focus(w *testwindow.Window) {
	d.t.Helper()
	if err := w.Focus(); err != nil {
		d.t.Fatal(err)
	}
	d.until("the focus", w.Focused)
}

// down lists keys and buttons that the X server holds down.
func (d *desk) down() []string {
	d.t.Helper()
	keymap, err := xproto.QueryKeymap(d.probe).Reply()
	if err != nil {
		d.t.Fatal(err)
	}
	var down []string
	for code := range 256 {
		if keymap.Keys[code/8]&(1<<(code%8)) != 0 {
			down = append(down, fmt.Sprintf("key %d", code))
		}
	}
	pointer, err := xproto.QueryPointer(d.probe, d.root).Reply()
	if err != nil {
		d.t.Fatal(err)
	}
	for b := range 5 {
		if pointer.Mask&(xproto.KeyButMaskButton1<<b) != 0 {
			down = append(down, fmt.Sprintf("button %d", b+1))
		}
	}
	return down
}

func (d *desk) pointer() (int, int) {
	d.t.Helper()
	p, err := xproto.QueryPointer(d.probe, d.root).Reply()
	if err != nil {
		d.t.Fatal(err)
	}
	return int(p.RootX), int(p.RootY)
}

func surface(w *testwindow.Window) Surface {
	return Surface{Kind: "window", ID: strconv.FormatUint(uint64(w.ID), 10)}
}
