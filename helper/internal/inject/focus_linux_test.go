package inject

import (
	"testing"
	"time"

	"tasuki/helper/internal/inject/testwindow"
)

// The helper's own window has the focus, another one is clicked, and the desktop is slow: the key waits for the focus.
func TestKeysWaitForTheFocusOfWhatWasClicked(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	own := d.window(testwindow.Options{Title: "own", X: 600, Y: 400})
	other := d.window(testwindow.Options{Title: "other", X: 50, Y: 50})
	x.Protect(func() []uintptr { return []uintptr{uintptr(own.ID)} })
	d.focus(own)
	want(t, "a key for the helper's own", x.Key("ControlLeft", true), ErrProtected)

	ok(t, x.Button(surface(other), 0.5, 0.5, 0, true), x.Button(surface(other), 0.5, 0.5, 0, false))
	time.AfterFunc(100*time.Millisecond, func() { _ = other.Focus() })
	ok(t, x.Key("ControlLeft", true), x.Key("ControlLeft", false))
	d.until("the focus", other.Focused)

	d.focus(own)
	x.click = click{}
	want(t, "a key long after the click", x.Key("KeyA", true), ErrProtected)
}
