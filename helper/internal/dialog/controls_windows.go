package dialog

import (
	"strings"
	"unicode/utf16"
	"unsafe"

	"tasuki/helper/internal/dialog/win32"
)

const (
	wmSetFont, wmClose, wmCommand, wmTimer, wmSetFocus, wmDestroy = 0x0030, 0x0010, 0x0111, 0x0113, 0x0007, 0x0002
	wmLeftDown, wmNonClientLeftDown, wmColorStatic, wmDPIChanged  = 0x0201, 0x00a1, 0x0138, 0x02e0
	bmGetCheck, bmSetCheck                                        = 0x00f0, 0x00f1
	emLimitText, emSetSelection, emGetSelection, emSetMargins     = 0x00c5, 0x00b1, 0x00b0, 0x00d3
	bsDefault, bsAutoCheck, bsMultiline                           = 0x1, 0x3, 0x2000
	ssNoPrefix, ssEllipsis, esAutoScroll                          = 0x80, 0x4000, 0x80
	codeClicked, codeKilledFocus, codeChanged                     = 0, 0x200, 0x300
	captionHit                                                    = 2
)

// make creates the control of item n.
func (w *winWindow) make(n int, i item) {
	switch i.role {
	case roleButton:
		style := uint32(wsTabStop)
		if i.id == w.form.enterButton() && !w.form.corner {
			style |= bsDefault
		}
		w.controls[n] = w.child("BUTTON", style, 0, n)
	case roleCheck:
		w.controls[n] = w.child("BUTTON", wsTabStop|bsAutoCheck|bsMultiline, 0, n)
	case roleField:
		w.names[n] = w.child("STATIC", ssNoPrefix, 0, -1)
		w.controls[n] = w.child("EDIT", wsTabStop|esAutoScroll, exClientEdge, n)
		limit := maxField
		if i.digits {
			limit = 40 // room for a number pasted with words around it
		}
		win32.User("SendMessageW", w.controls[n], emLimitText, uintptr(limit), 0)
		const bothMargins = 3
		margin := uintptr(8 * w.scale)
		win32.User("SendMessageW", w.controls[n], emSetMargins, bothMargins, margin|margin<<16)
	default:
		style := uint32(ssNoPrefix)
		if i.oneLine {
			style |= ssEllipsis
		}
		if i.role == rolePoint {
			w.names[n] = w.child("STATIC", ssNoPrefix, 0, -1)
			win32.SetText(w.names[n], "•")
		}
		w.controls[n] = w.child("STATIC", style, 0, -1)
	}
	w.setFonts(n)
	w.refresh(n)
}

func (w *winWindow) child(class string, style, exStyle uint32, n int) uintptr {
	number := uintptr(0xffff)
	if n >= 0 {
		number = uintptr(100 + n)
	}
	return win32.User("CreateWindowExW", uintptr(exStyle), uintptr(unsafe.Pointer(win32.UTF16(class))), 0, uintptr(style|wsChild|wsVisible),
		0, 0, 10, 10, w.id, number, win32.Kernel("GetModuleHandleW", 0), 0)
}

func (w *winWindow) setFonts(n int) {
	if w.controls[n] == 0 {
		return
	}
	win32.User("SendMessageW", w.controls[n], wmSetFont, w.fonts.of(w.form.items[n], w.form.corner), 1)
	if w.names[n] != 0 {
		win32.User("SendMessageW", w.names[n], wmSetFont, w.fonts.body, 1)
	}
}

// refresh shows item n as the form has it; a field keeps what was typed.
func (w *winWindow) refresh(n int) {
	i := w.form.items[n]
	switch i.role {
	case roleField:
		win32.SetText(w.names[n], i.label)
	case roleButton, roleCheck:
		win32.SetText(w.controls[n], i.label)
	default:
		p := layout(w.form, w, w.scale)
		label := i.label
		if !i.oneLine {
			label = strings.Join(w.wrap(i, p.rects[n].w), "\r\n")
		}
		win32.SetText(w.controls[n], label)
	}
	if i.role == roleCheck {
		checked := uintptr(0)
		if i.checked {
			checked = 1
		}
		win32.User("SendMessageW", w.controls[n], bmSetCheck, checked, 0)
	}
	enabled := uintptr(1)
	if i.disabled {
		enabled = 0
	}
	win32.User("EnableWindow", w.controls[n], enabled)
}

