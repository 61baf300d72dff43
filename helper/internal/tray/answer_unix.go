//go:build unix && !darwin

package tray

import "tasuki/helper/internal/tray/bus"

// Names of errors in answers.
const (
	invalid = "org.freedesktop.DBus.Error.InvalidArgs"
	unknown = "org.freedesktop.DBus.Error.UnknownMethod"
	noSuch  = "org.freedesktop.DBus.Error.UnknownProperty"
)

// answer does what a call asks for and answers it. Whoever is on the session bus may call; a call can do no more than
// the menu.
func (n *notifier) answer(conn *bus.Conn, call *bus.Message) {
	reply := bus.Message{Kind: bus.Reply}
	switch {
	case call.Interface == properties && call.Path == itemPath:
		reply = getProperty(call, n.itemProperties())
	case call.Interface == properties && call.Path == menuPath:
		reply = getProperty(call, menuProperties())
	case call.Path == menuPath && (call.Interface == menuFace || call.Interface == ""):
		reply = n.menuCall(call)
	case call.Path == itemPath && (call.Interface == itemFace || call.Interface == ""):
		// Clicks and wheel on the icon: the menu does everything.
	default:
		reply = failure(unknown)
	}
	if call.Quiet {
		return
	}
	reply.ReplyTo, reply.Destination = call.Serial, call.Sender
	_, _ = conn.Send(&reply)
}

func success(signature string, body ...any) bus.Message {
	return bus.Message{Kind: bus.Reply, Signature: signature, Body: body}
}

func failure(name string) bus.Message { return bus.Message{Kind: bus.Error, ErrorName: name} }

func getProperty(call *bus.Message, all []property) bus.Message {
	switch call.Member + " " + call.Signature {
	case "GetAll s":
		return success("a{sv}", dictionary(all))
	case "Get ss":
		for _, p := range all {
			if p.name == call.Body[1] {
				return success("v", p.value)
			}
		}
		return failure(noSuch)
	}
	return failure(unknown)
}

// menuCall answers the methods of com.canonical.dbusmenu. The signature is checked first, so the values are of these types.
func (n *notifier) menuCall(call *bus.Message) bus.Message {
	menu, revision := n.current()
	arguments := call.Body
	number := func(at int) int32 {
		v, _ := arguments[at].(int32)
		return v
	}
	list := func(at int) []any {
		v, _ := arguments[at].([]any)
		return v
	}
	switch call.Member + " " + call.Signature {
	case "GetLayout iias":
		root, ok := layout(menu, number(0), number(1))
		if !ok {
			return failure(invalid)
		}
		return success("u"+nodeSignature, revision, root)
	case "GetGroupProperties aias":
		return success("a(ia{sv})", group(menu, list(0)))
	case "GetProperty is":
		if menu.has(number(0)) {
			for _, p := range describe(menu.Items[number(0)-1]) {
				if p.name == arguments[1] {
					return success("v", p.value)
				}
			}
		}
		return failure(invalid)
	case "Event isvu":
		kind, _ := arguments[1].(string)
		if !n.event(number(0), kind) {
			return failure(invalid)
		}
		return success("")
	case "EventGroup a(isvu)":
		return success("ai", n.events(list(0)))
	case "AboutToShow i":
		return success("b", false)
	case "AboutToShowGroup ai":
		return success("aiai", []any{}, []any{})
	}
	return failure(unknown)
}

// events does several events and gives the numbers of items that are not there.
func (n *notifier) events(all []any) []any {
	missing := []any{}
	for _, one := range all {
		event, _ := one.([]any)
		if len(event) != 4 {
			continue
		}
		number, _ := event[0].(int32)
		kind, _ := event[1].(string)
		if !n.event(number, kind) {
			missing = append(missing, number)
		}
	}
	return missing
}
