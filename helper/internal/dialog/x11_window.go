//go:build unix && !darwin

package dialog

import (
	"errors"
	"image"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// xwindow is one open window. Everything in it needs x11.mu.
type xwindow struct {
	x      *x11
	id     xproto.Window
	gc     xproto.Gcontext
	form   form
	placed placed
	fields map[string]*textField
	// focus and pressed are ids of items; active: the window has the keyboard.
	focus, pressed string
	active         bool
	managed        bool
	picture        *image.RGBA
	queue          actQueue
	// place on the screen; drag holds the pointer's place inside while the window is being moved.
	place rect
	drag  *image.Point
	// raised is when it was last brought up; raising: it is about to be.
	raised  time.Time
	raising bool
	gone    bool
}

func (x *x11) open(f form) (surface, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.dead {
		return nil, errors.New("display is gone")
	}
	id, err := xproto.NewWindowId(x.conn)
	if err != nil {
		return nil, err
	}
	gc, err := xproto.NewGcontextId(x.conn)
	if err != nil {
		return nil, err
	}
	w := &xwindow{x: x, id: id, gc: gc, form: f, focus: f.focus, fields: map[string]*textField{}, queue: newActQueue(), managed: x.managed()}
	for _, i := range f.items {
		if i.role == roleField {
			w.fields[i.id] = &textField{digits: i.digits}
		}
	}
	w.placed = layout(f, formMeasurer{x.paint, f.corner}, x.paint.scale)
	w.place = x.firstPlace(f, w.placed)
	const events = xproto.EventMaskExposure | xproto.EventMaskKeyPress | xproto.EventMaskButtonPress | xproto.EventMaskButtonRelease |
		xproto.EventMaskButtonMotion | xproto.EventMaskStructureNotify | xproto.EventMaskFocusChange | xproto.EventMaskVisibilityChange
	err = xproto.CreateWindowChecked(x.conn, x.screen.RootDepth, id, x.screen.Root, int16(w.place.x), int16(w.place.y),
		uint16(w.place.w), uint16(w.place.h), 0, xproto.WindowClassInputOutput, x.screen.RootVisual,
		xproto.CwBackPixel|xproto.CwEventMask|xproto.CwCursor, []uint32{x.screen.WhitePixel, events, uint32(x.cursor)}).Check()
	if err != nil {
		return nil, err
	}
	xproto.CreateGC(x.conn, gc, xproto.Drawable(id), 0, nil)
	w.describe()
	x.shown[id] = w
	w.render()
	xproto.MapWindow(x.conn, id)
	return w, nil
}

// firstPlace: dialogs stand in the middle of the main monitor, the corner window right below.
func (x *x11) firstPlace(f form, p placed) rect {
	area := x.workArea()
	if f.corner {
		margin := x.paint.px(12)
		return rect{area.x + area.w - p.width - margin, area.y + area.h - p.height - margin, p.width, p.height}
	}
	return rect{area.x + max((area.w-p.width)/2, 0), area.y + max((area.h-p.height)/3, 0), p.width, p.height}
}

func (w *xwindow) acts() <-chan act { return w.queue }

func (w *xwindow) update(f form) {
	w.x.mu.Lock()
	defer w.x.mu.Unlock()
	if w.gone || slices.Equal(f.items, w.form.items) {
		return
	}
	w.form = f
	next := layout(f, formMeasurer{w.x.paint, f.corner}, w.x.paint.scale)
	if next.height != w.placed.height {
		w.resize(next.height)
	}
	w.placed = next
	w.render()
	w.blit()
}

// resize keeps the lower edge of the corner window, and the upper edge of the others, where it is.
func (w *xwindow) resize(height int) {
	if w.form.corner {
		w.place.y += w.place.h - height
	}
	w.place.h = height
	w.sizeHints()
	mask, values := uint16(xproto.ConfigWindowHeight), []uint32{uint32(height)}
	if !w.managed {
		// A window manager goes by the window's gravity; without one the place is ours to say.
		mask, values = mask|xproto.ConfigWindowY, []uint32{uint32(w.place.y), uint32(height)}
	}
	xproto.ConfigureWindow(w.x.conn, w.id, mask, values)
}

func (w *xwindow) close() {
	w.x.mu.Lock()
	defer w.x.mu.Unlock()
	if w.gone {
		return
	}
	w.gone = true
	delete(w.x.shown, w.id)
	if !w.x.dead {
		xproto.FreeGC(w.x.conn, w.gc)
		xproto.DestroyWindow(w.x.conn, w.id)
	}
}

// mapped: without a window manager nobody gives a dialog the keyboard, so it takes it. The corner window never does.
func (w *xwindow) mapped() {
	if w.form.corner || w.managed {
		return
	}
	xproto.SetInputFocus(w.x.conn, xproto.InputFocusPointerRoot, w.id, xproto.TimeCurrentTime)
}

// unmapped: the corner window cannot be put away while the session lasts; minimised, it comes back.
func (w *xwindow) unmapped() {
	if !w.form.corner {
		return
	}
	time.AfterFunc(300*time.Millisecond, func() {
		w.x.mu.Lock()
		defer w.x.mu.Unlock()
		if !w.gone && !w.x.dead {
			xproto.MapWindow(w.x.conn, w.id)
		}
	})
}

// covered brings the corner window up again: it is to be reachable at all times. At most once a second, so that two
// such windows do not fight.
func (w *xwindow) covered() {
	if !w.form.corner || w.raising {
		return
	}
	w.raising = true
	time.AfterFunc(time.Until(w.raised.Add(time.Second)), func() {
		w.x.mu.Lock()
		defer w.x.mu.Unlock()
		w.raising = false
		if !w.gone && !w.x.dead {
			w.raised = time.Now()
			xproto.ConfigureWindow(w.x.conn, w.id, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove})
		}
	})
}

// moved keeps track of the place on the screen; what the window manager reports is its own frame's reckoning.
func (w *xwindow) moved(e xproto.ConfigureNotifyEvent) {
	if w.drag == nil && !w.managed {
		w.place.x, w.place.y = int(e.X), int(e.Y)
	}
}

func (w *xwindow) focused(has bool) {
	if w.active != has {
		w.active = has
		w.refresh()
	}
}

func (w *xwindow) refresh() {
	w.render()
	w.blit()
}
