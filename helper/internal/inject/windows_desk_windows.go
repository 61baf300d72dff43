package inject

import (
	"strconv"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
)

var (
	user32                    = windows.NewLazySystemDLL("user32.dll")
	procSendInput             = user32.NewProc("SendInput")
	procGetSystemMetrics      = user32.NewProc("GetSystemMetrics")
	procWindowFromPoint       = user32.NewProc("WindowFromPoint")
	procGetAncestor           = user32.NewProc("GetAncestor")
	procGetWindow             = user32.NewProc("GetWindow")
	procGetWindowRect         = user32.NewProc("GetWindowRect")
	procIsWindow              = user32.NewProc("IsWindow")
	procIsIconic              = user32.NewProc("IsIconic")
	procShowWindow            = user32.NewProc("ShowWindow")
	procGetForegroundWindow   = user32.NewProc("GetForegroundWindow")
	procSetForegroundWindow   = user32.NewProc("SetForegroundWindow")
	procBringWindowToTop      = user32.NewProc("BringWindowToTop")
	procAttachThreadInput     = user32.NewProc("AttachThreadInput")
	procGetWindowThread       = user32.NewProc("GetWindowThreadProcessId")
	procGetKeyboardLayout     = user32.NewProc("GetKeyboardLayout")
	procMapVirtualKeyEx       = user32.NewProc("MapVirtualKeyExW")
	procEnumDisplayDevices    = user32.NewProc("EnumDisplayDevicesW")
	procEnumDisplaySettings   = user32.NewProc("EnumDisplaySettingsExW")
	procSetProcessDpiContext  = user32.NewProc("SetProcessDpiAwarenessContext")
	procSetProcessDPIAware    = user32.NewProc("SetProcessDPIAware")
	procDwmGetWindowAttribute = windows.NewLazySystemDLL("dwmapi.dll").NewProc("DwmGetWindowAttribute")
	dpiPerMonitorV2           = ^uintptr(3) // DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2
)

const (
	smSwapButton = 23
	smDeskX      = 76
	smDeskY      = 77
	smDeskW      = 78
	smDeskH      = 79

	rootAncestor  = 2 // GA_ROOT
	windowOwner   = 4 // GW_OWNER
	frameBounds   = 9 // DWMWA_EXTENDED_FRAME_BOUNDS
	displayActive = 1
	maxOwners     = 4
	maxDisplays   = 32
)

// windowsDriver injects with SendInput into the session's desktop.
type windowsDriver struct {
	service      bool
	hooks        *hooks
	layout       layout
	restX, restY float64
}

func openWindows(own *ownInput) (*windowsDriver, error) {
	// Without it Windows would tell other pixels than those on the screen.
	if procSetProcessDpiContext.Find() == nil {
		_, _, _ = procSetProcessDpiContext.Call(dpiPerMonitorV2)
	} else {
		_, _, _ = procSetProcessDPIAware.Call()
	}
	h, err := startHooks(own.touch)
	if err != nil {
		return nil, err
	}
	service, err := svc.IsWindowsService()
	return &windowsDriver{service: err == nil && service, hooks: h}, nil
}

func (w *windowsDriver) info() Info {
	return Info{Backend: "windows", CtrlAltDel: w.service, Text: true}
}

func (w *windowsDriver) close() { w.hooks.stop() }

func virtualDesk() rect {
	metric := func(i uintptr) int {
		v, _, _ := procGetSystemMetrics.Call(i)
		return int(int32(v))
	}
	return rect{metric(smDeskX), metric(smDeskY), metric(smDeskW), metric(smDeskH)}
}

func (w *windowsDriver) place(s Surface) (rect, uintptr, error) {
	switch s.Kind {
	case "window":
		id, err := strconv.ParseUint(s.ID, 10, 32)
		if err != nil || id == 0 {
			return rect{}, 0, ErrUnknownSurface
		}
		r, err := windowBounds(uintptr(id))
		return r, uintptr(id), err
	case "monitor":
		r, err := monitorBounds(s)
		return r, 0, err
	}
	return rect{}, 0, ErrUnknownSurface
}

// windowBounds is the visible frame, without the invisible border for resizing and the shadow: browsers capture that.
func windowBounds(hwnd uintptr) (rect, error) {
	if is, _, _ := procIsWindow.Call(hwnd); is == 0 {
		return rect{}, ErrUnknownSurface
	}
	var r windows.Rect
	result := uintptr(1)
	if procDwmGetWindowAttribute.Find() == nil {
		result, _, _ = procDwmGetWindowAttribute.Call(hwnd, frameBounds, uintptr(unsafe.Pointer(&r)), unsafe.Sizeof(r))
	}
	if int32(result) != 0 || r.Right <= r.Left {
		if done, _, _ := procGetWindowRect.Call(hwnd, uintptr(unsafe.Pointer(&r))); done == 0 {
			return rect{}, ErrUnknownSurface
		}
	}
	return rect{int(r.Left), int(r.Top), int(r.Right - r.Left), int(r.Bottom - r.Top)}, nil
}

