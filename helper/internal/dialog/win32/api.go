//go:build windows

// Package win32 is the little of the Windows user interface that the dialogs and the tray need: a thread with a message
// loop, and the calls and structures they share.
package win32

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")
	gdi32    = windows.NewLazySystemDLL("gdi32.dll")
	shell32  = windows.NewLazySystemDLL("shell32.dll")
)

// Call calls a function of one of the system's libraries, "user32.MessageBeep"; 0 when this Windows has no such function.
func Call(library *windows.LazyDLL, name string, arguments ...uintptr) uintptr {
	proc := library.NewProc(name)
	if proc.Find() != nil {
		return 0
	}
	result, _, _ := proc.Call(arguments...)
	return result
}

// User calls user32, GDI gdi32, Shell shell32, Kernel kernel32.
func User(name string, arguments ...uintptr) uintptr { return Call(user32, name, arguments...) }

// GDI calls gdi32.
func GDI(name string, arguments ...uintptr) uintptr { return Call(gdi32, name, arguments...) }

// Shell calls shell32.
func Shell(name string, arguments ...uintptr) uintptr { return Call(shell32, name, arguments...) }

// Kernel calls kernel32.
func Kernel(name string, arguments ...uintptr) uintptr { return Call(kernel32, name, arguments...) }

// Has tells whether user32 has a function.
func Has(name string) bool { return user32.NewProc(name).Find() == nil }

// UTF16 makes a zero-terminated string; what cannot be one is left empty.
func UTF16(s string) *uint16 {
	p, err := windows.UTF16PtrFromString(s)
	if err != nil {
		return new(uint16)
	}
	return p
}

// Text reads a window's text, at most 1000 characters.
func Text(window uintptr) string {
	buffer := make([]uint16, 1001)
	User("GetWindowTextW", window, uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer)))
	return windows.UTF16ToString(buffer)
}

// ClassName gives the name of a window's class.
func ClassName(window uintptr) string {
	buffer := make([]uint16, 257)
	User("GetClassNameW", window, uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer)))
	return windows.UTF16ToString(buffer)
}

// SetText sets a window's text when it is another one, so that nothing flickers.
func SetText(window uintptr, s string) {
	if Text(window) != s {
		User("SetWindowTextW", window, uintptr(unsafe.Pointer(UTF16(s))))
	}
}

// Point, Rect and Msg are the system's structures.
type Point struct{ X, Y int32 }

// Rect is RECT.
type Rect struct{ Left, Top, Right, Bottom int32 }

// Msg is MSG.
type Msg struct {
	Window  uintptr
	Message uint32
	WParam  uintptr
	LParam  uintptr
	Time    uint32
	Point   Point
	private uint32
}

// Signed turns a negative number into an argument.
func Signed(n int) uintptr { return uintptr(n) }
