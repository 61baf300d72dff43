package clipboard

import (
	"encoding/binary"

	"github.com/jezek/xgb/xproto"
)

// pieceBytes is how much goes into a property at once; more goes piece by piece (INCR).
const pieceBytes = 64 * 1024

// maxTransfers bounds what other programs may have under way.
const maxTransfers = 16

// transfer names a large text on its way: whose property carries it.
type transfer struct {
	window   xproto.Window
	property xproto.Atom
}

type outgoing struct {
	rest []byte
	kind xproto.Atom
	// last: the empty piece that ends it is out.
	last bool
}

// serve answers a program that pastes.
func (c *x11) serve(e xproto.SelectionRequestEvent) {
	property := e.Property
	if property == xproto.AtomNone {
		property = e.Target // an old-fashioned program
	}
	if !c.put(e, property) {
		property = xproto.AtomNone
	}
	answer := xproto.SelectionNotifyEvent{
		Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: property,
	}
	xproto.SendEvent(c.conn, false, e.Requestor, 0, string(answer.Bytes()))
}

func (c *x11) put(e xproto.SelectionRequestEvent, property xproto.Atom) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.offered || e.Owner != c.window || e.Selection != c.atoms["CLIPBOARD"] {
		return false
	}
	switch e.Target {
	case c.atoms["TARGETS"]:
		targets := []xproto.Atom{
			c.atoms["TARGETS"], c.atoms["UTF8_STRING"], c.atoms["text/plain;charset=utf-8"], c.atoms["TEXT"],
		}
		return c.change(e.Requestor, property, xproto.AtomAtom, 32, atoms(targets), len(targets))
	case c.atoms["UTF8_STRING"], c.atoms["text/plain;charset=utf-8"], c.atoms["TEXT"]:
		kind := e.Target
		if kind == c.atoms["TEXT"] {
			kind = c.atoms["UTF8_STRING"]
		}
		if len(c.text) > pieceBytes {
			return c.begin(e.Requestor, property, kind)
		}
		return c.change(e.Requestor, property, kind, 8, c.text, len(c.text))
	}
	return false
}

// begin announces a large text; its pieces follow whenever the other program has taken the one before. With mu held.
func (c *x11) begin(window xproto.Window, property, kind xproto.Atom) bool {
	if len(c.outgoing) >= maxTransfers {
		return false
	}
	mask := []uint32{xproto.EventMaskPropertyChange | xproto.EventMaskStructureNotify}
	if xproto.ChangeWindowAttributesChecked(c.conn, window, xproto.CwEventMask, mask).Check() != nil {
		return false
	}
	size := binary.LittleEndian.AppendUint32(nil, uint32(len(c.text)))
	if !c.change(window, property, c.atoms["INCR"], 32, size, 1) {
		return false
	}
	c.outgoing[transfer{window, property}] = &outgoing{rest: c.text, kind: kind}
	return true
}

func (c *x11) sendPiece(e xproto.PropertyNotifyEvent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := transfer{e.Window, e.Atom}
	out := c.outgoing[key]
	if out == nil || e.State != xproto.PropertyDelete {
		return
	}
	if out.last {
		delete(c.outgoing, key)
		return
	}
	piece := out.rest[:min(len(out.rest), pieceBytes)]
	out.rest = out.rest[len(piece):]
	out.last = len(piece) == 0
	if !c.change(e.Window, e.Atom, out.kind, 8, piece, len(piece)) || out.last {
		delete(c.outgoing, key)
	}
}

// forget drops what was on its way to a window that is gone.
func (c *x11) forget(window xproto.Window) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key := range c.outgoing {
		if key.window == window {
			delete(c.outgoing, key)
		}
	}
}

func (c *x11) change(window xproto.Window, property, kind xproto.Atom, format byte, data []byte, count int) bool {
	return xproto.ChangePropertyChecked(c.conn, xproto.PropModeReplace, window, property, kind, format,
		uint32(count), data).Check() == nil
}

func atoms(list []xproto.Atom) []byte {
	var out []byte
	for _, each := range list {
		// The connection speaks the byte order xgb asked for: little-endian.
		out = binary.LittleEndian.AppendUint32(out, uint32(each))
	}
	return out
}
