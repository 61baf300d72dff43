// Package need is for tests that run programs of the system.
package need

import (
	"os"
	"os/exec"
	"testing"
)

// Programs skips the test when one of the programs is not installed; where CI is set, that is a failure.
func Programs(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
}
