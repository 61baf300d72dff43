package inject

import (
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

var interrupts = []os.Signal{os.Interrupt}

// detach keeps the guard out of the parent's console, so that closing the console does not end it first.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{
		HideWindow:    true,
		CreationFlags: windows.CREATE_NEW_PROCESS_GROUP | windows.DETACHED_PROCESS,
	}
}
