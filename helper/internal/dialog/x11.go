//go:build unix && !darwin

package dialog

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/text"
)

// x11 speaks the X protocol itself and draws its own widgets. mu guards everything below it; requests and their replies
// may be made while it is held, listeners are never called with it.
type x11 struct {
	conn     *xgb.Conn
	screen   *xproto.ScreenInfo
	pixels   pixelFormat
	maxBytes int
	atoms    map[string]xproto.Atom
	cursor   xproto.Cursor

	mu    sync.Mutex
	paint *painter
	keys  keymap
	shown map[xproto.Window]*xwindow
	dead  bool
}

// The atoms used, all interned at once.
var atomNames = []string{
	"UTF8_STRING", "CLIPBOARD", "TARGETS", "INCR", "WM_PROTOCOLS", "WM_DELETE_WINDOW", "WM_CLIENT_LEADER",
	"_NET_WM_PING", "_NET_WM_NAME", "_NET_WM_ICON_NAME", "_NET_WM_PID", "_NET_WM_ICON", "_NET_WM_USER_TIME", "_NET_WM_DESKTOP",
	"_NET_WM_STATE", "_NET_WM_STATE_ABOVE", "_NET_WM_STATE_STICKY", "_NET_WM_STATE_SKIP_PAGER",
	"_NET_WM_WINDOW_TYPE", "_NET_WM_WINDOW_TYPE_DIALOG", "_NET_WM_WINDOW_TYPE_UTILITY", "_NET_WM_MOVERESIZE",
	"_NET_SUPPORTING_WM_CHECK", "_NET_WORKAREA", "_MOTIF_WM_HINTS", "_TASUKI_TEXT", "_TASUKI_PASTE",
}

func newBackend() (backend, error) {
	if os.Getenv("DISPLAY") == "" {
		return nil, errors.New("no display: DISPLAY is not set")
	}
	// The library reports protocol errors to the standard error output; those of a window that just went are no news.
	xgb.Logger = log.New(io.Discard, "", 0)
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, fmt.Errorf("no display: %w", err)
	}
	setup := xproto.Setup(conn)
	x := &x11{conn: conn, screen: setup.DefaultScreen(conn), maxBytes: int(setup.MaximumRequestLength)*4 - 64,
		atoms: map[string]xproto.Atom{}, shown: map[xproto.Window]*xwindow{}}
	if x.pixels, err = newPixelFormat(setup, x.screen); err != nil {
		conn.Close()
		return nil, err
	}
	cookies := make([]xproto.InternAtomCookie, len(atomNames))
	for n, name := range atomNames {
		cookies[n] = xproto.InternAtom(conn, false, uint16(len(name)), name)
	}
	for n, name := range atomNames {
		reply, err := cookies[n].Reply()
		if err != nil {
			conn.Close()
			return nil, fmt.Errorf("display: %w", err)
		}
		x.atoms[name] = reply.Atom
	}
	x.keys.load(conn)
	x.cursor = arrow(conn)
	x.paint = newPainter(text.Current().Language, x.scale())
	go x.loop()
	return x, nil
}

// arrow is the plain pointer of the server's cursor font.
func arrow(conn *xgb.Conn) xproto.Cursor {
	const leftPointer = 68
	font, errFont := xproto.NewFontId(conn)
	cursor, errCursor := xproto.NewCursorId(conn)
	if errFont != nil || errCursor != nil {
		return 0
	}
	if xproto.OpenFontChecked(conn, font, 6, "cursor").Check() != nil {
		return 0
	}
	xproto.CreateGlyphCursor(conn, cursor, font, font, leftPointer, leftPointer+1, 0, 0, 0, 0xffff, 0xffff, 0xffff)
	xproto.CloseFont(conn, font)
	return cursor
}

func (x *x11) run(main func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		main()
	}()
	<-done
}

func (x *x11) windows() []uintptr {
	x.mu.Lock()
	defer x.mu.Unlock()
	var ids []uintptr
	for id := range x.shown {
		ids = append(ids, uintptr(id))
	}
	return ids
}

// loop reads events until the connection ends; then every window counts as closed by the person.
func (x *x11) loop() {
	for {
		event, err := x.conn.WaitForEvent()
		if event == nil && err == nil {
			break
		}
		if event != nil {
			x.mu.Lock()
			x.handle(event)
			x.mu.Unlock()
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.dead = true
	for _, w := range x.shown {
		w.queue.post(act{kind: actClose})
	}
}

// handle needs mu.
func (x *x11) handle(event xgb.Event) {
	switch e := event.(type) {
	case xproto.ExposeEvent:
		if w := x.shown[e.Window]; w != nil && e.Count == 0 {
			w.blit()
		}
	case xproto.MapNotifyEvent:
		if w := x.shown[e.Window]; w != nil {
			w.mapped()
		}
	case xproto.DestroyNotifyEvent:
		// Somebody else took the window away.
		if w := x.shown[e.Window]; w != nil {
			w.gone = true
			delete(x.shown, e.Window)
			w.queue.post(act{kind: actClose})
		}
	case xproto.UnmapNotifyEvent:
		if w := x.shown[e.Window]; w != nil {
			w.unmapped()
		}
	case xproto.VisibilityNotifyEvent:
		if w := x.shown[e.Window]; w != nil && e.State != xproto.VisibilityUnobscured {
			w.covered()
		}
	case xproto.ConfigureNotifyEvent:
		if w := x.shown[e.Window]; w != nil {
			w.moved(e)
		}
	case xproto.FocusInEvent:
		if w := x.shown[e.Event]; w != nil {
			w.focused(true)
		}
	case xproto.FocusOutEvent:
		if w := x.shown[e.Event]; w != nil {
			w.focused(false)
		}
	case xproto.KeyPressEvent:
		if w := x.shown[e.Event]; w != nil {
			w.key(e)
		}
	case xproto.ButtonPressEvent:
		if w := x.shown[e.Event]; w != nil {
			w.press(e)
		}
	case xproto.ButtonReleaseEvent:
		if w := x.shown[e.Event]; w != nil {
			w.release(e)
		}
	case xproto.MotionNotifyEvent:
		if w := x.shown[e.Event]; w != nil {
			w.motion(e)
		}
	case xproto.SelectionNotifyEvent:
		if w := x.shown[e.Requestor]; w != nil {
			w.pasted(e)
		}
	case xproto.ClientMessageEvent:
		if w := x.shown[e.Window]; w != nil {
			w.message(e)
		}
	case xproto.MappingNotifyEvent:
		x.keys.load(x.conn)
	}
}
