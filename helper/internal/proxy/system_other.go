//go:build !windows && !darwin

package proxy

import (
	"context"
	"os/exec"
)

// systemFinder uses GNOME's settings where they are; other desktops set the environment.
func systemFinder(ctx context.Context) found {
	program, err := exec.LookPath("gsettings")
	if err != nil {
		return found{find: direct}
	}
	text, err := exec.CommandContext(ctx, program, "list-recursively", "org.gnome.system.proxy").Output()
	if err != nil {
		return found{find: direct}
	}
	return parseGSettings(string(text)).found()
}
