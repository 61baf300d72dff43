package tray

import (
	"bytes"
	"image/png"
	"unsafe"

	"github.com/ebitengine/purego/objc"

	"tasuki/helper/internal/dialog/appkit"
)

// statusItem is an item in the menu bar; everything in it belongs to the main thread.
type statusItem struct {
	chosen Listener
	item   objc.ID
	stops  []func()
}

// show needs the main loop of the dialogs, which loads AppKit.
func show(menu Menu, chosen Listener) systemIcon {
	s := &statusItem{chosen: chosen}
	appkit.Post(func() {
		const variableLength = -1.0
		s.item = appkit.Class("NSStatusBar").Send(appkit.Selector("systemStatusBar")).Send(appkit.Selector("statusItemWithLength:"), variableLength)
		s.item.Send(appkit.Selector("retain"))
		s.item.Send(appkit.Selector("button")).Send(appkit.Selector("setImage:"), picture())
		s.fill(menu)
	})
	return s
}

func picture() objc.ID {
	var out bytes.Buffer
	if err := png.Encode(&out, Picture(36)); err != nil {
		return 0
	}
	data := appkit.Class("NSData").Send(appkit.Selector("dataWithBytes:length:"), unsafe.Pointer(&out.Bytes()[0]), uint(out.Len()))
	image := appkit.Class("NSImage").Send(appkit.Selector("alloc")).Send(appkit.Selector("initWithData:"), data)
	image.Send(appkit.Selector("setSize:"), appkit.Size{Width: 18, Height: 18})
	return image.Send(appkit.Selector("autorelease"))
}

// fill builds the menu anew.
func (s *statusItem) fill(menu Menu) {
	for _, stop := range s.stops {
		stop()
	}
	s.stops = nil
	list := appkit.Class("NSMenu").Send(appkit.Selector("new"))
	list.Send(appkit.Selector("setAutoenablesItems:"), false)
	for _, item := range menu.Items {
		if item.Separator {
			list.Send(appkit.Selector("addItem:"), appkit.Class("NSMenuItem").Send(appkit.Selector("separatorItem")))
			continue
		}
		line := list.Send(appkit.Selector("addItemWithTitle:action:keyEquivalent:"), appkit.String(item.Label),
			appkit.Selector(appkit.Action), appkit.String(""))
		line.Send(appkit.Selector("setTarget:"), appkit.Target())
		line.Send(appkit.Selector("setEnabled:"), item.ID != "")
		if item.ID != "" {
			s.stops = append(s.stops, appkit.Listen(line, func() { go s.chosen(item.ID) }))
		}
	}
	s.item.Send(appkit.Selector("setMenu:"), list)
	s.item.Send(appkit.Selector("button")).Send(appkit.Selector("setToolTip:"), appkit.String(menu.Tooltip))
	list.Send(appkit.Selector("release"))
}

func (s *statusItem) update(menu Menu) {
	appkit.Post(func() {
		if s.item != 0 {
			s.fill(menu)
		}
	})
}

func (s *statusItem) close() {
	appkit.Post(func() {
		if s.item == 0 {
			return
		}
		for _, stop := range s.stops {
			stop()
		}
		appkit.Class("NSStatusBar").Send(appkit.Selector("systemStatusBar")).Send(appkit.Selector("removeStatusItem:"), s.item)
		s.item.Send(appkit.Selector("release"))
		s.item = 0
	})
}
