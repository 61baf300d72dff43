package dialog

// A window is described by a form; a backend draws it with the system's own means and reports what the person does.
// The order of items is the tab order. Items keep their place for the life of a window; one with an empty label is hidden.

type role string

const (
	roleHeading role = "heading"
	roleText    role = "text"
	roleHint    role = "hint"
	roleProblem role = "problem"
	rolePoint   role = "point"
	roleField   role = "field"
	roleCheck   role = "check"
	roleButton  role = "button"
)

// Names of items; acts carry them.
const (
	idAccept    = "accept"
	idCancel    = "cancel"
	idCode      = "code"
	idServer    = "server"
	idInput     = "input"
	idClipboard = "clipboard"
)

type item struct {
	role role
	// id is set for what can be used: fields, checks, buttons.
	id string
	// label is what is shown; of a field, the name above it.
	label string
	// digits: the field takes eight digits, written in two groups, in large type.
	digits  bool
	checked bool
	// disabled: shown, but cannot be used.
	disabled bool
	// primary: the button that Enter presses from a field, drawn strongly.
	primary bool
	// oneLine: shortened with an ellipsis instead of being wrapped.
	oneLine bool
	// instead are what else the label may become: there is room for the longest of them, so that nothing below it moves
	// while somebody reaches for it.
	instead [4]string
}

type form struct {
	title string
	items []item
	// corner: the small window that stays on top in the corner below and never takes the focus; else a dialog.
	corner bool
	// focus is the id that has the focus first.
	focus string
}

// usable tells whether an item can have the focus.
func (i item) usable() bool { return i.id != "" && i.label != "" && !i.disabled }

// enterButton is the button that Enter presses when nothing else has the focus: the one that has it first, so that a stray
// Enter never accepts what only Cancel was meant for; else the primary one.
func (f form) enterButton() string {
	primary := ""
	for _, i := range f.items {
		if i.role == roleButton && i.id == f.focus {
			return i.id
		}
		if i.primary {
			primary = i.id
		}
	}
	return primary
}

type actKind int

const (
	// actPress: a button was pressed, or Escape stood for Cancel.
	actPress actKind = iota
	// actToggle: a check box was set to on.
	actToggle
	// actEdit: a field now holds value.
	actEdit
	// actClose: the window's close box, or the window system is gone.
	actClose
)

type act struct {
	kind  actKind
	id    string
	value string
	on    bool
}

// surface is one open window. Fields keep what was typed across update.
type surface interface {
	acts() <-chan act
	update(form)
	close()
}

// backend is a window system.
type backend interface {
	run(main func())
	open(form) (surface, error)
	windows() []uintptr
}

// actQueue hands acts to the one that reads them. A person cannot fill it; a reader that is gone must not block the
// window system, so what does not fit is dropped.
type actQueue chan act

func newActQueue() actQueue { return make(actQueue, 256) }

func (q actQueue) post(a act) {
	select {
	case q <- a:
	default:
	}
}
