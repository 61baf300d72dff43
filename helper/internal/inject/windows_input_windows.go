package inject

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"

	"tasuki/helper/internal/keys"
)

// marker in dwExtraInfo tells our own events from everybody else's.
const marker = 0x5441534b

const (
	inputMouse    = 0
	inputKeyboard = 1

	mouseMove        = 0x0001
	mouseXDown       = 0x0080
	mouseXUp         = 0x0100
	mouseWheel       = 0x0800
	mouseHWheel      = 0x1000
	mouseVirtualDesk = 0x4000
	mouseAbsolute    = 0x8000

	keyExtended = 0x0001
	keyUp       = 0x0002
	keyUnicode  = 0x0004
	keyScan     = 0x0008
)

// mouseInput and keyInput are INPUT with one arm of its union each; both have the union's full size.
type mouseInput struct {
	kind uint32
	mi   struct {
		dx, dy            int32
		data, flags, time uint32
		extra             uintptr
	}
}

type keyInput struct {
	kind uint32
	ki   struct {
		vk, scan    uint16
		flags, time uint32
		extra       uintptr
	}
	_ [8]byte
}

func mouse(flags, data uint32, dx, dy int32) mouseInput {
	in := mouseInput{kind: inputMouse}
	in.mi.dx, in.mi.dy, in.mi.data, in.mi.flags, in.mi.extra = dx, dy, data, flags, marker
	return in
}

func keyboard(vk, scan uint16, flags uint32) keyInput {
	in := keyInput{kind: inputKeyboard}
	in.ki.vk, in.ki.scan, in.ki.flags, in.ki.extra = vk, scan, flags, marker
	return in
}

// send injects in one go: nothing comes in between. Windows refuses while the desktop is locked or UAC asks.
func send[T mouseInput | keyInput](inputs ...T) error {
	n, _, err := procSendInput.Call(uintptr(len(inputs)), uintptr(unsafe.Pointer(&inputs[0])), unsafe.Sizeof(inputs[0]))
	if int(n) != len(inputs) {
		return fmt.Errorf("SendInput: %w: %w", ErrUnsupported, err)
	}
	return nil
}

// moveTo is the middle of the pixel in 65536ths of the virtual desktop, which Windows rounds down to pixels.
func moveTo(p point) mouseInput {
	d := virtualDesk()
	share := func(at, size int) int32 {
		if size <= 0 {
			return 0
		}
		return int32((int64(at)*65536 + 32768) / int64(size))
	}
	return mouse(mouseMove|mouseAbsolute|mouseVirtualDesk, 0, share(p.x-d.x, d.w), share(p.y-d.y, d.h))
}

func (w *windowsDriver) move(p point, _ []int) error {
	recent.add(p)
	return send(moveTo(p))
}

// button: a browser's first button is the primary one, which the person may have put on the right.
func (w *windowsDriver) button(_ point, button int, down bool) error {
	if swapped, _, _ := procGetSystemMetrics.Call(smSwapButton); swapped != 0 && button%2 == 0 && button < 3 {
		button = 2 - button
	}
	flags, data := uint32(0), uint32(0)
	switch button {
	case 0:
		flags = 0x0002
	case 1:
		flags = 0x0020
	case 2:
		flags = 0x0008
	default:
		flags, data = mouseXDown, uint32(button-2)
	}
	if !down {
		flags <<= 1
	}
	return send(mouse(flags, data, 0, 0))
}

// wheel: Windows counts in 120ths of a notch, upwards and to the right.
func (w *windowsDriver) wheel(_ point, dx, dy float64) error {
	w.restX += dx * 120
	w.restY -= dy * 120
	h, v := int32(w.restX), int32(w.restY)
	w.restX -= float64(h)
	w.restY -= float64(v)
	var in []mouseInput
	if v != 0 {
		in = append(in, mouse(mouseWheel, uint32(v), 0, 0))
	}
	if h != 0 {
		in = append(in, mouse(mouseHWheel, uint32(h), 0, 0))
	}
	if in == nil {
		return nil
	}
	return send(in...)
}

func (w *windowsDriver) key(k keys.Key, down, _ bool) error {
	scan, extended, ok := k.WindowsScan()
	if !ok {
		return ErrUnsupported
	}
	flags := uint32(keyScan)
	vk := k.WindowsVirtual()
	if vk != 0 {
		flags = 0
	} else {
		// Windows finds the virtual key by itself; Wine does not.
		vk = virtualKey(scan, extended)
	}
	if extended {
		flags |= keyExtended
	}
	if !down {
		flags |= keyUp
	}
	return send(keyboard(vk, scan, flags))
}

// virtualKey is what the layout of the foreground window makes of a scan code; 0: nothing.
func virtualKey(scan uint16, extended bool) uint16 {
	if extended {
		scan |= keys.WindowsExtended
	}
	vk, _, _ := procMapVirtualKeyEx.Call(uintptr(scan), 3, foregroundLayout())
	return uint16(vk)
}

func (w *windowsDriver) unicode(units []uint16) error {
	var in []keyInput
	for _, u := range units {
		in = append(in, keyboard(0, u, keyUnicode), keyboard(0, u, keyUnicode|keyUp))
	}
	return send(in...)
}

// secureAttention: only a service may send it, and only where the policy for software secure attention allows.
func (w *windowsDriver) secureAttention() error {
	if !w.service {
		return ErrUnsupported
	}
	sas := windows.NewLazySystemDLL("sas.dll").NewProc("SendSAS")
	if err := sas.Find(); err != nil {
		return ErrUnsupported
	}
	_, _, _ = sas.Call(0)
	return nil
}
