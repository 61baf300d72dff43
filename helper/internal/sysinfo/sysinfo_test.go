package sysinfo

import (
	"encoding/json"
	"strings"
	"testing"

	"tasuki/helper/internal/protocol"
)

func TestNamesFitTheProtocol(t *testing.T) {
	for in, want := range map[string]string{
		"Windows 11 24H2": "Windows 11 24H2", " a\u202eb\n": "ab", strings.Repeat("x", 100): strings.Repeat("x", 80), "\x00": "",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
	raw, err := json.Marshal(protocol.Attach{
		Rdv: "AAAAAAAAAAAAAAAAAAAAAA", Version: "1", System: System(), SystemVersion: Version(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := protocol.DecodeAttach(raw); err != nil {
		t.Errorf("%s: %v", raw, err)
	}
}
