package dialog

import (
	"unicode/utf16"
	"unsafe"

	"tasuki/helper/internal/dialog/win32"
)

// winFonts are GDI fonts in the system's message typeface.
type winFonts struct{ body, strong, heading, numbers uintptr }

type logFont struct {
	height, width, escapement, orientation, weight int32
	italic, underline, strikeOut, charSet          byte
	outPrecision, clipPrecision, quality, pitch    byte
	face                                           [32]uint16
}

type nonClientMetrics struct {
	size                                   uint32
	borderWidth, scrollWidth, scrollHeight int32
	captionWidth, captionHeight            int32
	captionFont                            logFont
	smallCaptionWidth, smallCaptionHeight  int32
	smallCaptionFont                       logFont
	menuWidth, menuHeight                  int32
	menuFont, statusFont, messageFont      logFont
	paddedBorderWidth                      int32
}

func newWinFonts(scale float64) winFonts {
	const getNonClientMetrics = 0x29
	var metrics nonClientMetrics
	metrics.size = uint32(unsafe.Sizeof(metrics))
	win32.User("SystemParametersInfoW", getNonClientMetrics, uintptr(metrics.size), uintptr(unsafe.Pointer(&metrics)), 0)
	made := func(size float64, weight int32) uintptr {
		font := metrics.messageFont
		font.height, font.width, font.weight, font.quality = -int32(size*scale+0.5), 0, weight, 5
		return win32.GDI("CreateFontIndirectW", uintptr(unsafe.Pointer(&font)))
	}
	return winFonts{made(13.5, 400), made(13.5, 600), made(18, 600), made(27, 400)}
}

func (f winFonts) free() {
	for _, font := range []uintptr{f.body, f.strong, f.heading, f.numbers} {
		if font != 0 {
			win32.GDI("DeleteObject", font)
		}
	}
}

func (f winFonts) of(i item, corner bool) uintptr {
	switch {
	case i.role == roleHeading && corner:
		return f.strong
	case i.role == roleHeading:
		return f.heading
	case i.role == roleField && i.digits:
		return f.numbers
	}
	return f.body
}

// ruler measures text in one font.
func ruler(font uintptr) (size func(string) (w, h int), done func()) {
	screen := win32.User("GetDC", 0)
	old := win32.GDI("SelectObject", screen, font)
	size = func(s string) (int, int) {
		units := utf16.Encode([]rune(s + " "))
		var extent win32.Point
		win32.GDI("GetTextExtentPoint32W", screen, uintptr(unsafe.Pointer(&units[0])), uintptr(len(units)-1), uintptr(unsafe.Pointer(&extent)))
		return int(extent.X), int(extent.Y)
	}
	return size, func() {
		win32.GDI("SelectObject", screen, old)
		win32.User("ReleaseDC", 0, screen)
	}
}

func (w *winWindow) wrap(i item, limit int) []string {
	size, done := ruler(w.fonts.of(i, w.form.corner))
	defer done()
	return wrap(func(s string) int { width, _ := size(s); return width }, i.label, limit)
}

func (w *winWindow) measure(i item, maxWidth int) (width, height int) {
	size, done := ruler(w.fonts.of(i, w.form.corner))
	defer done()
	_, line := size("Ag漢")
	if i.oneLine || i.role == roleButton {
		width, _ = size(i.label)
		return width, line
	}
	lines := wrap(func(s string) int { width, _ := size(s); return width }, i.label, maxWidth)
	for _, s := range lines {
		one, _ := size(s)
		width = max(width, one)
	}
	return width, len(lines) * line
}
