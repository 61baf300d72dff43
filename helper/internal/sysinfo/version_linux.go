package sysinfo

import (
	"os"
	"strings"
)

func version() string {
	data, err := os.ReadFile("/etc/os-release")
	if err != nil {
		return ""
	}
	return prettyName(string(data))
}

// prettyName finds PRETTY_NAME in os-release(5).
func prettyName(release string) string {
	for line := range strings.Lines(release) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), "PRETTY_NAME="); ok {
			return strings.Trim(value, `"'`)
		}
	}
	return ""
}
