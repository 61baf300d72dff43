package dialog

import (
	"slices"
	"unsafe"

	"tasuki/helper/internal/dialog/win32"
	"tasuki/helper/internal/tray"
)

// winWindow is one open window; everything in it belongs to the thread.
type winWindow struct {
	system *winSystem
	id     uintptr
	form   form
	scale  float64
	fonts  winFonts
	// controls holds one per item; names the STATIC beside it: a field's name, a point's bullet.
	controls, names []uintptr
	last            uintptr // control that had the focus
	filling         bool    // a field is being written by us
	queue           actQueue
	brush, icon     uintptr
}

const (
	wsPopup, wsCaption, wsSysMenu, wsVisible, wsChild, wsTabStop, wsClip = 0x80000000, 0x00c00000, 0x00080000, 0x10000000, 0x40000000, 0x00010000, 0x02000000
	exTopmost, exAppWindow, exControlParent, exClientEdge                = 0x8, 0x40000, 0x10000, 0x200
	swpNoSize, swpNoMove, swpNoZOrder, swpNoActivate                     = 1, 2, 4, 0x10
	showNormal, showNoActivate                                           = 1, 4
	windowStyle                                                          = wsPopup | wsCaption | wsSysMenu | wsClip
	windowExStyle                                                        = exTopmost | exAppWindow | exControlParent
	topmost                                                              = ^uintptr(0) // HWND_TOPMOST, -1
	wmSetIcon, smallIconWidth                                            = 0x80, 49
	stayTimer                                                            = 1
)

func newWinWindow(s *winSystem, f form) *winWindow {
	w := &winWindow{system: s, form: f, queue: newActQueue(), controls: make([]uintptr, len(f.items)), names: make([]uintptr, len(f.items))}
	w.id = s.thread.Create(windowExStyle, f.title, windowStyle, 0, 0, 100, 100, 0, w.handle)
	if w.id == 0 {
		return nil
	}
	s.shown[w.id] = w
	w.icon = tray.IconHandle(int(win32.User("GetSystemMetrics", smallIconWidth)))
	win32.User("SendMessageW", w.id, wmSetIcon, 0, w.icon)
	w.brush = win32.GDI("CreateSolidBrush", 0xffffff)
	w.setScale(float64(dpiOf(w.id)) / 96)
	for n, i := range f.items {
		w.make(n, i)
	}
	p := w.arrange()
	w.firstPlace(p)
	w.show()
	return w
}

func dpiOf(window uintptr) int {
	if dpi := win32.User("GetDpiForWindow", window); dpi != 0 {
		return int(dpi)
	}
	const logPixelsX = 88
	screen := win32.User("GetDC", 0)
	defer win32.User("ReleaseDC", 0, screen)
	return max(int(win32.GDI("GetDeviceCaps", screen, logPixelsX)), 96)
}

// setScale makes the fonts for a scale and gives them to the controls.
func (w *winWindow) setScale(scale float64) {
	old := w.fonts
	w.scale, w.fonts = scale, newWinFonts(scale)
	for n := range w.controls {
		w.setFonts(n)
	}
	old.free()
}

// arrange puts the controls in their places and gives the layout.
func (w *winWindow) arrange() placed {
	p := layout(w.form, w, w.scale)
	for n, i := range w.form.items {
		control, name, r := w.controls[n], w.names[n], p.rects[n]
		visible := uintptr(0)
		if i.label != "" {
			visible = 5 // SW_SHOW
		}
		if i.role == roleField {
			// Text stands at the top of an EDIT, so the box is made as high as its text wants, with a little air.
			_, line := w.measure(item{role: roleField, digits: i.digits, label: "0"}, r.w)
			r.h = line + int(8*w.scale)
		}
		win32.User("MoveWindow", control, win32.Signed(r.x), win32.Signed(r.y), win32.Signed(r.w), win32.Signed(r.h), 1)
		win32.User("ShowWindow", control, visible)
		if name != 0 {
			at := p.labels[n]
			if i.role == rolePoint {
				at = rect{r.x - int(14*w.scale), r.y, int(12 * w.scale), r.h}
			}
			win32.User("MoveWindow", name, win32.Signed(at.x), win32.Signed(at.y), win32.Signed(at.w), win32.Signed(at.h), 1)
			win32.User("ShowWindow", name, visible)
		}
	}
	return p
}

