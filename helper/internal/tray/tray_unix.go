//go:build unix && !darwin

package tray

import (
	"context"
	"fmt"
	"os"
	"sync"

	"tasuki/helper/internal/tray/bus"
)

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	watcherPath = "/StatusNotifierWatcher"
	itemPath    = "/StatusNotifierItem"
	itemFace    = "org.kde.StatusNotifierItem"
	menuPath    = "/MenuBar"
	menuFace    = "com.canonical.dbusmenu"
	properties  = "org.freedesktop.DBus.Properties"
	busName     = "org.freedesktop.DBus"
)

// notifier is a StatusNotifierItem with a com.canonical.dbusmenu, on a bus connection of its own.
type notifier struct {
	chosen Listener
	cancel context.CancelFunc
	name   string

	mu       sync.Mutex
	menu     Menu
	revision uint32
	conn     *bus.Conn
	closed   bool
}

var (
	countMu sync.Mutex
	count   int
)

func show(menu Menu, chosen Listener) systemIcon {
	address := busAddress()
	if address == "" {
		return nil
	}
	countMu.Lock()
	count++
	name := fmt.Sprintf("org.kde.StatusNotifierItem-%d-%d", os.Getpid(), count)
	countMu.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	n := &notifier{chosen: chosen, menu: menu, revision: 1, cancel: cancel, name: name}
	go n.run(ctx, address)
	return n
}

// busAddress finds the session bus without starting one.
func busAddress() string {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" {
		return address
	}
	path := fmt.Sprintf("/run/user/%d/bus", os.Getuid())
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return "unix:path=" + path
}

// run connects, shows the icon, answers the tray, and shows the icon again whenever a new tray appears, until ctx ends.
func (n *notifier) run(ctx context.Context, address string) {
	conn, err := bus.Dial(ctx, address)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	watch := "type='signal',sender='" + busName + "',member='NameOwnerChanged',arg0='" + watcherName + "'"
	for _, call := range []*bus.Message{
		toBus("AddMatch", "s", watch),
		toBus("RequestName", "su", n.name, uint32(4)), // 4: do not queue
	} {
		if _, err := conn.Send(call); err != nil {
			return
		}
	}
	n.mu.Lock()
	n.conn = conn
	n.mu.Unlock()
	n.register(conn)
	for {
		message, err := conn.Read()
		if err != nil {
			return
		}
		switch message.Kind {
		case bus.Call:
			n.answer(conn, message)
		case bus.Signal:
			if message.Sender == busName && message.Member == "NameOwnerChanged" && len(message.Body) == 3 &&
				message.Body[0] == watcherName && message.Body[2] != "" {
				n.register(conn)
			}
		}
	}
}

func toBus(member, signature string, body ...any) *bus.Message {
	return &bus.Message{Kind: bus.Call, Quiet: true, Destination: busName, Path: "/org/freedesktop/DBus", Interface: busName,
		Member: member, Signature: signature, Body: body}
}

// register tells the watcher; without one there is no tray now, which is no error.
func (n *notifier) register(conn *bus.Conn) {
	_, _ = conn.Send(&bus.Message{Kind: bus.Call, Quiet: true, Destination: watcherName, Path: watcherPath,
		Interface: watcherName, Member: "RegisterStatusNotifierItem", Signature: "s", Body: []any{n.name}})
}

func (n *notifier) update(menu Menu) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return
	}
	n.menu = menu
	n.revision++
	if n.conn == nil {
		return
	}
	// A lost signal only means an old menu until it is opened again.
	_, _ = n.conn.Send(&bus.Message{Kind: bus.Signal, Path: menuPath, Interface: menuFace, Member: "LayoutUpdated",
		Signature: "ui", Body: []any{n.revision, int32(0)}})
	_, _ = n.conn.Send(&bus.Message{Kind: bus.Signal, Path: itemPath, Interface: itemFace, Member: "NewToolTip"})
}

func (n *notifier) close() {
	n.mu.Lock()
	n.closed = true
	n.mu.Unlock()
	n.cancel()
}

func (n *notifier) current() (Menu, uint32) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.menu, n.revision
}
