package inject

import (
	"encoding/binary"

	"github.com/jezek/xgb/xproto"
)

// activate asks for a window to come to the front with the focus: through the window manager where there is one, by
// itself otherwise.
func (x *x11) activate(w xproto.Window) {
	xproto.ConfigureWindow(x.conn, w, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove})
	if !x.managed() {
		if up := x.ancestry(w); len(up) > 0 && up[0] != w {
			xproto.ConfigureWindow(x.conn, up[0], xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove})
		}
		xproto.SetInputFocus(x.conn, xproto.InputFocusParent, w, xproto.TimeCurrentTime)
		return
	}
	// Source 2: a pager, which window managers obey without asking who had the focus.
	event := xproto.ClientMessageEvent{
		Format: 32, Window: w, Type: x.atom("_NET_ACTIVE_WINDOW"),
		Data: xproto.ClientMessageDataUnionData32New([]uint32{2, xproto.TimeCurrentTime, 0, 0, 0}),
	}
	mask := uint32(xproto.EventMaskSubstructureNotify | xproto.EventMaskSubstructureRedirect)
	xproto.SendEvent(x.conn, false, x.root, mask, string(event.Bytes()))
}

// managed tells whether a window manager that follows the EWMH runs.
func (x *x11) managed() bool {
	check := x.atom("_NET_SUPPORTING_WM_CHECK")
	reply, err := xproto.GetProperty(x.conn, false, x.root, check, xproto.AtomWindow, 0, 1).Reply()
	if err != nil || reply == nil || reply.Format != 32 || len(reply.Value) < 4 {
		return false
	}
	child := xproto.Window(binary.LittleEndian.Uint32(reply.Value))
	// The property outlives a manager that crashed; its window does not.
	_, err = xproto.GetGeometry(x.conn, xproto.Drawable(child)).Reply()
	return err == nil
}

func (x *x11) atom(name string) xproto.Atom {
	if a, ok := x.atoms[name]; ok {
		return a
	}
	reply, err := xproto.InternAtom(x.conn, false, uint16(len(name)), name).Reply()
	if err != nil || reply == nil {
		return xproto.AtomNone
	}
	x.atoms[name] = reply.Atom
	return reply.Atom
}
