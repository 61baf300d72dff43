package dialog

import (
	"errors"

	"tasuki/helper/internal/dialog/appkit"
)

// macSystem shows forms with AppKit's controls, on the main thread.
type macSystem struct {
	// shown belongs to the main thread; by window number.
	shown map[uintptr]*macWindow
}

func newBackend() (backend, error) {
	if err := appkit.Load(); err != nil {
		return nil, err
	}
	return &macSystem{shown: map[uintptr]*macWindow{}}, nil
}

func (s *macSystem) run(main func()) { appkit.Run(main) }

func (s *macSystem) windows() []uintptr {
	var ids []uintptr
	appkit.Do(func() {
		for id := range s.shown {
			ids = append(ids, id)
		}
	})
	return ids
}

func (s *macSystem) open(f form) (surface, error) {
	var w *macWindow
	appkit.Do(func() { w = newMacWindow(s, f) })
	if w == nil {
		return nil, errors.New("the window could not be made")
	}
	return w, nil
}
