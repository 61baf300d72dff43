package proxy

import (
	"net/url"
	"os"
	"testing"
)

// Under Wine, with a proxy in the registry, TASUKI_TEST_PROXY says what is to come out. Without: it answers at all.
func TestWindowsSettings(t *testing.T) {
	proxy, err := systemFinder(t.Context()).find(&url.URL{Scheme: "https", Host: "support.example"})
	if err != nil {
		t.Fatal(err)
	}
	if want := os.Getenv("TASUKI_TEST_PROXY"); want != "" && textOf(proxy) != want {
		t.Errorf("got %v, want %s", proxy, want)
	}
}
