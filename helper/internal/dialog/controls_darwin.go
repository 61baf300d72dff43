package dialog

import (
	"math"

	"github.com/ebitengine/purego/objc"

	"tasuki/helper/internal/dialog/appkit"
)

const weightSemibold = 0.3

// macFont is the system's font for an item.
func macFont(i item, corner bool) objc.ID {
	font := appkit.Class("NSFont")
	switch {
	case i.role == roleHeading && corner:
		return font.Send(appkit.Selector("systemFontOfSize:weight:"), 13.0, weightSemibold)
	case i.role == roleHeading:
		return font.Send(appkit.Selector("systemFontOfSize:weight:"), 18.0, weightSemibold)
	case i.role == roleField && i.digits:
		return font.Send(appkit.Selector("monospacedDigitSystemFontOfSize:weight:"), 27.0, 0.0)
	}
	return font.Send(appkit.Selector("systemFontOfSize:"), 13.0)
}

// make creates the view of item n.
func (w *macWindow) make(n int, i item) {
	target, action := appkit.Target(), appkit.Selector(appkit.Action)
	switch i.role {
	case roleButton:
		view := appkit.Class("NSButton").Send(appkit.Selector("buttonWithTitle:target:action:"), appkit.String(i.label), target, action)
		switch {
		case i.id == w.form.enterButton() && !w.form.corner:
			view.Send(appkit.Selector("setKeyEquivalent:"), appkit.String("\r"))
		case i.id == idCancel && !w.form.corner:
			view.Send(appkit.Selector("setKeyEquivalent:"), appkit.String("\x1b"))
		}
		w.controls[n] = view
		w.listen(view, func() { w.queue.post(act{kind: actPress, id: i.id}) })
	case roleCheck:
		view := appkit.Class("NSButton").Send(appkit.Selector("checkboxWithTitle:target:action:"), appkit.String(i.label), target, action)
		w.controls[n] = view
		w.listen(view, func() {
			on := objc.Send[int](view, appkit.Selector("state")) == 1
			w.form.items[n].checked = on
			w.queue.post(act{kind: actToggle, id: i.id, on: on})
		})
	case roleField:
		w.names[n] = macLabel(item{role: roleText, label: i.label}, w.form.corner)
		view := appkit.Class("NSTextField").Send(appkit.Selector("textFieldWithString:"), appkit.String(""))
		view.Send(appkit.Selector("setFont:"), macFont(i, w.form.corner))
		view.Send(appkit.Selector("setDelegate:"), target)
		view.Send(appkit.Selector("setAccessibilityLabel:"), appkit.String(i.label))
		w.controls[n] = view
		w.listen(view, func() { w.edited(view, i) })
	default:
		if i.role == rolePoint {
			w.names[n] = macLabel(item{role: roleText, label: "•"}, w.form.corner)
		}
		w.controls[n] = macLabel(i, w.form.corner)
	}
	content := w.send("contentView")
	if w.names[n] != 0 {
		content.Send(appkit.Selector("addSubview:"), w.names[n])
	}
	content.Send(appkit.Selector("addSubview:"), w.controls[n])
	w.refresh(n)
}

// macLabel is text that cannot be edited.
func macLabel(i item, corner bool) objc.ID {
	const truncateTail = 4
	maker := "wrappingLabelWithString:"
	if i.oneLine {
		maker = "labelWithString:"
	}
	view := appkit.Class("NSTextField").Send(appkit.Selector(maker), appkit.String(i.label))
	view.Send(appkit.Selector("setSelectable:"), false)
	view.Send(appkit.Selector("setFont:"), macFont(i, corner))
	if i.oneLine {
		view.Send(appkit.Selector("setLineBreakMode:"), uint(truncateTail))
	}
	return view
}

// refresh shows item n as the form has it; a field keeps what was typed.
func (w *macWindow) refresh(n int) {
	i, view := w.form.items[n], w.controls[n]
	switch i.role {
	case roleField:
		return
	case roleButton, roleCheck:
		view.Send(appkit.Selector("setTitle:"), appkit.String(i.label))
		view.Send(appkit.Selector("setEnabled:"), !i.disabled)
		if i.role == roleCheck {
			state := 0
			if i.checked {
				state = 1
			}
			view.Send(appkit.Selector("setState:"), state)
		}
		return
	}
	view.Send(appkit.Selector("setStringValue:"), appkit.String(i.label))
	color := "labelColor"
	switch i.role {
	case roleHint:
		color = "secondaryLabelColor"
	case roleProblem:
		color = "systemRedColor"
	}
	view.Send(appkit.Selector("setTextColor:"), appkit.Class("NSColor").Send(appkit.Selector(color)))
}

// edited normalises a number while it is typed. While an input method composes, the text is left alone.
func (w *macWindow) edited(view objc.ID, i item) {
	editor := view.Send(appkit.Selector("currentEditor"))
	if editor != 0 && objc.Send[bool](editor, appkit.Selector("hasMarkedText")) {
		return
	}
	typed := appkit.Text(view.Send(appkit.Selector("stringValue")))
	if !i.digits {
		if len(typed) > maxField {
			typed = typed[:maxField]
		}
		w.queue.post(act{kind: actEdit, id: i.id, value: typed})
		return
	}
	digits := codeDigits(typed)
	if shown := groupCode(digits); shown != typed {
		view.Send(appkit.Selector("setStringValue:"), appkit.String(shown))
	}
	w.queue.post(act{kind: actEdit, id: i.id, value: digits})
}

// macMeasurer measures with cells of the kind that will show the text.
type macMeasurer struct{ corner bool }

func (m macMeasurer) measure(i item, maxWidth int) (w, h int) {
	label := i
	if i.role == roleButton {
		label.oneLine = true
	}
	cell := macLabel(label, m.corner).Send(appkit.Selector("cell"))
	size := objc.Send[appkit.Size](cell, appkit.Selector("cellSizeForBounds:"), appkit.MakeRect(0, 0, float64(maxWidth), 10000))
	return int(math.Ceil(size.Width)), int(math.Ceil(size.Height))
}
