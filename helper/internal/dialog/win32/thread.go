//go:build windows

package win32

import (
	"errors"
	"runtime"
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"
)

const (
	wmApp      = 0x8000
	className  = "TasukiHelper"
	arrowShape = 32512
)

// Handler hears a window's messages on the thread; handled false leaves the message to the system.
type Handler func(message uint32, wParam, lParam uintptr) (result uintptr, handled bool)

// Thread owns windows and runs their message loop. Windows must be made and used on it: see Do.
type Thread struct {
	// Filter sees each message first; true: it is done with. Set it before the first window is made.
	Filter func(*Msg) bool

	window uintptr
	mu     sync.Mutex
	work   []func()
}

var (
	registerOnce sync.Once
	handlersMu   sync.RWMutex
	handlers     = map[uintptr]Handler{}
)

// Start makes a thread with its loop. It lives as long as the program.
func Start() (*Thread, error) {
	t := &Thread{}
	ready := make(chan error)
	go func() {
		runtime.LockOSThread()
		registerOnce.Do(register)
		const messageOnly = ^uintptr(2) // HWND_MESSAGE, -3
		t.window = t.Create(0, "", 0, 0, 0, 0, 0, messageOnly, func(message uint32, _, _ uintptr) (uintptr, bool) {
			if message == wmApp {
				t.runWork()
			}
			return 0, message == wmApp
		})
		if t.window == 0 {
			ready <- errors.New("no window can be made on this desktop")
			return
		}
		ready <- nil
		t.loop()
	}()
	if err := <-ready; err != nil {
		return nil, err
	}
	return t, nil
}

type wndClassEx struct {
	size, style                        uint32
	proc                               uintptr
	classExtra, windowExtra            int32
	instance, icon, cursor, background uintptr
	menuName, className                *uint16
	smallIcon                          uintptr
}

func register() {
	class := wndClassEx{proc: windows.NewCallback(procedure), className: UTF16(className),
		instance: Kernel("GetModuleHandleW", 0), cursor: User("LoadCursorW", 0, arrowShape), background: GDI("GetStockObject", 0)}
	class.size = uint32(unsafe.Sizeof(class))
	User("RegisterClassExW", uintptr(unsafe.Pointer(&class)))
}

func procedure(window, message, wParam, lParam uintptr) uintptr {
	handlersMu.RLock()
	handler := handlers[window]
	handlersMu.RUnlock()
	if handler != nil {
		if result, handled := handler(uint32(message), wParam, lParam); handled {
			return result
		}
	}
	return User("DefWindowProcW", window, message, wParam, lParam)
}

// Create makes a top-level window of the helper's class; 0 when it failed. To be called on the thread.
func (t *Thread) Create(exStyle uint32, title string, style uint32, x, y, width, height int, parent uintptr, handler Handler) uintptr {
	window := User("CreateWindowExW", uintptr(exStyle), uintptr(unsafe.Pointer(UTF16(className))), uintptr(unsafe.Pointer(UTF16(title))),
		uintptr(style), Signed(x), Signed(y), Signed(width), Signed(height), parent, 0, Kernel("GetModuleHandleW", 0), 0)
	if window != 0 {
		handlersMu.Lock()
		handlers[window] = handler
		handlersMu.Unlock()
	}
	return window
}

// Destroy takes a window away. To be called on the thread.
func (t *Thread) Destroy(window uintptr) {
	handlersMu.Lock()
	delete(handlers, window)
	handlersMu.Unlock()
	User("DestroyWindow", window)
}

// Do runs fn on the thread and waits for it. Not to be called on the thread itself.
func (t *Thread) Do(fn func()) {
	done := make(chan struct{})
	t.Post(func() {
		defer close(done)
		fn()
	})
	<-done
}

// Post runs fn on the thread, later.
func (t *Thread) Post(fn func()) {
	t.mu.Lock()
	t.work = append(t.work, fn)
	t.mu.Unlock()
	User("PostMessageW", t.window, wmApp, 0, 0)
}

func (t *Thread) runWork() {
	t.mu.Lock()
	work := t.work
	t.work = nil
	t.mu.Unlock()
	for _, fn := range work {
		fn()
	}
}

func (t *Thread) loop() {
	var message Msg
	for int32(User("GetMessageW", uintptr(unsafe.Pointer(&message)), 0, 0, 0)) > 0 {
		if t.Filter != nil && t.Filter(&message) {
			continue
		}
		User("TranslateMessage", uintptr(unsafe.Pointer(&message)))
		User("DispatchMessageW", uintptr(unsafe.Pointer(&message)))
	}
}
