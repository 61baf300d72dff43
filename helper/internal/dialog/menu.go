package dialog

import (
	"tasuki/helper/internal/text"
	"tasuki/helper/internal/tray"
)

// trayMenu is the tray icon's menu: it says what goes on and takes back; it allows nothing, as remote input can reach it.
func trayMenu(w *text.Words, s Session) tray.Menu {
	heading := w.Connected
	if !s.Connected {
		heading = w.Interrupted
	}
	lines := append(who(w, s), server(w, s))
	menu := tray.Menu{Title: w.AppName, Tooltip: heading + " – " + lines[0]}
	menu.Items = append(menu.Items, tray.Item{Label: heading})
	for _, line := range lines {
		if line != "" {
			menu.Items = append(menu.Items, tray.Item{Label: line})
		}
	}
	take, off := w.TakeInput, w.InputOff
	if s.Sharing {
		take, off = w.TakeInputShare, w.InputShareOff
	}
	menu.Items = append(menu.Items, tray.Item{Separator: true}, taking(idInput, s.Input, take, off))
	if s.ClipboardAllowed {
		menu.Items = append(menu.Items, taking(idClipboard, s.Clipboard, w.TakeClipboard, w.ClipboardOff))
	}
	menu.Items = append(menu.Items, tray.Item{Separator: true}, tray.Item{ID: idCancel, Label: w.Stop})
	return menu
}

// taking is the line of one grant: it can be taken back while it holds.
func taking(id string, on bool, take, off string) tray.Item {
	if on {
		return tray.Item{ID: id, Label: take}
	}
	return tray.Item{Label: off}
}
