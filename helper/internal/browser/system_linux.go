package browser

import (
	"os"
	"os/exec"
)

func openSystem(file string) error { return start(exec.Command("xdg-open", file)) }

// privateFolder lies in the home folder under a visible name: a browser that is installed as a snap has a temporary folder
// of its own and is not let into hidden ones.
func privateFolder() (string, error) {
	if home, err := os.UserHomeDir(); err == nil {
		if folder, err := os.MkdirTemp(home, "tasuki-"); err == nil {
			return folder, nil
		}
	}
	return os.MkdirTemp("", "tasuki-")
}
