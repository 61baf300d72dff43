package inject

import (
	"errors"
	"os"
)

// newPlatform reaches the X server of DISPLAY. Under a Wayland session Xwayland would take the input and hand it to X
// programs only: pretending to operate such a desktop would be dishonest. Either sign suffices: a compositor started on a
// console leaves the session's type at "tty", and some clear the display's name.
func newPlatform() Injector {
	if os.Getenv("WAYLAND_DISPLAY") != "" || os.Getenv("XDG_SESSION_TYPE") == "wayland" {
		return none{ReasonWayland}
	}
	x, err := openX11(os.Getenv("DISPLAY"))
	switch {
	case errors.Is(err, errNoExtension):
		return none{ReasonNoExtension}
	case err != nil:
		return none{ReasonNoDisplay}
	}
	return x
}
