package inject

import (
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// Which window gets an event, and may it? A window is meant here with everything inside it. Allowed under a limit are:
//   - the chosen windows themselves;
//   - windows that say WM_TRANSIENT_FOR a chosen one (its dialogs; menus of GTK and Qt say so too), over a few hops.
//
// Nothing else, not even other windows of the same program: the customer chose windows, not programs (RS-114, RS-116).

// maxDepth bounds walks through the window tree, maxHops through dialogs of dialogs.
const (
	maxDepth = 64
	maxHops  = 4
)

// approved remembers the last move that was allowed, so that the next one nearby costs one question instead of five.
type approved struct {
	top     xproto.Window
	surface xproto.Window
	rect    rect
	at      time.Time
}

// chainAt returns the windows under a point, outermost (the manager's frame) first.
func (x *x11) chainAt(p point) []xproto.Window {
	return x.descend(nil, x.root, p)
}

func (x *x11) descend(chain []xproto.Window, from xproto.Window, p point) []xproto.Window {
	for len(chain) < maxDepth {
		reply, err := xproto.TranslateCoordinates(x.conn, x.root, from, int16(p.x), int16(p.y)).Reply()
		if err != nil || reply == nil || reply.Child == xproto.WindowNone {
			return chain
		}
		from = reply.Child
		chain = append(chain, from)
	}
	return chain
}

// ancestry returns a window's ancestors below the root, outermost first, and the window itself last. Nil when it is gone.
func (x *x11) ancestry(w xproto.Window) []xproto.Window {
	var chain []xproto.Window
	for w != x.root && w != xproto.WindowNone && len(chain) < maxDepth {
		chain = append(chain, w)
		tree, err := xproto.QueryTree(x.conn, w).Reply()
		if err != nil || tree == nil {
			return nil
		}
		w = tree.Parent
	}
	slices.Reverse(chain)
	return chain
}

// focusChain returns the window that gets keys, with its ancestors.
func (x *x11) focusChain() []xproto.Window {
	reply, err := xproto.GetInputFocus(x.conn).Reply()
	if err != nil || reply == nil {
		return nil
	}
	switch reply.Focus {
	case xproto.WindowNone, x.root:
		return nil
	case xproto.InputFocusPointerRoot:
		pointer, err := xproto.QueryPointer(x.conn, x.root).Reply()
		if err != nil || pointer == nil {
			return nil
		}
		return x.chainAt(point{int(pointer.RootX), int(pointer.RootY)})
	}
	return x.ancestry(reply.Focus)
}

// within tells whether a chain belongs to one of the targets.
func (x *x11) within(chain, targets []xproto.Window) bool {
	for i, w := range chain {
		if slices.Contains(targets, w) {
			return true
		}
		// A dialog is a top-level window: under the root, or under the manager's frame.
		if i < 3 && x.transientFor(w, targets) {
			return true
		}
	}
	return false
}

func (x *x11) transientFor(w xproto.Window, targets []xproto.Window) bool {
	for range maxHops {
		reply, err := xproto.GetProperty(x.conn, false, w, xproto.AtomWmTransientFor, xproto.AtomWindow, 0, 1).Reply()
		if err != nil || reply == nil || reply.Format != 32 || len(reply.Value) < 4 {
			return false
		}
		v := reply.Value
		w = xproto.Window(uint32(v[0]) | uint32(v[1])<<8 | uint32(v[2])<<16 | uint32(v[3])<<24)
		if slices.Contains(targets, w) {
			return true
		}
		if w == xproto.WindowNone || w == x.root {
			return false
		}
	}
	return false
}

// protected tells whether a chain belongs to a protected window, its manager's frame with the close button included.
func (x *x11) protected(chain []xproto.Window) bool {
	if len(chain) == 0 {
		return false
	}
	for _, w := range x.shielded {
		if slices.Contains(chain, w) {
			return true
		}
		if up := x.ancestry(w); len(up) > 0 && up[0] == chain[0] {
			return true
		}
	}
	return false
}

// targets are the windows a pointer event may go to; limited is false when any will do.
func (x *x11) targets(surface xproto.Window) (targets []xproto.Window, limited bool, err error) {
	switch {
	case surface != 0 && len(x.confined) > 0 && !slices.Contains(x.confined, surface):
		return nil, true, ErrOutside
	case surface != 0:
		return []xproto.Window{surface}, true, nil
	}
	return x.confined, len(x.confined) > 0, nil
}

// mayPoint checks what lies under p. surface is the window whose picture was pointed at, 0 for a monitor.
func (x *x11) mayPoint(p point, surface xproto.Window) error {
	targets, limited, err := x.targets(surface)
	if err != nil {
		return err
	}
	if !limited && len(x.shielded) == 0 {
		return nil
	}
	chain := x.chainAt(p)
	if x.protected(chain) {
		return ErrProtected
	}
	if limited && !x.within(chain, targets) {
		return ErrOutside
	}
	return nil
}

// mayMove is mayPoint for moves: it believes an answer about the same outer window for a tenth of a second.
func (x *x11) mayMove(p point, r rect, surface xproto.Window) error {
	targets, limited, err := x.targets(surface)
	if err != nil {
		return err
	}
	if !limited && len(x.shielded) == 0 {
		return nil
	}
	chain := make([]xproto.Window, 0, 8)
	reply, err := xproto.TranslateCoordinates(x.conn, x.root, x.root, int16(p.x), int16(p.y)).Reply()
	if err != nil || reply == nil {
		return ErrUnsupported
	}
	top := reply.Child
	if s := &x.seen; s.top == top && s.surface == surface && s.rect.contains(p) && time.Since(s.at) < geometryAge {
		return nil
	}
	if top != xproto.WindowNone {
		chain = x.descend(append(chain, top), top, p)
	}
	if x.protected(chain) {
		return ErrProtected
	}
	if !limited {
		x.seen = approved{top, surface, r, time.Now()}
		return nil
	}
	if !x.within(chain, targets) {
		return ErrOutside
	}
	// Only a chosen window itself is remembered, with its rectangle: what else the frame holds is asked for again.
	if surface != 0 && slices.Contains(chain, surface) {
		x.seen = approved{top, surface, r, time.Now()}
	}
	return nil
}