// outer is the window's size around an inner one.
func (w *winWindow) outer(p placed) (width, height int) {
	r := win32.Rect{Right: int32(p.width), Bottom: int32(p.height)}
	if win32.Has("AdjustWindowRectExForDpi") {
		win32.User("AdjustWindowRectExForDpi", uintptr(unsafe.Pointer(&r)), windowStyle, 0, windowExStyle, uintptr(w.scale*96))
	} else {
		win32.User("AdjustWindowRectEx", uintptr(unsafe.Pointer(&r)), windowStyle, 0, windowExStyle)
	}
	return int(r.Right - r.Left), int(r.Bottom - r.Top)
}

func (w *winWindow) firstPlace(p placed) {
	const getWorkArea = 0x30
	var area win32.Rect
	win32.User("SystemParametersInfoW", getWorkArea, 0, uintptr(unsafe.Pointer(&area)), 0)
	width, height := w.outer(p)
	x := int(area.Left) + max((int(area.Right-area.Left)-width)/2, 0)
	y := int(area.Top) + max((int(area.Bottom-area.Top)-height)/3, 0)
	if w.form.corner {
		margin := int(12 * w.scale)
		x, y = int(area.Right)-width-margin, int(area.Bottom)-height-margin
	}
	win32.User("SetWindowPos", w.id, topmost, win32.Signed(x), win32.Signed(y), win32.Signed(width), win32.Signed(height), swpNoActivate)
}

func (w *winWindow) show() {
	if w.form.corner {
		win32.User("ShowWindow", w.id, showNoActivate)
		win32.User("SetTimer", w.id, stayTimer, 1000, 0)
		return
	}
	win32.User("ShowWindow", w.id, showNormal)
	win32.User("SetForegroundWindow", w.id)
	for n, i := range w.form.items {
		if i.id == w.form.focus && i.id != "" {
			w.last = w.controls[n]
			win32.User("SetFocus", w.last)
		}
	}
}

// stay keeps the corner window in sight: above others that are also on top, and not minimised.
func (w *winWindow) stay() {
	if win32.User("IsIconic", w.id) != 0 || win32.User("IsWindowVisible", w.id) == 0 {
		win32.User("ShowWindow", w.id, showNoActivate)
	}
	if w.covered() {
		win32.User("SetWindowPos", w.id, topmost, 0, 0, 0, 0, swpNoSize|swpNoMove|swpNoActivate)
	}
}

// covered tells whether another window lies over the last item, the button that ends the session. Menus, which go by
// themselves, do not count.
func (w *winWindow) covered() bool {
	var r win32.Rect
	win32.User("GetWindowRect", w.controls[len(w.controls)-1], uintptr(unsafe.Pointer(&r)))
	x, y := (r.Left+r.Right)/2, (r.Top+r.Bottom)/2
	// A POINT travels by value, in one register.
	over := win32.User("GetAncestor", win32.User("WindowFromPoint", uintptr(uint32(x))|uintptr(uint32(y))<<32), ancestorTop)
	return over != w.id && over != 0 && win32.ClassName(over) != "#32768"
}

func (w *winWindow) acts() <-chan act { return w.queue }

func (w *winWindow) update(f form) {
	w.system.thread.Do(func() {
		if w.id == 0 || slices.Equal(f.items, w.form.items) {
			return
		}
		w.form = f
		for n := range f.items {
			w.refresh(n)
		}
		var before win32.Rect
		win32.User("GetWindowRect", w.id, uintptr(unsafe.Pointer(&before)))
		width, height := w.outer(w.arrange())
		top := int(before.Top)
		if f.corner {
			top = int(before.Bottom) - height
		}
		if height != int(before.Bottom-before.Top) {
			win32.User("SetWindowPos", w.id, 0, win32.Signed(int(before.Left)), win32.Signed(top), win32.Signed(width), win32.Signed(height), swpNoZOrder|swpNoActivate)
		}
		win32.User("InvalidateRect", w.id, 0, 1)
	})
}

func (w *winWindow) close() {
	w.system.thread.Do(func() {
		if w.id == 0 {
			return
		}
		delete(w.system.shown, w.id)
		id := w.id
		w.id = 0
		w.system.thread.Destroy(id)
		w.fonts.free()
		win32.GDI("DeleteObject", w.brush)
		win32.User("DestroyIcon", w.icon)
	})
}
