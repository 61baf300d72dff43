//go:build unix && !darwin

package dialog

import (
	"image"

	"github.com/jezek/xgb/xproto"
)

// at gives the usable item under a place of the window; -1 when there is none.
func (w *xwindow) at(x, y int) int {
	for n, i := range w.form.items {
		if i.usable() && w.placed.rects[n].contains(x, y) {
			return n
		}
	}
	return -1
}

func (w *xwindow) press(e xproto.ButtonPressEvent) {
	x, y := int(e.EventX), int(e.EventY)
	n := w.at(x, y)
	if n < 0 {
		if e.Detail == xproto.ButtonIndex1 {
			w.startDrag(e)
		}
		return
	}
	i := w.form.items[n]
	field := w.fields[i.id]
	switch {
	case field != nil && (e.Detail == xproto.ButtonIndex1 || e.Detail == xproto.ButtonIndex2):
		w.focus = i.id
		field.move(w.x.paint.fieldIndex(field, w.placed.rects[n], x))
		if e.Detail == xproto.ButtonIndex2 {
			w.paste(xproto.AtomPrimary, e.Time)
		}
	case field == nil && e.Detail == xproto.ButtonIndex1:
		w.focus, w.pressed = i.id, i.id
	default:
		return
	}
	w.refresh()
}

func (w *xwindow) release(e xproto.ButtonReleaseEvent) {
	if e.Detail != xproto.ButtonIndex1 {
		return
	}
	w.drag = nil
	if w.pressed == "" {
		return
	}
	pressed := w.pressed
	w.pressed = ""
	if n := w.at(int(e.EventX), int(e.EventY)); n >= 0 && w.form.items[n].id == pressed {
		w.activate(n)
	}
	w.refresh()
}

// activate presses a button or turns a check box over.
func (w *xwindow) activate(n int) {
	i := &w.form.items[n]
	switch i.role {
	case roleButton:
		w.queue.post(act{kind: actPress, id: i.id})
	case roleCheck:
		i.checked = !i.checked
		w.queue.post(act{kind: actToggle, id: i.id, on: i.checked})
	}
}

// startDrag moves the window by its empty ground: by the window manager's own means, else by ours.
func (w *xwindow) startDrag(e xproto.ButtonPressEvent) {
	if !w.managed {
		w.drag = &image.Point{X: int(e.RootX) - w.place.x, Y: int(e.RootY) - w.place.y}
		return
	}
	const move, application = 8, 1
	xproto.UngrabPointer(w.x.conn, e.Time)
	message := xproto.ClientMessageEvent{Format: 32, Window: w.id, Type: w.x.atoms["_NET_WM_MOVERESIZE"],
		Data: xproto.ClientMessageDataUnionData32New([]uint32{uint32(e.RootX), uint32(e.RootY), move, 1, application})}
	xproto.SendEvent(w.x.conn, false, w.x.screen.Root,
		xproto.EventMaskSubstructureNotify|xproto.EventMaskSubstructureRedirect, string(message.Bytes()))
}

func (w *xwindow) motion(e xproto.MotionNotifyEvent) {
	if w.drag == nil {
		return
	}
	// A part of the window always stays on the screen.
	keep := w.x.paint.px(60)
	w.place.x = min(max(int(e.RootX)-w.drag.X, keep-w.place.w), int(w.x.screen.WidthInPixels)-keep)
	w.place.y = min(max(int(e.RootY)-w.drag.Y, 0), int(w.x.screen.HeightInPixels)-keep)
	xproto.ConfigureWindow(w.x.conn, w.id, xproto.ConfigWindowX|xproto.ConfigWindowY, []uint32{uint32(w.place.x), uint32(w.place.y)})
}

func (w *xwindow) key(e xproto.KeyPressEvent) {
	symbol := w.x.keys.symbol(byte(e.Detail), e.State)
	control := e.State&xproto.ModMaskControl != 0
	shift := e.State&xproto.ModMaskShift != 0
	field := w.fields[w.focus]
	switch {
	case symbol == keyTab || symbol == keyLeftTab:
		w.step(shift || symbol == keyLeftTab)
	case symbol == keyEscape:
		// A stray Escape must not end a session that goes on.
		if !w.form.corner {
			w.queue.post(act{kind: actPress, id: idCancel})
		}
	case symbol == keyReturn || symbol == keyEnter:
		w.enter()
	case field != nil && (control && (symbol == 'v' || symbol == 'V') || shift && symbol == keyInsert):
		w.paste(w.x.atoms["CLIPBOARD"], e.Time)
	case field != nil && control && (symbol == 'a' || symbol == 'A'):
		field.selectAll()
	case field != nil && !control:
		if field.key(symbol) {
			w.queue.post(act{kind: actEdit, id: w.focus, value: field.value()})
		}
	case symbol == ' ':
		if n := w.focusIndex(); n >= 0 {
			w.activate(n)
		}
	}
	w.refresh()
}

func (w *xwindow) focusIndex() int {
	for n, i := range w.form.items {
		if i.id == w.focus && i.usable() {
			return n
		}
	}
	return -1
}

// step moves the focus to the next usable item, or the one before.
func (w *xwindow) step(back bool) {
	count, from := len(w.form.items), w.focusIndex()
	by := 1
	if back {
		by = -1
		if from < 0 {
			from = 0
		}
	}
	for k := 1; k <= count; k++ {
		if i := w.form.items[((from+by*k)%count+count)%count]; i.usable() {
			w.focus = i.id
			return
		}
	}
}

// enter presses the button with the focus, else the one that Enter stands for. The latter also when it is still shut:
// what was typed a moment ago may be about to open it, and who reads the acts checks it in their order.
func (w *xwindow) enter() {
	if n := w.focusIndex(); n >= 0 && w.form.items[n].role != roleField {
		w.activate(n)
		return
	}
	if id := w.form.enterButton(); id != "" && !w.form.corner {
		w.queue.post(act{kind: actPress, id: id})
	}
}
