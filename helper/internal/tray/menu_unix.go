//go:build unix && !darwin

package tray

import (
	"slices"
	"strings"

	"tasuki/helper/internal/tray/bus"
)

// In com.canonical.dbusmenu number 0 is the menu itself; item n of the Menu has number n+1.

// describe gives the properties of one menu item.
func describe(item Item) []property {
	if item.Separator {
		return []property{{"type", text("separator")}}
	}
	return []property{
		// A single underscore would mark a shortcut key.
		{"label", text(strings.ReplaceAll(item.Label, "_", "__"))},
		{"enabled", bus.Variant{Signature: "b", Value: item.ID != ""}},
	}
}

const nodeSignature = "(ia{sv}av)"

func leaf(menu Menu, number int32) []any {
	return []any{number, dictionary(describe(menu.Items[number-1])), []any{}}
}

func (m Menu) has(number int32) bool { return number >= 1 && int(number) <= len(m.Items) }

// layout answers GetLayout for a parent, down to a depth (-1: all).
func layout(menu Menu, parent, depth int32) ([]any, bool) {
	if parent != 0 {
		if !menu.has(parent) {
			return nil, false
		}
		return leaf(menu, parent), true
	}
	children := []any{}
	if depth != 0 {
		for n := range menu.Items {
			children = append(children, bus.Variant{Signature: nodeSignature, Value: leaf(menu, int32(n+1))})
		}
	}
	return []any{int32(0), dictionary([]property{{"children-display", text("submenu")}}), children}, true
}

// group answers GetGroupProperties for these numbers, or for all when there are none.
func group(menu Menu, numbers []any) []any {
	out := []any{}
	for n, item := range menu.Items {
		if number := int32(n + 1); len(numbers) == 0 || slices.Contains(numbers, any(number)) {
			out = append(out, []any{number, dictionary(describe(item))})
		}
	}
	return out
}

// event tells the listener when an item was clicked. false: there is no such item.
func (n *notifier) event(number int32, kind string) bool {
	menu, _ := n.current()
	if !menu.has(number) {
		return false
	}
	if item := menu.Items[number-1]; kind == "clicked" && item.ID != "" {
		n.chosen(item.ID)
	}
	return true
}
