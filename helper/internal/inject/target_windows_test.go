package inject

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The target is a top-level EDIT control: it takes text as every Windows program does, and prints what reaches it.

func init() { target = showTarget }

var (
	procCreateWindowEx   = user32.NewProc("CreateWindowExW")
	procTranslateMessage = user32.NewProc("TranslateMessage")
	procGetWindowText    = user32.NewProc("GetWindowTextW")
	procSetWindowText    = user32.NewProc("SetWindowTextW")
	procClientToScreen   = user32.NewProc("ClientToScreen")
	procGetAsyncKeyState = user32.NewProc("GetAsyncKeyState")
)

func utf16Ptr(s string) uintptr {
	p, err := windows.UTF16PtrFromString(s)
	if err != nil {
		panic(err)
	}
	return uintptr(unsafe.Pointer(p))
}

func showTarget() {
	// A window belongs to the thread that made it.
	runtime.LockOSThread()
	_, _, _ = procSetProcessDPIAware.Call()
	const style = 0x10CF0000 | 0x4 | 0x1000 // visible overlapped window, ES_MULTILINE, ES_WANTRETURN
	hwnd, _, err := procCreateWindowEx.Call(0, utf16Ptr("EDIT"), utf16Ptr(""), style, 200, 150, 400, 300, 0, 0, 0, 0)
	if hwnd == 0 {
		fmt.Println("failed", err)
		return
	}
	_, _, _ = procSetForegroundWindow.Call(hwnd)
	fmt.Println("window", hwnd)
	// Standard input plays the customer's hand: events of another program than the injector.
	go func() {
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			switch in.Text() {
			case "move":
				m := mouse(mouseMove, 0, 3, 2)
				m.mi.extra = 0
				_ = send(m)
			case "key":
				down, up := keyboard(0, 0x1e, keyScan), keyboard(0, 0x1e, keyScan|keyUp)
				down.ki.extra, up.ki.extra = 0, 0
				_ = send(down, up)
			case "clear":
				_, _, _ = procSetWindowText.Call(hwnd, utf16Ptr(""))
				fmt.Println("cleared")
			}
		}
		os.Exit(0)
	}()
	var m message
	for {
		more, _, _ := procGetMessage.Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0)
		if int32(more) <= 0 {
			return
		}
		_, _, _ = procTranslateMessage.Call(uintptr(unsafe.Pointer(&m)))
		_, _, _ = procDispatchMessage.Call(uintptr(unsafe.Pointer(&m)))
		report(hwnd, m)
	}
}

func report(hwnd uintptr, m message) {
	at := struct{ x, y int32 }{int32(int16(m.l)), int32(int16(m.l >> 16))}
	switch m.message {
	case 0x102: // WM_CHAR
		var text [4096]uint16
		n, _, _ := procGetWindowText.Call(hwnd, uintptr(unsafe.Pointer(&text[0])), uintptr(len(text)))
		fmt.Printf("text %q\n", windows.UTF16ToString(text[:n]))
	case 0x100, 0x104:
		fmt.Printf("down %#x %d\n", uint16(m.l>>16)&0x1ff, m.w)
	case 0x101, 0x105:
		fmt.Printf("up %#x %d\n", uint16(m.l>>16)&0x1ff, m.w)
	case 0x201, 0x202, 0x204, 0x205, 0x207, 0x208, 0x20b, 0x20c:
		_, _, _ = procClientToScreen.Call(hwnd, uintptr(unsafe.Pointer(&at)))
		fmt.Printf("button %#x %d %d,%d\n", m.message, m.w>>16, at.x, at.y)
	case 0x20a, 0x20e:
		fmt.Printf("wheel %#x %d\n", m.message, int16(m.w>>16))
	}
}
