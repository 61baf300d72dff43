//go:build unix && !darwin

package dialog

import (
	"math"
	"strconv"
	"strings"

	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

// scale is pixels for 1/96 inch: what the desktop says (Xft.dpi), else what the main monitor's size suggests.
func (x *x11) scale() float64 {
	if dpi, ok := xftDPI(string(x.property(x.screen.Root, xproto.AtomResourceManager, 1<<16))); ok {
		return math.Min(math.Max(dpi/96, 0.75), 4)
	}
	_, millimetres, width := x.monitor()
	if millimetres <= 0 {
		return 1
	}
	// Sizes that monitors report are often rough: only a clearly dense one counts, in steps of a half.
	dpi := float64(width) * 25.4 / float64(millimetres)
	switch {
	case dpi >= 168:
		return 2
	case dpi >= 132:
		return 1.5
	}
	return 1
}

// xftDPI finds Xft.dpi in the server's resource database.
func xftDPI(resources string) (float64, bool) {
	for line := range strings.SplitSeq(resources, "\n") {
		name, value, found := strings.Cut(line, ":")
		if found && strings.TrimSpace(name) == "Xft.dpi" {
			dpi, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			return dpi, err == nil && dpi >= 24 && dpi <= 1200
		}
	}
	return 0, false
}

// monitor gives the main monitor's place and its width in millimetres (0: not known) and pixels.
func (x *x11) monitor() (place rect, millimetres, width int) {
	whole := rect{0, 0, int(x.screen.WidthInPixels), int(x.screen.HeightInPixels)}
	if randr.Init(x.conn) != nil {
		return whole, 0, whole.w
	}
	if version, err := randr.QueryVersion(x.conn, 1, 5).Reply(); err != nil || version.MajorVersion == 1 && version.MinorVersion < 5 {
		return whole, 0, whole.w
	}
	monitors, err := randr.GetMonitors(x.conn, x.screen.Root, true).Reply()
	if err != nil || len(monitors.Monitors) == 0 {
		return whole, 0, whole.w
	}
	main := monitors.Monitors[0]
	for _, m := range monitors.Monitors {
		if m.Primary {
			main = m
		}
	}
	return rect{int(main.X), int(main.Y), int(main.Width), int(main.Height)}, int(main.WidthInMillimeters), int(main.Width)
}

// workArea is the main monitor without the desktop's panels.
func (x *x11) workArea() rect {
	area, _, _ := x.monitor()
	values := cardinals(x.property(x.screen.Root, x.atoms["_NET_WORKAREA"], 64))
	if len(values) < 4 {
		return area
	}
	left, top := max(area.x, int(values[0])), max(area.y, int(values[1]))
	right := min(area.x+area.w, int(values[0]+values[2]))
	bottom := min(area.y+area.h, int(values[1]+values[3]))
	if right-left < 200 || bottom-top < 200 {
		return area
	}
	return rect{left, top, right - left, bottom - top}
}

// managed tells whether a window manager runs that follows the desktop's conventions.
func (x *x11) managed() bool {
	check := cardinals(x.property(x.screen.Root, x.atoms["_NET_SUPPORTING_WM_CHECK"], 1))
	if len(check) != 1 {
		return false
	}
	// The property outlives a manager that crashed; its window does not.
	_, err := xproto.GetGeometry(x.conn, xproto.Drawable(check[0])).Reply()
	return err == nil
}

// property reads at most 4*longs bytes; nil when there is none.
func (x *x11) property(window xproto.Window, name xproto.Atom, longs uint32) []byte {
	reply, err := xproto.GetProperty(x.conn, false, window, name, xproto.GetPropertyTypeAny, 0, longs).Reply()
	if err != nil {
		return nil
	}
	return reply.Value
}

func cardinals(b []byte) []uint32 {
	var out []uint32
	for ; len(b) >= 4; b = b[4:] {
		out = append(out, uint32(b[0])|uint32(b[1])<<8|uint32(b[2])<<16|uint32(b[3])<<24)
	}
	return out
}
