package dialog

import (
	"slices"

	"github.com/ebitengine/purego/objc"

	"tasuki/helper/internal/dialog/appkit"
)

// macWindow is one open window; everything in it belongs to the main thread.
type macWindow struct {
	system *macSystem
	panel  objc.ID
	number uintptr
	form   form
	// controls holds one view per item; names the label beside it: a field's name, a point's bullet.
	controls, names []objc.ID
	stops           []func()
	queue           actQueue
}

const (
	styleTitled, styleClosable, styleNonactivating = 1, 2, 1 << 7
	bufferedStore                                  = 2
	levelFloating, levelStatus                     = 3, 25
	allSpaces, besideFullScreen                    = 1, 1 << 8
)

func newMacWindow(s *macSystem, f form) *macWindow {
	w := &macWindow{system: s, form: f, queue: newActQueue(), controls: make([]objc.ID, len(f.items)), names: make([]objc.ID, len(f.items))}
	style, level := uint(styleTitled|styleClosable), levelFloating
	if f.corner {
		style, level = style|styleNonactivating, levelStatus
	}
	w.panel = appkit.Class("NSPanel").Send(appkit.Selector("alloc")).Send(appkit.Selector("initWithContentRect:styleMask:backing:defer:"),
		appkit.MakeRect(0, 0, 100, 100), style, uint(bufferedStore), false)
	if w.panel == 0 {
		return nil
	}
	w.send("setReleasedWhenClosed:", false)
	w.send("setHidesOnDeactivate:", false)
	w.send("setMovableByWindowBackground:", true)
	w.send("setTitle:", appkit.String(f.title))
	w.send("setLevel:", level)
	w.send("setCollectionBehavior:", uint(allSpaces|besideFullScreen))
	w.send("setDelegate:", appkit.Target())
	w.listen(w.panel, func() { w.queue.post(act{kind: actClose}) })
	for n, i := range f.items {
		w.make(n, i)
	}
	p := w.arrange()
	w.send("setContentSize:", appkit.Size{Width: float64(p.width), Height: float64(p.height)})
	w.firstPlace()
	w.show()
	w.number = objc.Send[uintptr](w.panel, appkit.Selector("windowNumber"))
	s.shown[w.number] = w
	return w
}

func (w *macWindow) send(selector string, arguments ...any) objc.ID {
	return w.panel.Send(appkit.Selector(selector), arguments...)
}

func (w *macWindow) listen(sender objc.ID, fn func()) {
	w.stops = append(w.stops, appkit.Listen(sender, fn))
}

func (w *macWindow) firstPlace() {
	if !w.form.corner {
		w.send("center")
		return
	}
	area := objc.Send[appkit.Rect](appkit.Class("NSScreen").Send(appkit.Selector("mainScreen")), appkit.Selector("visibleFrame"))
	frame := objc.Send[appkit.Rect](w.panel, appkit.Selector("frame"))
	w.send("setFrameOrigin:", appkit.Point{X: area.Origin.X + area.Size.Width - frame.Size.Width - 12, Y: area.Origin.Y + 12})
}

func (w *macWindow) show() {
	if w.form.corner {
		w.send("orderFrontRegardless")
		return
	}
	appkit.Class("NSApplication").Send(appkit.Selector("sharedApplication")).Send(appkit.Selector("activateIgnoringOtherApps:"), true)
	w.send("makeKeyAndOrderFront:", objc.ID(0))
	for n, i := range w.form.items {
		if i.id != "" && i.id == w.form.focus {
			w.send("makeFirstResponder:", w.controls[n])
		}
	}
}

// arrange puts the controls in their places; AppKit counts from below.
func (w *macWindow) arrange() placed {
	p := layout(w.form, macMeasurer{w.form.corner}, 1)
	frame := func(r rect) appkit.Rect {
		return appkit.MakeRect(float64(r.x), float64(p.height-r.y-r.h), float64(r.w), float64(r.h))
	}
	for n, i := range w.form.items {
		w.controls[n].Send(appkit.Selector("setHidden:"), i.label == "")
		w.controls[n].Send(appkit.Selector("setFrame:"), frame(p.rects[n]))
		if w.names[n] == 0 {
			continue
		}
		at := p.labels[n]
		if i.role == rolePoint {
			at = rect{p.rects[n].x - 16, p.rects[n].y, 14, p.rects[n].h}
		}
		w.names[n].Send(appkit.Selector("setHidden:"), i.label == "")
		w.names[n].Send(appkit.Selector("setFrame:"), frame(at))
	}
	return p
}

func (w *macWindow) acts() <-chan act { return w.queue }

func (w *macWindow) update(f form) {
	appkit.Do(func() {
		if w.panel == 0 || slices.Equal(f.items, w.form.items) {
			return
		}
		w.form = f
		for n := range f.items {
			w.refresh(n)
		}
		p := w.arrange()
		before := objc.Send[appkit.Rect](w.panel, appkit.Selector("frame"))
		w.send("setContentSize:", appkit.Size{Width: float64(p.width), Height: float64(p.height)})
		if f.corner {
			// Its lower edge stays; setContentSize keeps the upper one.
			w.send("setFrameOrigin:", before.Origin)
		}
	})
}

func (w *macWindow) close() {
	appkit.Do(func() {
		if w.panel == 0 {
			return
		}
		delete(w.system.shown, w.number)
		for _, stop := range w.stops {
			stop()
		}
		w.send("setDelegate:", objc.ID(0))
		w.send("close")
		w.send("release")
		w.panel = 0
	})
}