// handle hears the window's messages.
func (w *winWindow) handle(message uint32, wParam, lParam uintptr) (uintptr, bool) {
	switch message {
	case wmCommand:
		w.command(int(wParam&0xffff), int(wParam>>16&0xffff), lParam)
		return 0, true
	case wmClose:
		w.queue.post(act{kind: actClose})
		return 0, true
	case wmDestroy:
		// Somebody else took the window away.
		if w.id != 0 {
			delete(w.system.shown, w.id)
			w.id = 0
			w.queue.post(act{kind: actClose})
		}
	case wmTimer:
		w.stay()
		return 0, true
	case wmSetFocus:
		if w.last != 0 {
			win32.User("SetFocus", w.last)
		}
		return 0, true
	case wmLeftDown:
		// The empty ground moves the window, as its title does.
		win32.User("ReleaseCapture")
		win32.User("SendMessageW", w.id, wmNonClientLeftDown, captionHit, lParam)
		return 0, true
	case wmColorStatic:
		win32.GDI("SetTextColor", wParam, w.color(lParam))
		win32.GDI("SetBkColor", wParam, 0xffffff)
		return w.brush, true
	case wmDPIChanged:
		w.setScale(float64(wParam&0xffff) / 96)
		for n := range w.form.items {
			w.refresh(n)
		}
		w.firstPlace(w.arrange())
		return 0, true
	}
	return 0, false
}

// color is a control's text colour, 0x00bbggrr.
func (w *winWindow) color(control uintptr) uintptr {
	for n, c := range w.controls {
		if c != control {
			continue
		}
		switch w.form.items[n].role {
		case roleHint:
			return 0x6a5d52
		case roleProblem:
			return 0x1e26b3
		}
	}
	return 0x30241b
}

func (w *winWindow) command(number, code int, control uintptr) {
	n := number - 100
	if n < 0 || n >= len(w.controls) || w.controls[n] != control {
		return
	}
	i := &w.form.items[n]
	switch {
	case i.role == roleButton && code == codeClicked:
		w.queue.post(act{kind: actPress, id: i.id})
	case i.role == roleCheck && code == codeClicked:
		i.checked = win32.User("SendMessageW", control, bmGetCheck, 0, 0) == 1
		w.queue.post(act{kind: actToggle, id: i.id, on: i.checked})
	case i.role == roleField && code == codeChanged && !w.filling:
		w.edited(control, *i)
	case i.role == roleField && code == codeKilledFocus:
		w.last = control
	}
}

// edited normalises a number while it is typed; the caret stays behind the digit it was behind.
func (w *winWindow) edited(control uintptr, i item) {
	typed := win32.Text(control)
	if !i.digits {
		w.queue.post(act{kind: actEdit, id: i.id, value: typed})
		return
	}
	digits := codeDigits(typed)
	if shown := groupCode(digits); shown != typed {
		var start, end uint32
		win32.User("SendMessageW", control, emGetSelection, uintptr(unsafe.Pointer(&start)), uintptr(unsafe.Pointer(&end)))
		units := utf16.Encode([]rune(typed))
		before := codeDigits(string(utf16.Decode(units[:min(int(end), len(units))])))
		caret := len(before)
		if caret > codeLength/2 {
			caret++
		}
		w.filling = true
		win32.SetText(control, shown)
		win32.User("SendMessageW", control, emSetSelection, uintptr(caret), uintptr(caret))
		w.filling = false
	}
	w.queue.post(act{kind: actEdit, id: i.id, value: digits})
}

// enter presses the button with the focus, else the one that Enter stands for. The latter also when it is still shut:
// what was typed a moment ago may be about to open it, and who reads the acts checks it in their order.
func (w *winWindow) enter() {
	focus := win32.User("GetFocus")
	for n, i := range w.form.items {
		if i.role == roleButton && i.usable() && w.controls[n] == focus {
			win32.User("SendMessageW", focus, bmClick, 0, 0)
			return
		}
	}
	if id := w.form.enterButton(); id != "" && !w.form.corner {
		w.queue.post(act{kind: actPress, id: id})
	}
}
