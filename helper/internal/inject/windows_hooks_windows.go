package inject

import (
	"fmt"
	"runtime"
	"sync"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Low-level hooks see every event of mouse and keyboard before any program does. They belong to a thread, which must run
// a message loop, and they must answer quickly, or Windows drops them.

var (
	procSetWindowsHookEx    = user32.NewProc("SetWindowsHookExW")
	procUnhookWindowsHook   = user32.NewProc("UnhookWindowsHookEx")
	procCallNextHook        = user32.NewProc("CallNextHookEx")
	procGetMessage          = user32.NewProc("GetMessageW")
	procPeekMessage         = user32.NewProc("PeekMessageW")
	procPostThreadMessage   = user32.NewProc("PostThreadMessageW")
	procDispatchMessage     = user32.NewProc("DispatchMessageW")
	hookTouched             func()
	hookMutex               sync.RWMutex
	mouseHook, keyboardHook = sync.OnceValue(func() uintptr { return windows.NewCallback(onMouse) }), sync.OnceValue(func() uintptr { return windows.NewCallback(onKeyboard) })
)

const (
	whKeyboardLL = 13
	whMouseLL    = 14
	wmQuit       = 0x0012
	wmMouseMove  = 0x0200
)

type mouseEvent struct {
	x, y              int32
	data, flags, time uint32
	extra             uintptr
}

type keyEvent struct {
	vk, scan, flags, time uint32
	extra                 uintptr
}

type message struct {
	hwnd    uintptr
	message uint32
	w, l    uintptr
	time    uint32
	x, y    int32
	private uint32
}

func noticeOwn(injected bool, extra uintptr) {
	if injected && extra == marker {
		return
	}
	hookMutex.RLock()
	defer hookMutex.RUnlock()
	if hookTouched != nil {
		hookTouched()
	}
}

func onMouse(code int32, w uintptr, e *mouseEvent) uintptr {
	if code >= 0 && !(w == wmMouseMove && recent.has(point{int(e.x), int(e.y)})) {
		noticeOwn(e.flags&3 != 0, e.extra)
	}
	next, _, _ := procCallNextHook.Call(0, uintptr(code), w, uintptr(unsafe.Pointer(e)))
	return next
}

func onKeyboard(code int32, w uintptr, e *keyEvent) uintptr {
	if code >= 0 {
		noticeOwn(e.flags&0x12 != 0, e.extra)
	}
	next, _, _ := procCallNextHook.Call(0, uintptr(code), w, uintptr(unsafe.Pointer(e)))
	return next
}

// positions are the places the pointer was put to lately. A move to one of them moves nothing a person would notice;
// Wine, and some remote desktops, report an injected move a second time as if the mouse had made it.
type positions struct {
	mu   sync.Mutex
	ring [256]struct {
		at   point
		when time.Time
	}
	next int
}

var recent positions

func (r *positions) add(p point) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ring[r.next].at, r.ring[r.next].when = p, time.Now()
	r.next = (r.next + 1) % len(r.ring)
}

func (r *positions) has(p point) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.ring {
		if e := &r.ring[i]; e.at == p && time.Since(e.when) < 500*time.Millisecond {
			return true
		}
	}
	return false
}

// hooks is the thread that holds them. One at a time.
type hooks struct {
	thread uint32
	done   chan struct{}
}

func startHooks(touched func()) (*hooks, error) {
	hookMutex.Lock()
	hookTouched = touched
	hookMutex.Unlock()
	h := &hooks{done: make(chan struct{})}
	started := make(chan error, 1)
	go h.run(started)
	if err := <-started; err != nil {
		return nil, err
	}
	return h, nil
}

func (h *hooks) run(started chan<- error) {
	runtime.LockOSThread()
	defer close(h.done)
	h.thread = windows.GetCurrentThreadId()
	var m message
	// Looking at the queue makes it: stop posts into it.
	_, _, _ = procPeekMessage.Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0, 0)
	mouse, _, err := procSetWindowsHookEx.Call(whMouseLL, mouseHook(), 0, 0)
	if mouse == 0 {
		started <- fmt.Errorf("mouse hook: %w", err)
		return
	}
	defer func() { _, _, _ = procUnhookWindowsHook.Call(mouse) }()
	keyboard, _, err := procSetWindowsHookEx.Call(whKeyboardLL, keyboardHook(), 0, 0)
	if keyboard == 0 {
		started <- fmt.Errorf("keyboard hook: %w", err)
		return
	}
	defer func() { _, _, _ = procUnhookWindowsHook.Call(keyboard) }()
	started <- nil
	for {
		more, _, _ := procGetMessage.Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0)
		if int32(more) <= 0 {
			return
		}
		_, _, _ = procDispatchMessage.Call(uintptr(unsafe.Pointer(&m)))
	}
}

func (h *hooks) stop() {
	_, _, _ = procPostThreadMessage.Call(uintptr(h.thread), wmQuit, 0, 0)
	<-h.done
}
