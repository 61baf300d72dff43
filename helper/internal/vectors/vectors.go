// Package vectors reads the golden vectors of shared/vectors for tests. The same files are read by the browser's tests.
package vectors

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Load decodes shared/vectors/NAME into out; a missing or unreadable file fails the test.
func Load(t testing.TB, name string, out any) {
	t.Helper()
	_, here, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("cannot tell where the vectors are")
	}
	data, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../../shared/vectors", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, out); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
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
