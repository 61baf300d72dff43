package clipboard

import (
	"context"
	"runtime"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"tasuki/helper/internal/protocol"
)

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")

	openClipboard    = user32.NewProc("OpenClipboard")
	closeClipboard   = user32.NewProc("CloseClipboard")
	emptyClipboard   = user32.NewProc("EmptyClipboard")
	getClipboardData = user32.NewProc("GetClipboardData")
	setClipboardData = user32.NewProc("SetClipboardData")
	sequenceNumber   = user32.NewProc("GetClipboardSequenceNumber")
	createWindow     = user32.NewProc("CreateWindowExW")
	destroyWindow    = user32.NewProc("DestroyWindow")
	globalAlloc      = kernel32.NewProc("GlobalAlloc")
	globalFree       = kernel32.NewProc("GlobalFree")
	globalLock       = kernel32.NewProc("GlobalLock")
	globalUnlock     = kernel32.NewProc("GlobalUnlock")
	globalSize       = kernel32.NewProc("GlobalSize")
	moveMemory       = kernel32.NewProc("RtlMoveMemory")
)

const (
	cfUnicodeText = 13
	gmemMoveable  = 2
	pollEvery     = 250 * time.Millisecond
	// Another program may hold the clipboard for a moment.
	openTries = 20
	openPause = 10 * time.Millisecond
)

// windowsClipboard asks for changes by the clipboard's sequence number, which costs nothing.
type windowsClipboard struct {
	own echo
	mu  sync.Mutex
}

func open() (System, error) { return &windowsClipboard{}, nil }

func (c *windowsClipboard) Close() {}

func (c *windowsClipboard) Watch(ctx context.Context, changed func(string, error)) error {
	mark := func() (uintptr, error) {
		number, _, _ := sequenceNumber.Call()
		return number, nil
	}
	return poll(ctx, pollEvery, &c.own, mark, c.read, changed)
}

// withClipboard opens the clipboard on one thread, with a window of its own: without an owner nothing can be put there.
func (c *windowsClipboard) withClipboard(act func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	class, err := windows.UTF16PtrFromString("STATIC")
	if err != nil {
		return err
	}
	messageOnly := ^uintptr(2) // HWND_MESSAGE
	window, _, err := createWindow.Call(0, uintptr(unsafe.Pointer(class)), 0, 0, 0, 0, 0, 0, messageOnly, 0, 0, 0)
	if window == 0 {
		return err
	}
	defer destroyWindow.Call(window)
	for try := 0; ; try++ {
		ok, _, err := openClipboard.Call(window)
		if ok != 0 {
			break
		}
		if try == openTries {
			return err
		}
		time.Sleep(openPause)
	}
	defer closeClipboard.Call()
	return act()
}

func (c *windowsClipboard) Set(text string) error {
	units, err := windows.UTF16FromString(crlf(text))
	if err != nil {
		return err
	}
	c.own.note(text)
	return c.withClipboard(func() error {
		size := uintptr(len(units) * 2)
		memory, _, err := globalAlloc.Call(gmemMoveable, size)
		if memory == 0 {
			return err
		}
		target, _, err := globalLock.Call(memory)
		if target == 0 {
			globalFree.Call(memory)
			return err
		}
		moveMemory.Call(target, uintptr(unsafe.Pointer(&units[0])), size)
		globalUnlock.Call(memory)
		if ok, _, err := emptyClipboard.Call(); ok == 0 {
			globalFree.Call(memory)
			return err
		}
		// From here on the memory is the clipboard's.
		if handle, _, err := setClipboardData.Call(cfUnicodeText, memory); handle == 0 {
			globalFree.Call(memory)
			return err
		}
		return nil
	})
}

func (c *windowsClipboard) read() (text string, err error) {
	err = c.withClipboard(func() error {
		memory, _, _ := getClipboardData.Call(cfUnicodeText)
		if memory == 0 {
			return nil // a picture, files: no text
		}
		size, _, err := globalSize.Call(memory)
		if size == 0 {
			return err
		}
		// A NUL ends the text; what may stand behind it is not copied beyond the limit.
		units := make([]uint16, min(size/2, protocol.MaxClipboardChars*2+1))
		if len(units) == 0 {
			return nil
		}
		source, _, err := globalLock.Call(memory)
		if source == 0 {
			return err
		}
		moveMemory.Call(uintptr(unsafe.Pointer(&units[0])), source, uintptr(len(units)*2))
		globalUnlock.Call(memory)
		text = syscall.UTF16ToString(units)
		if protocol.Units(Clean(text)) > protocol.MaxClipboardChars {
			text = ""
			return ErrTooLong
		}
		return nil
	})
	return text, err
}
