package inject

// newPlatform needs the person's permission (System Settings, Accessibility): without it macOS drops every event.
func newPlatform() Injector {
	if err := loadMac(); err != nil {
		return none{ReasonNoDisplay}
	}
	if !axIsProcessTrusted() {
		return none{ReasonNoPermission}
	}
	own := newOwnInput()
	return newDriven(newMac(own), own)
}
