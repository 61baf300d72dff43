package inject

var procVkKeyScanEx = user32.NewProc("VkKeyScanExW")

// layout is what has been found out about one keyboard layout.
type layout struct {
	handle uintptr
	altGr  bool
}

// foregroundLayout is the keyboard layout of the window that has the focus.
func foregroundLayout() uintptr {
	front, _, _ := procGetForegroundWindow.Call()
	thread, _, _ := procGetWindowThread.Call(front, 0)
	handle, _, _ := procGetKeyboardLayout.Call(thread)
	return handle
}

// altGr tells whether the layout writes any character with Control and Alt, which is what AltGr stands for.
func (w *windowsDriver) altGr() bool {
	handle := foregroundLayout()
	if w.layout.handle != handle {
		w.layout = layout{handle, writesWithControlAlt(handle)}
	}
	return w.layout.altGr
}

func writesWithControlAlt(handle uintptr) bool {
	const control, alt, euro, lastOfLatin = 2, 4, 0x20ac, 0x17f
	with := func(char uintptr) bool {
		// The key in the low byte, the modifiers in the high one; all ones: no key writes it.
		scan, _, _ := procVkKeyScanEx.Call(char, handle)
		modifiers := byte(scan >> 8)
		return modifiers != 0xff && modifiers&(control|alt) == control|alt
	}
	if with(euro) {
		return true
	}
	for char := uintptr(' '); char <= lastOfLatin; char++ {
		if with(char) {
			return true
		}
	}
	return false
}
