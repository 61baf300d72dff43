package inject

import (
	"os"
	"strconv"
)

var ownPid = int64(os.Getpid())

const (
	listOnScreen  = 1
	listOneWindow = 8
)

// listWindows returns windows from front to back.
func listWindows(options, window uint32) []macWindow {
	list := cgWindowList(options, window)
	if list == 0 {
		return nil
	}
	defer cfRelease(list)
	var windows []macWindow
	for i := range cfArrayCount(list) {
		d := cfArrayAt(list, i)
		var r cgRect
		w := macWindow{id: number(d, "kCGWindowNumber"), pid: number(d, "kCGWindowOwnerPID"), layer: number(d, "kCGWindowLayer")}
		if bounds := value(d, "kCGWindowBounds"); bounds == 0 || !cgRectFromDictionary(bounds, &r) {
			continue
		}
		w.bounds = rect{int(r.x), int(r.y), int(r.w), int(r.h)}
		windows = append(windows, w)
	}
	return windows
}

func text(s string) ref { return cfStringCreate(0, s, cfUTF8) }

// value is a dictionary's entry, which belongs to the dictionary.
func value(dictionary ref, key string) ref {
	k := text(key)
	defer cfRelease(k)
	return cfDictionaryGet(dictionary, k)
}

func number(dictionary ref, key string) int64 {
	n := value(dictionary, key)
	var v int64
	if n == 0 || !cfNumberGet(n, cfInt64, &v) {
		return -1
	}
	return v
}

func (m *macDriver) place(s Surface) (rect, uintptr, error) {
	switch s.Kind {
	case "window":
		id, err := strconv.ParseUint(s.ID, 10, 32)
		if err != nil || id == 0 {
			return rect{}, 0, ErrUnknownSurface
		}
		for _, w := range listWindows(listOneWindow, uint32(id)) {
			if w.id == int64(id) {
				return w.bounds, uintptr(id), nil
			}
		}
	case "monitor":
		r, err := displayRect(s)
		return r, 0, err
	}
	return rect{}, 0, ErrUnknownSurface
}

// displayRect finds a display by its id, its index, or the size of the picture (in points or pixels).
func displayRect(s Surface) (rect, error) {
	var ids [32]uint32
	var n uint32
	if cgActiveDisplays(uint32(len(ids)), &ids[0], &n) != 0 || n == 0 {
		return rect{}, ErrUnknownSurface
	}
	id, err := strconv.ParseUint(s.ID, 10, 32)
	known := err == nil
	found := -1
	for i := range int(n) {
		if known && uint64(ids[i]) == id {
			found = i
		}
	}
	if found < 0 && known && id < uint64(n) {
		found = int(id)
	}
	for i := 0; found < 0 && i < int(n); i++ {
		b := cgDisplayBounds(ids[i])
		if n == 1 || int(b.w) == s.Width && int(b.h) == s.Height || s.Width > 0 && cgDisplayPixelsWide(ids[i]) == uint64(s.Width) {
			found = i
		}
	}
	if found < 0 {
		return rect{}, ErrUnknownSurface
	}
	b := cgDisplayBounds(ids[found])
	return rect{int(b.x), int(b.y), int(b.w), int(b.h)}, nil
}

func (m *macDriver) under(p point, exact bool) []uintptr {
	owner := func() int64 { return ownerAt(p) }
	if !exact {
		owner = nil
	}
	if id := topmost(listWindows(listOnScreen, 0), p, ownPid, owner); id != 0 {
		return []uintptr{uintptr(id)}
	}
	return nil
}

// ownerAt is the process whose element a click at p reaches; 0: nobody knows.
func ownerAt(p point) int64 {
	system := axSystemWide()
	defer cfRelease(system)
	var element ref
	if axElementAt(system, float32(p.x), float32(p.y), &element) != 0 || element == 0 {
		return 0
	}
	defer cfRelease(element)
	var pid int32
	if axPid(element, &pid) != 0 {
		return 0
	}
	return int64(pid)
}

func (m *macDriver) ours(w uintptr) bool {
	for _, each := range listWindows(listOneWindow, uint32(w)) {
		if each.id == int64(w) {
			return each.pid == ownPid
		}
	}
	return false
}

// focused is the frontmost window of the program that has the keyboard.
func (m *macDriver) focused() []uintptr {
	system := axSystemWide()
	defer cfRelease(system)
	name := text("AXFocusedApplication")
	defer cfRelease(name)
	var app ref
	if axCopy(system, name, &app) != 0 || app == 0 {
		return nil
	}
	defer cfRelease(app)
	var pid int32
	if axPid(app, &pid) != 0 {
		return nil
	}
	window := text("AXFocusedWindow")
	defer cfRelease(window)
	var w ref
	var id uint32
	if axCopy(app, window, &w) == 0 && w != 0 {
		defer cfRelease(w)
		if axWindowID(w, &id) == 0 && id != 0 {
			return []uintptr{uintptr(id)}
		}
	}
	for _, w := range listWindows(listOnScreen, 0) {
		if w.pid == int64(pid) && w.layer >= 0 && (w.layer <= levelModal || w.pid == ownPid) {
			return []uintptr{uintptr(w.id)}
		}
	}
	return nil
}

// top: windows of macOS are top-level as they are. Sheets and menus are windows of their own, without a way to ask whose:
// they are not part of a chosen window.
func (m *macDriver) top(w uintptr) uintptr { return w }

// activate brings the program to the front and raises the window through Accessibility.
func (m *macDriver) activate(w uintptr) {
	list := listWindows(listOneWindow, uint32(w))
	if len(list) == 0 {
		return
	}
	app := axApplication(int32(list[0].pid))
	defer cfRelease(app)
	names := map[string]ref{}
	for _, n := range []string{"AXFrontmost", "AXWindows", "AXRaise"} {
		names[n] = text(n)
		defer cfRelease(names[n])
	}
	_ = axSet(app, names["AXFrontmost"], cfTrue)
	var windows ref
	if axCopy(app, names["AXWindows"], &windows) != 0 || windows == 0 {
		return
	}
	defer cfRelease(windows)
	for i := range cfArrayCount(windows) {
		element := cfArrayAt(windows, i)
		var id uint32
		if axWindowID(element, &id) == 0 && uintptr(id) == w {
			_ = axPerform(element, names["AXRaise"])
		}
	}
}
