package clipboard

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"
)

// x11 is the CLIPBOARD selection. One goroutine reads events and does everything they ask for.
type x11 struct {
	conn   *xgb.Conn
	window xproto.Window
	atoms  map[string]xproto.Atom
	own    echo
	ended  chan struct{}

	mu      sync.Mutex
	text    []byte
	offered bool
	watcher func(string, error)
	// incoming is the text that is just being fetched from its owner.
	incoming *incoming
	// outgoing are large texts on their way to other programs, piece by piece.
	outgoing map[transfer]*outgoing
}

func open() (System, error) {
	if os.Getenv("DISPLAY") == "" {
		return nil, ErrUnsupported
	}
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, err
	}
	c := &x11{conn: conn, atoms: map[string]xproto.Atom{}, ended: make(chan struct{}), outgoing: map[transfer]*outgoing{}}
	if err := c.prepare(); err != nil {
		conn.Close()
		return nil, err
	}
	go c.run()
	return c, nil
}

func (c *x11) prepare() error {
	if err := xfixes.Init(c.conn); err != nil {
		return fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	if _, err := xfixes.QueryVersion(c.conn, 5, 0).Reply(); err != nil {
		return err
	}
	for _, name := range []string{
		"CLIPBOARD", "UTF8_STRING", "TARGETS", "INCR", "TEXT", "text/plain;charset=utf-8", "TASUKI_CLIPBOARD",
	} {
		reply, err := xproto.InternAtom(c.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		c.atoms[name] = reply.Atom
	}
	screen := xproto.Setup(c.conn).DefaultScreen(c.conn)
	window, err := xproto.NewWindowId(c.conn)
	if err != nil {
		return err
	}
	c.window = window
	if err := xproto.CreateWindowChecked(c.conn, 0, window, screen.Root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly,
		screen.RootVisual, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check(); err != nil {
		return err
	}
	return xfixes.SelectSelectionInputChecked(c.conn, window, c.atoms["CLIPBOARD"],
		xfixes.SelectionEventMaskSetSelectionOwner).Check()
}

func (c *x11) Close() {
	c.conn.Close()
	<-c.ended
}

func (c *x11) Set(text string) error {
	select {
	case <-c.ended:
		return ErrUnsupported
	default:
	}
	c.own.note(text)
	c.mu.Lock()
	c.text, c.offered = []byte(text), true
	c.mu.Unlock()
	if err := xproto.SetSelectionOwnerChecked(c.conn, c.window, c.atoms["CLIPBOARD"], xproto.TimeCurrentTime).Check(); err != nil {
		return err
	}
	owner, err := xproto.GetSelectionOwner(c.conn, c.atoms["CLIPBOARD"]).Reply()
	if err != nil {
		return err
	}
	if owner.Owner != c.window {
		return errors.New("another program took the clipboard")
	}
	return nil
}

func (c *x11) Watch(ctx context.Context, changed func(string, error)) error {
	c.mu.Lock()
	c.watcher = changed
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.watcher, c.incoming = nil, nil
		c.mu.Unlock()
	}()
	select {
	case <-ctx.Done():
		return nil
	case <-c.ended:
		return ErrUnsupported
	}
}

func (c *x11) run() {
	defer close(c.ended)
	for {
		event, err := c.conn.WaitForEvent()
		if event == nil && err == nil {
			return // the connection is gone
		}
		switch e := event.(type) {
		case xfixes.SelectionNotifyEvent:
			c.ownerChanged(e)
		case xproto.SelectionNotifyEvent:
			c.arrived(e)
		case xproto.PropertyNotifyEvent:
			if e.Window == c.window {
				c.morePieces(e)
			} else {
				c.sendPiece(e)
			}
		case xproto.SelectionRequestEvent:
			c.serve(e)
		case xproto.SelectionClearEvent:
			c.mu.Lock()
			c.text, c.offered = nil, false
			c.mu.Unlock()
		case xproto.DestroyNotifyEvent:
			c.forget(e.Window)
		}
	}
}
