//go:build unix && !darwin

package dialog

import (
	"os"
	"path/filepath"

	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/tray"
)

// describe tells the window manager what kind of window this is.
func (w *xwindow) describe() {
	atoms := w.x.atoms
	w.setString(xproto.AtomWmName, xproto.AtomString, latin(w.form.title))
	w.setString(atoms["_NET_WM_NAME"], atoms["UTF8_STRING"], w.form.title)
	w.setString(atoms["_NET_WM_ICON_NAME"], atoms["UTF8_STRING"], w.form.title)
	w.setString(xproto.AtomWmClass, xproto.AtomString, filepath.Base(os.Args[0])+"\x00tasuki-helper\x00")
	if host, err := os.Hostname(); err == nil {
		w.setString(xproto.AtomWmClientMachine, xproto.AtomString, host)
		w.setNumbers(atoms["_NET_WM_PID"], xproto.AtomCardinal, uint32(os.Getpid()))
	}
	w.setNumbers(atoms["WM_PROTOCOLS"], xproto.AtomAtom, uint32(atoms["WM_DELETE_WINDOW"]), uint32(atoms["_NET_WM_PING"]))
	w.setNumbers(atoms["_NET_WM_ICON"], xproto.AtomCardinal, icon(48)...)
	// WM_HINTS: takes the keyboard when given it; starts as a normal window.
	w.setNumbers(xproto.AtomWmHints, xproto.AtomWmHints, 1|2, 1, 1, 0, 0, 0, 0, 0, 0)
	// Motif: may be moved and closed; has a border and a title.
	w.setNumbers(atoms["_MOTIF_WM_HINTS"], atoms["_MOTIF_WM_HINTS"], 1|2, 4|32, 2|8, 0, 0)
	kind, states := atoms["_NET_WM_WINDOW_TYPE_DIALOG"], []uint32{uint32(atoms["_NET_WM_STATE_ABOVE"])}
	if w.form.corner {
		kind = atoms["_NET_WM_WINDOW_TYPE_UTILITY"]
		states = append(states, uint32(atoms["_NET_WM_STATE_STICKY"]), uint32(atoms["_NET_WM_STATE_SKIP_PAGER"]))
		w.setNumbers(atoms["_NET_WM_DESKTOP"], xproto.AtomCardinal, 0xffffffff)
		// Time 0: not opened by an act of the person, so it must not take the focus.
		w.setNumbers(atoms["_NET_WM_USER_TIME"], xproto.AtomCardinal, 0)
	}
	w.setNumbers(atoms["_NET_WM_WINDOW_TYPE"], xproto.AtomAtom, uint32(kind))
	w.setNumbers(atoms["_NET_WM_STATE"], xproto.AtomAtom, states...)
	w.sizeHints()
}

// sizeHints: the size is fixed, the place is wanted; the corner window hangs by its right lower corner.
func (w *xwindow) sizeHints() {
	const position, minimum, maximum, gravity = 1 | 4, 16, 32, 512
	const northWest, southEast = 1, 9
	hold := uint32(northWest)
	if w.form.corner {
		hold = southEast
	}
	width, height := uint32(w.place.w), uint32(w.place.h)
	w.setNumbers(xproto.AtomWmNormalHints, xproto.AtomWmSizeHints, position|minimum|maximum|gravity,
		uint32(w.place.x), uint32(w.place.y), width, height, width, height, width, height, 0, 0, 0, 0, 0, 0, 0, 0, hold)
}

func (w *xwindow) setString(name, kind xproto.Atom, value string) {
	xproto.ChangeProperty(w.x.conn, xproto.PropModeReplace, w.id, name, kind, 8, uint32(len(value)), []byte(value))
}

func (w *xwindow) setNumbers(name, kind xproto.Atom, values ...uint32) {
	data := make([]byte, 0, 4*len(values))
	for _, v := range values {
		data = append(data, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
	}
	xproto.ChangeProperty(w.x.conn, xproto.PropModeReplace, w.id, name, kind, 32, uint32(len(values)), data)
}

// icon is the helper's mark as _NET_WM_ICON wants it: width, height, ARGB.
func icon(size int) []uint32 {
	img := tray.Picture(size)
	out := []uint32{uint32(size), uint32(size)}
	for n := 0; n < len(img.Pix); n += 4 {
		out = append(out, uint32(img.Pix[n+3])<<24|uint32(img.Pix[n])<<16|uint32(img.Pix[n+1])<<8|uint32(img.Pix[n+2]))
	}
	return out
}

// latin is what the old WM_NAME can hold.
func latin(s string) string {
	out := []byte{}
	for _, r := range s {
		if r > 0 && r < 0x80 {
			out = append(out, byte(r))
		}
	}
	return string(out)
}

// message is what the window manager asks: to close, or whether we are alive.
func (w *xwindow) message(e xproto.ClientMessageEvent) {
	if e.Type != w.x.atoms["WM_PROTOCOLS"] || e.Format != 32 || len(e.Data.Data32) == 0 {
		return
	}
	switch xproto.Atom(e.Data.Data32[0]) {
	case w.x.atoms["WM_DELETE_WINDOW"]:
		w.queue.post(act{kind: actClose})
	case w.x.atoms["_NET_WM_PING"]:
		e.Window = w.x.screen.Root
		xproto.SendEvent(w.x.conn, false, w.x.screen.Root,
			xproto.EventMaskSubstructureNotify|xproto.EventMaskSubstructureRedirect, string(e.Bytes()))
	}
}
