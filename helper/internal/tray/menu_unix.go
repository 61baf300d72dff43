//go:build unix && !darwin

package tray

import (
	"strings"

	"github.com/godbus/dbus/v5"
)

// node is a menu item as com.canonical.dbusmenu sends it. Number 0 is the menu itself; item n of the Menu has number n+1.
type node struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

type itemProperties struct {
	ID         int32
	Properties map[string]dbus.Variant
}

type menuEvent struct {
	ID        int32
	Kind      string
	Data      dbus.Variant
	Timestamp uint32
}

func describe(item Item) map[string]dbus.Variant {
	out := map[string]dbus.Variant{}
	if item.Separator {
		out["type"] = dbus.MakeVariant("separator")
		return out
	}
	// A single underscore would mark a shortcut key.
	out["label"] = dbus.MakeVariant(strings.ReplaceAll(item.Label, "_", "__"))
	out["enabled"] = dbus.MakeVariant(item.ID != "")
	if item.Check {
		state := int32(0)
		if item.Checked {
			state = 1
		}
		out["toggle-type"] = dbus.MakeVariant("checkmark")
		out["toggle-state"] = dbus.MakeVariant(state)
	}
	return out
}

// menuMethods are the methods of com.canonical.dbusmenu.
type menuMethods struct{ *notifier }

func (m menuMethods) GetLayout(parent, depth int32, _ []string) (uint32, node, *dbus.Error) {
	menu, revision := m.current()
	if parent != 0 {
		for _, p := range nodes(menu) {
			if p.ID == parent {
				return revision, node{p.ID, p.Properties, []dbus.Variant{}}, nil
			}
		}
		return 0, node{}, dbus.NewError("org.freedesktop.DBus.Error.InvalidArgs", []any{"no such item"})
	}
	root := node{0, map[string]dbus.Variant{"children-display": dbus.MakeVariant("submenu")}, []dbus.Variant{}}
	if depth != 0 {
		for _, p := range nodes(menu) {
			root.Children = append(root.Children, dbus.MakeVariant(node{p.ID, p.Properties, []dbus.Variant{}}))
		}
	}
	return revision, root, nil
}

func nodes(menu Menu) []itemProperties {
	var out []itemProperties
	for n, item := range menu.Items {
		out = append(out, itemProperties{int32(n + 1), describe(item)})
	}
	return out
}

func (m menuMethods) GetGroupProperties(ids []int32, _ []string) ([]itemProperties, *dbus.Error) {
	menu, _ := m.current()
	out := []itemProperties{}
	for _, p := range nodes(menu) {
		wanted := len(ids) == 0
		for _, id := range ids {
			wanted = wanted || id == p.ID
		}
		if wanted {
			out = append(out, p)
		}
	}
	return out, nil
}

func (m menuMethods) GetProperty(id int32, name string) (dbus.Variant, *dbus.Error) {
	menu, _ := m.current()
	for _, p := range nodes(menu) {
		if value, ok := p.Properties[name]; ok && p.ID == id {
			return value, nil
		}
	}
	return dbus.Variant{}, dbus.NewError("org.freedesktop.DBus.Error.InvalidArgs", []any{"no such property"})
}

func (m menuMethods) Event(id int32, kind string, _ dbus.Variant, _ uint32) *dbus.Error {
	if kind != "clicked" {
		return nil
	}
	menu, _ := m.current()
	if id < 1 || int(id) > len(menu.Items) {
		return dbus.NewError("org.freedesktop.DBus.Error.InvalidArgs", []any{"no such item"})
	}
	if item := menu.Items[id-1]; item.ID != "" {
		m.chosen(item.ID, !item.Checked)
	}
	return nil
}

func (m menuMethods) EventGroup(events []menuEvent) ([]int32, *dbus.Error) {
	unknown := []int32{}
	for _, e := range events {
		if m.Event(e.ID, e.Kind, e.Data, e.Timestamp) != nil {
			unknown = append(unknown, e.ID)
		}
	}
	return unknown, nil
}

func (menuMethods) AboutToShow(int32) (bool, *dbus.Error) { return false, nil }

func (menuMethods) AboutToShowGroup([]int32) ([]int32, []int32, *dbus.Error) {
	return []int32{}, []int32{}, nil
}
