// Package vectors reads the golden vectors of shared/vectors for tests. The same files are read by the browser's tests.
package vectors

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Load decodes shared/vectors/NAME into out; a missing or unreadable file fails the test.
func Load(t testing.TB, name string, out any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder(t), name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, out); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// folder looks upwards from the package that is tested, where tests run.
func folder(t testing.TB) string {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for at := here; ; at = filepath.Dir(at) {
		if found := filepath.Join(at, "shared", "vectors"); isFolder(found) {
			return found
		}
		if at == filepath.Dir(at) {
			t.Fatalf("shared/vectors is nowhere above %s", here)
		}
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Hex decodes lower-case hex or fails the test.
func Hex(t testing.TB, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
