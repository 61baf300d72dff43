//go:build unix && !darwin

package tray

import (
	"image"

	"tasuki/helper/internal/tray/bus"
)

// property is one D-Bus property with its value.
type property struct {
	name  string
	value bus.Variant
}

func text(s string) bus.Variant { return bus.Variant{Signature: "s", Value: s} }

// itemProperties are those of org.kde.StatusNotifierItem.
func (n *notifier) itemProperties() []property {
	menu, _ := n.current()
	none := bus.Variant{Signature: "a(iiay)", Value: []any{}}
	return []property{
		{"Category", text("ApplicationStatus")},
		{"Id", text("tasuki-helper")},
		{"Title", text(menu.Title)},
		{"Status", text("Active")},
		{"WindowId", bus.Variant{Signature: "i", Value: int32(0)}},
		{"IconName", text("")},
		{"IconPixmap", bus.Variant{Signature: "a(iiay)", Value: []any{pixmap(Picture(22)), pixmap(Picture(48))}}},
		{"OverlayIconName", text("")},
		{"OverlayIconPixmap", none},
		{"AttentionIconName", text("")},
		{"AttentionIconPixmap", none},
		{"AttentionMovieName", text("")},
		{"ToolTip", bus.Variant{Signature: "(sa(iiay)ss)", Value: []any{"", []any{}, menu.Title, menu.Tooltip}}},
		{"ItemIsMenu", bus.Variant{Signature: "b", Value: true}},
		{"Menu", bus.Variant{Signature: "o", Value: menuPath}},
	}
}

// menuProperties are those of com.canonical.dbusmenu.
func menuProperties() []property {
	return []property{
		{"Version", bus.Variant{Signature: "u", Value: uint32(3)}},
		{"TextDirection", text("ltr")},
		{"Status", text("normal")},
		{"IconThemePath", bus.Variant{Signature: "as", Value: []any{}}},
	}
}

// pixmap is one picture of the icon: width, height, ARGB with the most significant byte first.
func pixmap(img *image.RGBA) []any {
	out := make([]byte, 0, len(img.Pix))
	for n := 0; n < len(img.Pix); n += 4 {
		out = append(out, img.Pix[n+3], img.Pix[n], img.Pix[n+1], img.Pix[n+2])
	}
	return []any{int32(img.Rect.Dx()), int32(img.Rect.Dy()), out}
}

// dictionary is a{sv}.
func dictionary(properties []property) []any {
	out := []any{}
	for _, p := range properties {
		out = append(out, []any{p.name, p.value})
	}
	return out
}
