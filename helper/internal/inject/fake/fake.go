// Package fake is an injector for tests: it presses nothing and remembers every call.
package fake

import (
	"fmt"
	"slices"
	"sync"

	"tasuki/helper/internal/inject"
)

// Injector records calls as text, for example "move monitor/0 0.5 0.25", "button window/7 0 0 0 down", "key KeyA up",
// "address window/7", `text "é"`. The zero value is ready. All methods may be called from any goroutine.
type Injector struct {
	mu        sync.Mutex
	calls     []string
	held      []string
	confined  []inject.Surface
	protected func() []uintptr
	focused   bool
	closed    bool
	own       chan struct{}

	// Err, when set, is asked before every event with the record of the call; an error is returned and nothing recorded.
	Err func(call string) error
	// What Info answers; the zero value stands for a backend "fake" that can do everything.
	Describe *inject.Info
}

var _ inject.Injector = (*Injector)(nil)

func (f *Injector) do(press, release string, format string, args ...any) error {
	call := fmt.Sprintf(format, args...)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return inject.ErrUnsupported
	}
	if f.Err != nil {
		if err := f.Err(call); err != nil {
			return err
		}
	}
	f.calls = append(f.calls, call)
	if press != "" && !slices.Contains(f.held, press) {
		f.held = append(f.held, press)
	}
	if release != "" {
		f.held = slices.DeleteFunc(f.held, func(h string) bool { return h == release })
	}
	return nil
}

func name(s inject.Surface) string { return s.Kind + "/" + s.ID }

func hold(what string, down bool) (press, release, word string) {
	if down {
		return what, "", "down"
	}
	return "", what, "up"
}

// Calls returns what was called so far, in order.
func (f *Injector) Calls() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// Held returns the keys and buttons that are down ("key KeyA", "button 0").
func (f *Injector) Held() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.held)
}

// Touch plays the customer touching mouse or keyboard.
func (f *Injector) Touch() {
	select {
	case f.channel() <- struct{}{}:
	default:
	}
}

func (f *Injector) channel() chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.own == nil {
		f.own = make(chan struct{}, 1)
	}
	return f.own
}

// Confined returns the windows input is limited to.
func (f *Injector) Confined() []inject.Surface {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.confined)
}

// Protected returns the windows that are protected now.
func (f *Injector) Protected() []uintptr {
	f.mu.Lock()
	protected := f.protected
	f.mu.Unlock()
	if protected == nil {
		return nil
	}
	return protected()
}

// FocusedProtected tells whether ProtectFocused is on.
func (f *Injector) FocusedProtected() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.focused
}

func (f *Injector) Info() inject.Info {
	if f.Describe != nil {
		return *f.Describe
	}
	return inject.Info{Backend: "fake", CtrlAltDel: true, Text: true}
}

func (f *Injector) Move(s inject.Surface, x, y float64) error {
	return f.do("", "", "move %s %v %v", name(s), x, y)
}

func (f *Injector) Button(s inject.Surface, x, y float64, button int, down bool) error {
	press, release, word := hold(fmt.Sprintf("button %d", button), down)
	return f.do(press, release, "button %s %v %v %d %s", name(s), x, y, button, word)
}

func (f *Injector) Wheel(s inject.Surface, x, y, dx, dy float64) error {
	return f.do("", "", "wheel %s %v %v %v %v", name(s), x, y, dx, dy)
}

func (f *Injector) Key(code string, down bool) error {
	press, release, word := hold("key "+code, down)
	return f.do(press, release, "key %s %s", code, word)
}

func (f *Injector) Address(s inject.Surface) error { return f.do("", "", "address %s", name(s)) }

func (f *Injector) Text(text string) error { return f.do("", "", "text %q", text) }

func (f *Injector) SecureAttention() error { return f.do("", "", "secure-attention") }

func (f *Injector) ReleaseAll() error {
	err := f.do("", "", "release-all")
	f.mu.Lock()
	defer f.mu.Unlock()
	if err == nil {
		f.held = nil
	}
	return err
}

func (f *Injector) Confine(windows []inject.Surface) error {
	if err := f.do("", "", "confine %d", len(windows)); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.confined = slices.Clone(windows)
	return nil
}

func (f *Injector) Protect(windows func() []uintptr) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.protected = windows
}

func (f *Injector) ProtectFocused(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.focused = on
}

func (f *Injector) OwnInput() <-chan struct{} { return f.channel() }

// Close releases everything, as a real injector does.
func (f *Injector) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.calls = append(f.calls, "close")
	}
	f.closed, f.held = true, nil
	return nil
}
