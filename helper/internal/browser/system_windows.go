package browser

import (
	"os"

	"golang.org/x/sys/windows"
)

// openSystem asks the shell, which knows the default browser.
func openSystem(file string) error {
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	target, err := windows.UTF16PtrFromString(file)
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, verb, target, nil, nil, windows.SW_SHOWNORMAL)
}

// privateFolder lies in the person's own temporary folder, whose access list keeps others out.
func privateFolder() (string, error) { return os.MkdirTemp("", "tasuki-") }
