package clipboard

import (
	"unicode/utf8"

	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/protocol"
)

const (
	maxBytes = 4 * protocol.MaxClipboardChars
	// What one read of a property asks for at most, in 4-byte units: more than any text that may cross.
	maxRead = maxBytes/4 + 1
)

// incoming is a text that is being fetched.
type incoming struct {
	pieces  []byte
	inParts bool
	tooLong bool
}

// ownerChanged: another program has put something into the clipboard; ask for it as text.
func (c *x11) ownerChanged(e xfixes.SelectionNotifyEvent) {
	c.mu.Lock()
	wanted := c.watcher != nil && e.Owner != c.window && e.Owner != xproto.WindowNone
	if wanted {
		c.incoming = &incoming{}
	}
	c.mu.Unlock()
	if wanted {
		xproto.DeleteProperty(c.conn, c.window, c.atoms["TASUKI_CLIPBOARD"])
		xproto.ConvertSelection(c.conn, c.window, c.atoms["CLIPBOARD"], c.atoms["UTF8_STRING"],
			c.atoms["TASUKI_CLIPBOARD"], e.Timestamp)
	}
}

// arrived: the owner has answered, or refused, as for a picture.
func (c *x11) arrived(e xproto.SelectionNotifyEvent) {
	if e.Property != c.atoms["TASUKI_CLIPBOARD"] {
		return
	}
	kind, piece := c.readProperty()
	c.mu.Lock()
	in := c.incoming
	if in != nil && kind == c.atoms["INCR"] {
		in.inParts = true // reading it has deleted it, which asks for the first piece
		c.mu.Unlock()
		return
	}
	c.mu.Unlock()
	if in != nil && kind == c.atoms["UTF8_STRING"] {
		in.add(piece)
		c.finish(in)
	}
}

// morePieces: a piece of a large text is there; an empty one is the end.
func (c *x11) morePieces(e xproto.PropertyNotifyEvent) {
	c.mu.Lock()
	in := c.incoming
	c.mu.Unlock()
	if in == nil || !in.inParts || e.State != xproto.PropertyNewValue || e.Atom != c.atoms["TASUKI_CLIPBOARD"] {
		return
	}
	if _, piece := c.readProperty(); len(piece) > 0 {
		in.add(piece)
	} else {
		c.finish(in)
	}
}

// readProperty takes the property and deletes it.
func (c *x11) readProperty() (xproto.Atom, []byte) {
	reply, err := xproto.GetProperty(c.conn, true, c.window, c.atoms["TASUKI_CLIPBOARD"], xproto.GetPropertyTypeAny,
		0, maxRead).Reply()
	if err != nil {
		return 0, nil
	}
	if reply.BytesAfter > 0 {
		// Not deleted, as it was not read to the end: more than may cross.
		xproto.DeleteProperty(c.conn, c.window, c.atoms["TASUKI_CLIPBOARD"])
	}
	return reply.Type, reply.Value
}

func (in *incoming) add(piece []byte) {
	if len(in.pieces)+len(piece) > maxBytes {
		in.pieces, in.tooLong = nil, true
	}
	if !in.tooLong {
		in.pieces = append(in.pieces, piece...)
	}
}

func (c *x11) finish(in *incoming) {
	c.mu.Lock()
	watcher := c.watcher
	c.incoming = nil
	c.mu.Unlock()
	if watcher == nil {
		return
	}
	text, err := string(in.pieces), error(nil)
	if in.tooLong || protocol.Units(text) > protocol.MaxClipboardChars {
		text, err = "", ErrTooLong
	} else if !utf8.ValidString(text) {
		text = ""
	}
	tell(&c.own, text, err, watcher)
}
