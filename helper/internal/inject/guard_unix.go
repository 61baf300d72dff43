//go:build !windows

package inject

import (
	"os"
	"os/exec"
	"syscall"
)

var interrupts = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// detach puts the guard into a session of its own: what ends the parent's group leaves it alone.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
