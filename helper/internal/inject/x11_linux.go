package inject

import (
	"errors"
	"fmt"
	"io"
	"log"
	"sync"
	"sync/atomic"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// errNoExtension: the X server cannot do what is needed.
var errNoExtension = errors.New("XTEST or XInput 2.2 is missing")

// x11 injects through the XTEST extension. One mutex around every method; the two goroutines beside them only drain
// events and watch the customer's own input.
type x11 struct {
	mu   sync.Mutex
	conn *xgb.Conn
	root xproto.Window
	min  xproto.Keycode
	max  xproto.Keycode
	rnd  bool // RandR 1.5 is there

	// stop is set by Close and by the loss of either connection: nothing more is pressed from then on, and a long text ends
	// at the next character. gone is set when this connection is lost: it cannot even let go of anything.
	stop, gone atomic.Bool
	closed     bool

	own    *ownInput
	ledger ledger
	watch  io.Closer

	holding
	wheelX, wheelY notches
	text           textKeys

	confined       []xproto.Window
	last           xproto.Window // the window addressed last
	click          click
	protect        func() []uintptr
	shielded       []xproto.Window // what protect said when this event began
	protectFocused bool

	rects map[Surface]cachedRect
	seen  approved
	atoms map[string]xproto.Atom
}

var (
	_ Injector = (*x11)(nil)
	_ guarded  = (*x11)(nil)
)

func init() {
	// xgb writes to standard error by itself when a connection ends.
	xgb.Logger = log.New(io.Discard, "", 0)
}

// openX11 connects to display. The second connection, which watches, is part of it: without noticing the customer's own
// input nothing may be injected.
func openX11(display string) (*x11, error) {
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, err
	}
	setup := xproto.Setup(conn)
	x := &x11{
		conn: conn, root: setup.DefaultScreen(conn).Root, min: setup.MinKeycode, max: setup.MaxKeycode,
		own: newOwnInput(), rects: map[Surface]cachedRect{}, atoms: map[string]xproto.Atom{},
	}
	x.text.stale.Store(true)
	ok, err := x.extension("XTEST")
	if err != nil || !ok {
		conn.Close()
		return nil, errors.Join(err, errNoExtension)
	}
	if x.rnd, err = x.extension("RANDR"); err != nil {
		conn.Close()
		return nil, err
	}
	if x.watch, err = watchRaw(display, x.noticed, x.blind); err != nil {
		conn.Close()
		return nil, fmt.Errorf("%w: %w", errNoExtension, err)
	}
	go x.drain()
	return x, nil
}

// extension makes an extension's requests usable. The packages' own Init would write into maps that every connection of
// this process reads; neither extension's events nor errors are needed.
func (x *x11) extension(name string) (bool, error) {
	reply, err := xproto.QueryExtension(x.conn, uint16(len(name)), name).Reply()
	if err != nil || !reply.Present {
		return false, err
	}
	x.conn.ExtLock.Lock()
	defer x.conn.ExtLock.Unlock()
	x.conn.Extensions[name] = reply.MajorOpcode
	return true, nil
}

// drain empties the event queue until the connection ends; a full queue would block the connection.
func (x *x11) drain() {
	for {
		ev, err := x.conn.WaitForEvent()
		if ev == nil && err == nil {
			x.lost()
			x.leaveToGuard()
			return
		}
		if _, ok := ev.(xproto.MappingNotifyEvent); ok {
			x.text.stale.Store(true)
		}
	}
}

// lost is called when this connection ends.
func (x *x11) lost() {
	x.stop.Store(true)
	x.gone.Store(true)
}

// leaveToGuard hands over what is held when this connection is lost: the guard has one of its own.
func (x *x11) leaveToGuard() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.closed {
		x.handOver()
	}
}

// blind is called when the watching connection ends. Without it nobody would notice the customer's hand, so everything is
// let go of at once, for good.
func (x *x11) blind() {
	x.stop.Store(true)
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.closed {
		_ = x.giveBack()
	}
}

// noticed compares a raw event with what was injected; anything else came from the customer.
func (x *x11) noticed(e rawEvent) {
	if !x.ledger.take(e) {
		x.own.touch()
	}
}

// fake injects one event, entered into the ledger first.
func (x *x11) fake(kind, detail byte, p point) {
	x.ledger.expect(rawEvent{kind: kind, detail: detail, x: int16(p.x), y: int16(p.y)})
	xtest.FakeInput(x.conn, kind, detail, 0, x.root, int16(p.x), int16(p.y), 0)
}

// sync waits until the server has done everything so far; ErrUnsupported when it is gone.
func (x *x11) sync() error {
	if _, err := xproto.GetInputFocus(x.conn).Reply(); err != nil {
		x.lost()
		return ErrUnsupported
	}
	return nil
}

// begin locks and tells whether the injector is alive; the caller unlocks in any case.
func (x *x11) begin() error {
	x.mu.Lock()
	if x.stop.Load() {
		return ErrUnsupported
	}
	// Asked before the server is ever grabbed: the answer may come from code that talks to it, too.
	x.shielded = x.shielded[:0]
	if x.protect != nil {
		for _, id := range x.protect() {
			x.shielded = append(x.shielded, xproto.Window(id))
		}
	}
	return nil
}

func (x *x11) Info() Info {
	if x.stop.Load() {
		return Info{Backend: "none", Reason: ReasonNoDisplay}
	}
	return Info{Backend: "x11", CtrlAltDel: true, Text: true}
}

func (x *x11) OwnInput() <-chan struct{} { return x.own.channel }

func (x *x11) Protect(windows func() []uintptr) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.protect, x.seen = windows, approved{}
}

func (x *x11) ProtectFocused(on bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.protectFocused = on
}