type displayDevice struct {
	size        uint32
	name        [32]uint16
	description [128]uint16
	state       uint32
	id, key     [128]uint16
}

// deviceMode is DEVMODEW as far as it is read; the arms of its unions that matter for displays.
type deviceMode struct {
	name               [32]uint16
	version, driver    uint16
	size, extra        uint16
	fields             uint32
	x, y               int32
	orientation, fixed uint32
	_                  [5]uint16
	form               [32]uint16
	_                  uint16
	bits, width        uint32
	height             uint32
	_                  [10]uint32
}

// monitorBounds finds a display by its index among the display devices, which is what the browser's label tells; or the
// only one; or the only one that has the size of the picture.
func monitorBounds(s Surface) (rect, error) {
	displays := map[int]rect{}
	for i := range maxDisplays {
		device := displayDevice{}
		device.size = uint32(unsafe.Sizeof(device))
		if more, _, _ := procEnumDisplayDevices.Call(0, uintptr(i), uintptr(unsafe.Pointer(&device)), 0); more == 0 {
			break
		}
		mode := deviceMode{size: uint16(unsafe.Sizeof(deviceMode{}))}
		const current = 0xffffffff // ENUM_CURRENT_SETTINGS
		found, _, _ := procEnumDisplaySettings.Call(uintptr(unsafe.Pointer(&device.name[0])), current, uintptr(unsafe.Pointer(&mode)), 0)
		if device.state&displayActive != 0 && found != 0 && mode.width > 0 {
			displays[i] = rect{int(mode.x), int(mode.y), int(mode.width), int(mode.height)}
		}
	}
	if id, err := strconv.Atoi(s.ID); err == nil {
		if r, ok := displays[id]; ok {
			return r, nil
		}
	}
	var fitting []rect
	for _, r := range displays {
		if len(displays) == 1 || r.w == s.Width && r.h == s.Height {
			fitting = append(fitting, r)
		}
	}
	switch {
	case len(fitting) == 1:
		return fitting[0], nil
	case len(displays) == 0:
		return virtualDesk(), nil
	}
	return rect{}, ErrUnknownSurface
}

// under: Windows knows exactly, at no cost.
func (w *windowsDriver) under(p point, _ bool) []uintptr {
	// POINT is passed by value in one register.
	hwnd, _, _ := procWindowFromPoint.Call(uintptr(uint32(int32(p.x))) | uintptr(uint32(int32(p.y)))<<32)
	return w.owners(hwnd)
}

func (w *windowsDriver) focused() []uintptr {
	hwnd, _, _ := procGetForegroundWindow.Call()
	return w.owners(hwnd)
}

func (w *windowsDriver) top(hwnd uintptr) uintptr {
	root, _, _ := procGetAncestor.Call(hwnd, rootAncestor)
	return root
}

func (w *windowsDriver) ours(hwnd uintptr) bool {
	var pid uint32
	_, _, _ = procGetWindowThread.Call(hwnd, uintptr(unsafe.Pointer(&pid)))
	return pid == windows.GetCurrentProcessId()
}

// owners is the top-level window with the windows that own it: dialogs and menus are owned.
func (w *windowsDriver) owners(hwnd uintptr) []uintptr {
	var chain []uintptr
	for hwnd = w.top(hwnd); hwnd != 0 && len(chain) <= maxOwners; hwnd, _, _ = procGetWindow.Call(hwnd, windowOwner) {
		chain = append(chain, hwnd)
	}
	return chain
}

// activate: Windows lets only the foreground program give the foreground away; sharing its input queue counts as that.
func (w *windowsDriver) activate(hwnd uintptr) {
	if iconic, _, _ := procIsIconic.Call(hwnd); iconic != 0 {
		_, _, _ = procShowWindow.Call(hwnd, 9)
	}
	_, _, _ = procBringWindowToTop.Call(hwnd)
	if done, _, _ := procSetForegroundWindow.Call(hwnd); done != 0 {
		return
	}
	front, _, _ := procGetForegroundWindow.Call()
	thread, _, _ := procGetWindowThread.Call(front, 0)
	self := uintptr(windows.GetCurrentThreadId())
	_, _, _ = procAttachThreadInput.Call(self, thread, 1)
	_, _, _ = procSetForegroundWindow.Call(hwnd)
	_, _, _ = procAttachThreadInput.Call(self, thread, 0)
}
