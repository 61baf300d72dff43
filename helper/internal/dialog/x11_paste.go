//go:build unix && !darwin

package dialog

import "github.com/jezek/xgb/xproto"

// maxPaste bounds what is taken over from the clipboard, in bytes.
const maxPaste = 4096

// paste asks the selection's owner for its text; the answer comes as an event.
func (w *xwindow) paste(selection xproto.Atom, at xproto.Timestamp) {
	xproto.ConvertSelection(w.x.conn, w.id, selection, w.x.atoms["UTF8_STRING"], w.x.atoms["_TASUKI_PASTE"], at)
}

// pasted takes the answer. Text too long for one piece (INCR) is no number and no address; it is left alone.
func (w *xwindow) pasted(e xproto.SelectionNotifyEvent) {
	if e.Property != w.x.atoms["_TASUKI_PASTE"] {
		return
	}
	reply, err := xproto.GetProperty(w.x.conn, true, w.id, e.Property, xproto.GetPropertyTypeAny, 0, maxPaste/4).Reply()
	if err != nil || reply.Format != 8 || reply.Type == w.x.atoms["INCR"] {
		return
	}
	field := w.fields[w.focus]
	if field != nil && field.insert(string(reply.Value)) {
		w.queue.post(act{kind: actEdit, id: w.focus, value: field.value()})
		w.refresh()
	}
}
