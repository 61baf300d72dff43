package browser

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func TestOnlyWebAddresses(t *testing.T) {
	for _, address := range []string{"", "file:///etc/passwd", "javascript:alert(1)", "-version", "https://", "ftp://a/", "a b"} {
		if err := Open(address); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestCommandGetsTheAddress(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a shell script")
	}
	folder := t.TempDir()
	out, script := filepath.Join(folder, "out"), filepath.Join(folder, "browser")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nprintf %s \"$1\" > "+out+".tmp && mv "+out+".tmp "+out+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TASUKI_BROWSER", script)
	const address = "https://support.example/#take=abc;$(id)"
	if err := Open(address); err != nil {
		t.Fatal(err)
	}
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.After(10 * time.Second)
	for {
		if got, err := os.ReadFile(out); err == nil {
			if string(got) != address {
				t.Errorf("got %q", got)
			}
			return
		}
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatal("not started")
		}
	}
}

func TestMissingBrowserIsAnError(t *testing.T) {
	t.Setenv("TASUKI_BROWSER", "/nowhere/browser")
	if err := Open("https://support.example/"); err == nil {
		t.Error("no error")
	}
}
