package browser

import (
	"os"
	"os/exec"
)

func openSystem(file string) error { return start(exec.Command("/usr/bin/open", file)) }

func privateFolder() (string, error) { return os.MkdirTemp("", "tasuki-") }
