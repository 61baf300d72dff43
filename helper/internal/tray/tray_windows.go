package tray

import (
	"sync"
	"unicode/utf16"
	"unsafe"

	"tasuki/helper/internal/dialog/win32"
)

// notifyIcon is an icon in the notification area, on a thread of its own.
type notifyIcon struct {
	thread  *win32.Thread
	chosen  Listener
	window  uintptr
	picture uintptr
	created uint32

	mu   sync.Mutex
	menu Menu
}

// notifyData is NOTIFYICONDATAW.
type notifyData struct {
	size        uint32
	window      uintptr
	id, flags   uint32
	callback    uint32
	icon        uintptr
	tip         [128]uint16
	state, mask uint32
	info        [256]uint16
	version     uint32
	infoTitle   [64]uint16
	infoFlags   uint32
	guid        [16]byte
	balloonIcon uintptr
}

const (
	addIcon, changeIcon, removeIcon          = 0, 1, 2
	withMessage, withIcon, withTip           = 1, 2, 4
	wmTray                                   = 0x8000 + 20
	leftUp, rightUp                          = 0x0202, 0x0205
	menuGrayed, menuSeparator                = 0x1, 0x800
	menuReturn, menuRightButton, menuNothing = 0x100, 0x2, 0x80
)

func show(menu Menu, chosen Listener) systemIcon {
	thread, err := win32.Start()
	if err != nil {
		return nil
	}
	n := &notifyIcon{thread: thread, chosen: chosen, menu: menu}
	thread.Post(func() {
		// A hidden top-level window: message-only ones do not hear that the taskbar was started again.
		n.window = thread.Create(0, menu.Title, 0x80000000, 0, 0, 0, 0, 0, n.handle)
		n.created = uint32(win32.User("RegisterWindowMessageW", uintptr(unsafe.Pointer(win32.UTF16("TaskbarCreated")))))
		n.picture = IconHandle(int(win32.User("GetSystemMetrics", 49)))
		n.notify(addIcon)
	})
	return n
}

// IconHandle makes an HICON of the helper's mark, size pixels square (16 to 64); 0 when it cannot. The caller destroys it.
func IconHandle(size int) uintptr {
	size = min(max(size, 16), 64)
	img := Picture(size)
	pixels := make([]byte, len(img.Pix))
	for n := 0; n < len(img.Pix); n += 4 {
		pixels[n], pixels[n+1], pixels[n+2], pixels[n+3] = img.Pix[n+2], img.Pix[n+1], img.Pix[n], img.Pix[n+3]
	}
	color := win32.GDI("CreateBitmap", uintptr(size), uintptr(size), 1, 32, uintptr(unsafe.Pointer(&pixels[0])))
	mask := win32.GDI("CreateBitmap", uintptr(size), uintptr(size), 1, 1, 0)
	info := struct {
		icon        int32
		x, y        uint32
		mask, color uintptr
	}{1, 0, 0, mask, color}
	icon := win32.User("CreateIconIndirect", uintptr(unsafe.Pointer(&info)))
	win32.GDI("DeleteObject", color)
	win32.GDI("DeleteObject", mask)
	return icon
}

func (n *notifyIcon) notify(what uintptr) {
	if n.window == 0 {
		return
	}
	n.mu.Lock()
	tooltip := n.menu.Tooltip
	n.mu.Unlock()
	data := notifyData{window: n.window, id: 1, flags: withMessage | withIcon | withTip, callback: wmTray, icon: n.picture}
	data.size = uint32(unsafe.Sizeof(data))
	tip := utf16.Encode([]rune(tooltip))
	copy(data.tip[:127], tip)
	win32.Shell("Shell_NotifyIconW", what, uintptr(unsafe.Pointer(&data)))
}

func (n *notifyIcon) handle(message uint32, _, lParam uintptr) (uintptr, bool) {
	switch {
	case message == wmTray && (lParam&0xffff == leftUp || lParam&0xffff == rightUp):
		n.popUp()
		return 0, true
	case message == n.created && n.created != 0:
		n.notify(addIcon)
		return 0, true
	}
	return 0, false
}

// popUp shows the menu at the pointer and tells what was chosen.
func (n *notifyIcon) popUp() {
	n.mu.Lock()
	menu := n.menu
	n.mu.Unlock()
	popup := win32.User("CreatePopupMenu")
	defer win32.User("DestroyMenu", popup)
	for k, item := range menu.Items {
		flags := uintptr(0)
		switch {
		case item.Separator:
			flags = menuSeparator
		case item.ID == "":
			flags = menuGrayed
		}
		win32.User("AppendMenuW", popup, flags, uintptr(k+1), uintptr(unsafe.Pointer(win32.UTF16(escape(item.Label)))))
	}
	var at win32.Point
	win32.User("GetCursorPos", uintptr(unsafe.Pointer(&at)))
	// Without the foreground the menu would not close on a click elsewhere.
	win32.User("SetForegroundWindow", n.window)
	number := int(win32.User("TrackPopupMenu", popup, menuReturn|menuRightButton|menuNothing,
		win32.Signed(int(at.X)), win32.Signed(int(at.Y)), 0, n.window, 0))
	if number < 1 || number > len(menu.Items) {
		return
	}
	if item := menu.Items[number-1]; item.ID != "" {
		go n.chosen(item.ID)
	}
}

// escape doubles the sign that marks a shortcut key.
func escape(label string) string {
	out := []rune{}
	for _, r := range label {
		if r == '&' {
			out = append(out, r)
		}
		out = append(out, r)
	}
	return string(out)
}

func (n *notifyIcon) update(menu Menu) {
	n.mu.Lock()
	n.menu = menu
	n.mu.Unlock()
	n.thread.Post(func() { n.notify(changeIcon) })
}

func (n *notifyIcon) close() {
	n.thread.Post(func() {
		if n.window == 0 {
			return
		}
		n.notify(removeIcon)
		n.thread.Destroy(n.window)
		win32.User("DestroyIcon", n.picture)
		n.window = 0
	})
}
