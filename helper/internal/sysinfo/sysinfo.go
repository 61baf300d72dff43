// Package sysinfo says on what system the helper runs, for the audit.
package sysinfo

import (
	"runtime"
	"strings"
	"unicode"

	"tasuki/helper/internal/protocol"
)

const maxName = 80

// System is this computer's kind.
func System() protocol.HelperSystem {
	switch runtime.GOOS {
	case "windows":
		return protocol.HelperSystemWindows
	case "darwin":
		return protocol.HelperSystemMacos
	default:
		return protocol.HelperSystemLinux
	}
}

// Version is how the system names itself, such as `Windows 11 24H2`; never empty, at most 80 characters.
func Version() string {
	if name := clean(version()); name != "" {
		return name
	}
	return runtime.GOOS
}

// clean fits a name to protocol's PersonName.
func clean(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, name)
	runes := []rune(strings.TrimSpace(name))
	return strings.TrimSpace(string(runes[:min(len(runes), maxName)]))
}
