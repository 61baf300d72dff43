//go:build unix && !darwin

package tray

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	watcherPath = dbus.ObjectPath("/StatusNotifierWatcher")
	itemPath    = dbus.ObjectPath("/StatusNotifierItem")
	itemFace    = "org.kde.StatusNotifierItem"
	menuPath    = dbus.ObjectPath("/MenuBar")
	menuFace    = "com.canonical.dbusmenu"
	properties  = "org.freedesktop.DBus.Properties"
)

// busWait bounds what the bus is waited for.
const busWait = 3 * time.Second

// notifier is a StatusNotifierItem with a com.canonical.dbusmenu, on a bus connection of its own.
type notifier struct {
	chosen Listener
	cancel context.CancelFunc

	mu       sync.Mutex
	menu     Menu
	revision uint32
	conn     *dbus.Conn
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
	n := &notifier{chosen: chosen, menu: menu, revision: 1, cancel: cancel}
	go n.run(ctx, address, name)
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

// run connects, shows the icon, and shows it again whenever a new watcher appears, until ctx ends.
func (n *notifier) run(ctx context.Context, address, name string) {
	conn, err := dbus.Dial(address, dbus.WithContext(ctx))
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	if conn.Auth(nil) != nil || conn.Hello() != nil {
		return
	}
	if n.export(conn) != nil {
		return
	}
	changes := make(chan *dbus.Signal, 16)
	conn.Signal(changes)
	if err := conn.AddMatchSignal(dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcherName)); err != nil {
		return
	}
	if _, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil {
		return
	}
	n.mu.Lock()
	n.conn = conn
	n.mu.Unlock()
	register(ctx, conn, name)
	for {
		select {
		case <-ctx.Done():
			return
		case signal, open := <-changes:
			if !open {
				return
			}
			if signal.Name == "org.freedesktop.DBus.NameOwnerChanged" && len(signal.Body) == 3 &&
				signal.Body[0] == watcherName && signal.Body[2] != "" {
				register(ctx, conn, name)
			}
		}
	}
}

// register tells the watcher; without one there is no tray now, which is no error.
func register(ctx context.Context, conn *dbus.Conn, name string) {
	ctx, cancel := context.WithTimeout(ctx, busWait)
	defer cancel()
	_ = conn.Object(watcherName, watcherPath).CallWithContext(ctx, watcherName+".RegisterStatusNotifierItem", 0, name).Err
}

// export names every method itself: Export would look for them by reflection, which makes the linker keep every method of
// every type in the program, a fifth of its size.
func (n *notifier) export(conn *dbus.Conn) error {
	item, menu := itemMethods{n}, menuMethods{n}
	for _, each := range []struct {
		path    dbus.ObjectPath
		face    string
		methods map[string]any
	}{
		{itemPath, itemFace, map[string]any{
			"Activate": item.Activate, "SecondaryActivate": item.SecondaryActivate, "ContextMenu": item.ContextMenu,
			"Scroll": item.Scroll,
		}},
		{itemPath, properties, propertyMethods{n.itemProperties}.table()},
		{menuPath, menuFace, map[string]any{
			"GetLayout": menu.GetLayout, "GetGroupProperties": menu.GetGroupProperties, "GetProperty": menu.GetProperty,
			"Event": menu.Event, "EventGroup": menu.EventGroup, "AboutToShow": menu.AboutToShow,
			"AboutToShowGroup": menu.AboutToShowGroup,
		}},
		{menuPath, properties, propertyMethods{menuProperties}.table()},
	} {
		if err := conn.ExportMethodTable(each.methods, each.path, each.face); err != nil {
			return err
		}
	}
	return nil
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
	_ = n.conn.Emit(menuPath, menuFace+".LayoutUpdated", n.revision, int32(0))
	_ = n.conn.Emit(itemPath, itemFace+".NewToolTip")
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
