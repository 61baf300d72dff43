package browser

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// home gives the test a home and a temporary folder of its own and returns both.
func home(t *testing.T) []string {
	t.Helper()
	folders := []string{t.TempDir(), t.TempDir()}
	t.Setenv("HOME", folders[0])
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, folders[1])
	}
	return folders
}

func requireEmpty(t *testing.T, folders []string) {
	t.Helper()
	for _, folder := range folders {
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}
}

func TestOnlyWebAddresses(t *testing.T) {
	folders := home(t)
	for _, address := range []string{"", "file:///etc/passwd", "javascript:alert(1)", "-version", "https://", "ftp://a/", "a b"} {
		if _, err := Open(address); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", address, err)
		}
	}
	requireEmpty(t, folders)
}

// The address is in the file and nowhere else; the file is the person's own, and gone afterwards.
func TestTheAddressStaysOffTheCommandLine(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a shell script")
	}
	folder := t.TempDir()
	out, script := filepath.Join(folder, "out"), filepath.Join(folder, "browser")
	// Everything the program was started with, and whether others may read the file.
	commands := "#!/bin/sh\nprintf %s \"$*\" > " + out + ".tmp && mv " + out + ".tmp " + out + "\n"
	if err := os.WriteFile(script, []byte(commands), 0o700); err != nil {
		t.Fatal(err)
	}
	folders := home(t)
	t.Setenv("TASUKI_BROWSER", script)
	const address = `https://support.example/#take=abc;$(id)"'<x>&y`
	done, err := Open(address)
	if err != nil {
		t.Fatal(err)
	}
	file := waitForFile(t, out)
	if strings.Contains(file, "take") || strings.Contains(file, "support.example") {
		t.Errorf("the command line says %q", file)
	}
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700 | os.ModeDir} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	escaped := `https://support.example/#take=abc;$(id)&quot;'&lt;x&gt;&amp;y`
	if strings.Count(string(raw), `"`+escaped+`"`) != 1 || strings.Count(string(raw), escaped) != 2 {
		t.Errorf("the page is %s", raw)
	}
	done()
	done()
	requireEmpty(t, folders)
}

func waitForFile(t *testing.T, path string) string {
	t.Helper()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.After(10 * time.Second)
	for {
		if got, err := os.ReadFile(path); err == nil {
			return string(got)
		}
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatal("not started")
		}
	}
}

func TestMissingBrowserIsAnError(t *testing.T) {
	folders := home(t)
	t.Setenv("TASUKI_BROWSER", "/nowhere/browser")
	if _, err := Open("https://support.example/"); err == nil {
		t.Error("no error")
	}
	requireEmpty(t, folders)
}
