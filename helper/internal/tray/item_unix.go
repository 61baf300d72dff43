//go:build unix && !darwin

package tray

import (
	"image"

	"github.com/godbus/dbus/v5"
)

// pixmap is one picture of the icon: ARGB, most significant byte first.
type pixmap struct {
	Width, Height int32
	Pixels        []byte
}

type tooltip struct {
	IconName    string
	Pixmaps     []pixmap
	Title, Text string
}

func (n *notifier) itemProperties() map[string]any {
	menu, _ := n.current()
	return map[string]any{
		"Category":            "ApplicationStatus",
		"Id":                  "tasuki-helper",
		"Title":               menu.Title,
		"Status":              "Active",
		"WindowId":            int32(0),
		"IconName":            "",
		"IconPixmap":          []pixmap{toPixmap(Picture(22)), toPixmap(Picture(48))},
		"OverlayIconName":     "",
		"OverlayIconPixmap":   []pixmap{},
		"AttentionIconName":   "",
		"AttentionIconPixmap": []pixmap{},
		"AttentionMovieName":  "",
		"ToolTip":             tooltip{"", []pixmap{}, menu.Title, menu.Tooltip},
		"ItemIsMenu":          true,
		"Menu":                menuPath,
	}
}

func toPixmap(img *image.RGBA) pixmap {
	out := make([]byte, 0, len(img.Pix))
	for n := 0; n < len(img.Pix); n += 4 {
		out = append(out, img.Pix[n+3], img.Pix[n], img.Pix[n+1], img.Pix[n+2])
	}
	return pixmap{int32(img.Rect.Dx()), int32(img.Rect.Dy()), out}
}

func menuProperties() map[string]any {
	return map[string]any{"Version": uint32(3), "TextDirection": "ltr", "Status": "normal", "IconThemePath": []string{}}
}

// itemMethods are what a click on the icon calls; the menu does everything.
type itemMethods struct{ *notifier }

func (itemMethods) Activate(_, _ int32) *dbus.Error          { return nil }
func (itemMethods) SecondaryActivate(_, _ int32) *dbus.Error { return nil }
func (itemMethods) ContextMenu(_, _ int32) *dbus.Error       { return nil }
func (itemMethods) Scroll(_ int32, _ string) *dbus.Error     { return nil }

// propertyMethods answers org.freedesktop.DBus.Properties from a function.
type propertyMethods struct{ values func() map[string]any }

func (p propertyMethods) table() map[string]any {
	return map[string]any{"Get": p.Get, "GetAll": p.GetAll, "Set": p.Set}
}

func (p propertyMethods) Get(_, name string) (dbus.Variant, *dbus.Error) {
	value, ok := p.values()[name]
	if !ok {
		return dbus.Variant{}, dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", []any{"no such property"})
	}
	return dbus.MakeVariant(value), nil
}

func (p propertyMethods) GetAll(string) (map[string]dbus.Variant, *dbus.Error) {
	out := map[string]dbus.Variant{}
	for name, value := range p.values() {
		out[name] = dbus.MakeVariant(value)
	}
	return out, nil
}

func (propertyMethods) Set(string, string, dbus.Variant) *dbus.Error {
	return dbus.NewError("org.freedesktop.DBus.Error.PropertyReadOnly", []any{"read only"})
}
