package inject

import (
	"strconv"
	"time"

	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

// geometryAge is how long a rectangle is believed: a window that moves is followed within a tenth of a second, and a
// pointer move costs no question about it.
const geometryAge = 100 * time.Millisecond

// rootSurface stands for the root window in the cache; target refuses it from outside.
var rootSurface = Surface{Kind: "root"}

type cachedRect struct {
	rect
	window xproto.Window // 0 for a monitor
	at     time.Time
}

// place finds the surface on the root window. window is 0 for monitors.
func (x *x11) place(s Surface) (rect, xproto.Window, error) {
	if c, ok := x.rects[s]; ok && time.Since(c.at) < geometryAge {
		return c.rect, c.window, nil
	}
	var r rect
	var w xproto.Window
	var err error
	switch {
	case s == rootSurface:
		r, err = x.windowRect(x.root)
	case s.Kind == "window":
		w, err = windowID(s)
		if err == nil {
			r, err = x.windowRect(w)
		}
	case s.Kind == "monitor":
		r, err = x.monitorRect(s)
	default:
		err = ErrUnknownSurface
	}
	if err != nil {
		return rect{}, 0, err
	}
	if len(x.rects) > 64 {
		clear(x.rects)
	}
	x.rects[s] = cachedRect{r, w, time.Now()}
	return r, w, nil
}

func windowID(s Surface) (xproto.Window, error) {
	id, err := strconv.ParseUint(s.ID, 10, 32)
	if err != nil || id == 0 {
		return 0, ErrUnknownSurface
	}
	return xproto.Window(id), nil
}

// windowRect is the window without its border and its manager's frame: that is what the browser captures.
func (x *x11) windowRect(w xproto.Window) (rect, error) {
	geometry := xproto.GetGeometry(x.conn, xproto.Drawable(w))
	origin := xproto.TranslateCoordinates(x.conn, w, x.root, 0, 0)
	g, err := geometry.Reply()
	o, err2 := origin.Reply()
	if err != nil || err2 != nil || g == nil || o == nil {
		return rect{}, ErrUnknownSurface
	}
	return rect{int(o.DstX), int(o.DstY), int(g.Width), int(g.Height)}, nil
}

// monitorRect finds a monitor by what browsers put into a label: the atom of its name, or its index. Failing that the
// picture's size decides, if exactly one monitor (or the whole screen) has it; a lone monitor needs no sign at all.
func (x *x11) monitorRect(s Surface) (rect, error) {
	whole, err := x.windowRect(x.root)
	if err != nil {
		return rect{}, err
	}
	if !x.rnd {
		return whole, nil
	}
	reply, err := randr.GetMonitors(x.conn, x.root, true).Reply()
	if err != nil || reply == nil || len(reply.Monitors) == 0 {
		return whole, nil
	}
	rects := make([]rect, len(reply.Monitors))
	for i, m := range reply.Monitors {
		rects[i] = rect{int(m.X), int(m.Y), int(m.Width), int(m.Height)}
	}
	if id, err := strconv.ParseInt(s.ID, 10, 64); err == nil {
		for i, m := range reply.Monitors {
			if int64(m.Name) == id {
				return rects[i], nil
			}
		}
		if id >= 0 && id < int64(len(rects)) && fits(rects[id], s) {
			return rects[id], nil
		}
	}
	if len(rects) == 1 {
		return rects[0], nil
	}
	if s.Width == whole.w && s.Height == whole.h {
		return whole, nil
	}
	found := -1
	for i, r := range rects {
		if s.Width == r.w && s.Height == r.h {
			if found >= 0 {
				return rect{}, ErrUnknownSurface
			}
			found = i
		}
	}
	if found < 0 {
		return rect{}, ErrUnknownSurface
	}
	return rects[found], nil
}

// fits tells whether a picture of the size hinted at could show r: the same shape, whatever the scale.
func fits(r rect, s Surface) bool {
	if s.Width <= 0 || s.Height <= 0 {
		return true
	}
	d := float64(s.Width)*float64(r.h) - float64(s.Height)*float64(r.w)
	return d*d <= 16*float64(r.w*r.w+r.h*r.h)
}
