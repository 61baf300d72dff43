package dialog

import (
	"errors"
	"unsafe"

	"tasuki/helper/internal/dialog/win32"
)

// winSystem shows forms with the system's own controls, on one thread.
type winSystem struct {
	thread *win32.Thread
	// shown belongs to the thread.
	shown map[uintptr]*winWindow
}

func newBackend() (backend, error) {
	const perMonitorV2 = ^uintptr(3) // DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2, -4
	if win32.User("SetProcessDpiAwarenessContext", perMonitorV2) == 0 {
		win32.User("SetProcessDPIAware")
	}
	s := &winSystem{shown: map[uintptr]*winWindow{}}
	thread, err := win32.Start()
	if err != nil {
		return nil, err
	}
	s.thread = thread
	thread.Do(func() {
		visualStyles()
		thread.Filter = s.filter
	})
	return s, nil
}

// visualStyles gives this thread's windows the controls of today's look (common controls 6), by the manifest that the
// shell carries; where that is not there the old look serves.
func visualStyles() {
	type actCtx struct {
		size, flags       uint32
		source            *uint16
		architecture      uint16
		language          uint16
		assemblyDirectory *uint16
		resource          uintptr
		application       *uint16
		module            uintptr
	}
	const resourceValid, directoryValid, manifest = 8, 4, 124
	directory := make([]uint16, 261)
	if win32.Kernel("GetSystemDirectoryW", uintptr(unsafe.Pointer(&directory[0])), uintptr(len(directory))) == 0 {
		return
	}
	context := actCtx{flags: resourceValid | directoryValid, source: win32.UTF16("shell32.dll"), assemblyDirectory: &directory[0], resource: manifest}
	context.size = uint32(unsafe.Sizeof(context))
	handle := win32.Kernel("CreateActCtxW", uintptr(unsafe.Pointer(&context)))
	if handle == 0 || handle == ^uintptr(0) {
		return
	}
	var cookie uintptr
	win32.Kernel("ActivateActCtx", handle, uintptr(unsafe.Pointer(&cookie)))
}

func (s *winSystem) run(main func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		main()
	}()
	<-done
}

func (s *winSystem) windows() []uintptr {
	var ids []uintptr
	s.thread.Do(func() {
		for id := range s.shown {
			ids = append(ids, id)
		}
	})
	return ids
}

func (s *winSystem) open(f form) (surface, error) {
	var w *winWindow
	s.thread.Do(func() { w = newWinWindow(s, f) })
	if w == nil {
		return nil, errors.New("the window could not be made")
	}
	return w, nil
}

const (
	wmKeyDown   = 0x0100
	keyVReturn  = 0x0d
	keyVEscape  = 0x1b
	bmClick     = 0x00f5
	ancestorTop = 2
)

// filter gives our windows Tab, Enter and Escape as dialogs have them.
func (s *winSystem) filter(m *win32.Msg) bool {
	if m.Window == 0 {
		return false
	}
	w := s.shown[win32.User("GetAncestor", m.Window, ancestorTop)]
	if w == nil {
		return false
	}
	if m.Message == wmKeyDown {
		switch m.WParam {
		case keyVReturn:
			w.enter()
			return true
		case keyVEscape:
			// A stray Escape must not end a session that goes on.
			if !w.form.corner {
				w.queue.post(act{kind: actPress, id: idCancel})
			}
			return true
		}
	}
	return win32.User("IsDialogMessageW", w.id, uintptr(unsafe.Pointer(m))) != 0
}
