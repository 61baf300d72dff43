package inject

// newPlatform always reaches the desktop this process runs on; whether a window takes the input is Windows' decision
// (programs run as administrator refuse it from one that is not).
func newPlatform() Injector {
	own := newOwnInput()
	w, err := openWindows(own)
	if err != nil {
		return none{ReasonNoDisplay}
	}
	return newDriven(w, own)
}
