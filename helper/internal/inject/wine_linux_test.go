package inject

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"tasuki/helper/internal/inject/winetest"
	"tasuki/helper/internal/need"
)

// TestUnderWine builds this package's tests for Windows and runs them there, in front of a real Wine window.
func TestUnderWine(t *testing.T) {
	need.Programs(t, "wine")
	need.Programs(t, "openbox")
	dir := t.TempDir()
	exe := filepath.Join(dir, "inject.test.exe")
	build := exec.Command("go", "test", "-c", "-o", exe, ".")
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	d := newDesk(t, "us")
	x := d.injector()
	d.manager(x)
	ok(t, x.Close())
	prefix := os.Getenv("TASUKI_WINEPREFIX")
	if prefix == "" {
		prefix = filepath.Join(dir, "prefix")
	}
	ok(t, winetest.Prepare(prefix, d.display))
	t.Cleanup(func() { winetest.Stop(prefix, d.display) })
	run := exec.Command("wine", exe, "-test.v", "-test.run", "Windows")
	run.Env = winetest.Env(prefix, d.display)
	out, err := run.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}
