// Package tray shows the helper's icon in the system's tray, with its menu: a StatusNotifierItem over D-Bus on Linux, the
// notification area on Windows, a status item on macOS. Where there is no tray it is silently absent; the dialog is there.
package tray

// Menu is what the icon shows.
type Menu struct {
	// Title names the program; Tooltip says in one line what is going on.
	Title, Tooltip string
	Items          []Item
}

// Item is one line of the menu. Without an ID it is only text.
type Item struct {
	// ID is handed to the listener when the item is chosen.
	ID, Label string
	// Separator: a line between groups; nothing else is looked at.
	Separator bool
}

// Listener hears the ID of the item that was chosen. Remote input can reach the menu, so nothing in it may allow anything.
type Listener func(id string)

// Icon is one icon in the tray. A nil Icon does nothing.
type Icon struct{ system systemIcon }

type systemIcon interface {
	update(Menu)
	close()
}

// Show puts the icon in the tray, without waiting for it to be there. chosen is called on goroutines of the tray.
func Show(menu Menu, chosen Listener) *Icon {
	system := show(menu, chosen)
	if system == nil {
		return nil
	}
	return &Icon{system}
}

// Update shows another menu.
func (i *Icon) Update(menu Menu) {
	if i != nil {
		i.system.update(menu)
	}
}

// Close takes the icon away. It may be called more than once.
func (i *Icon) Close() {
	if i != nil {
		i.system.close()
	}
}
