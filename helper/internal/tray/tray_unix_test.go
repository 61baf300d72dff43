//go:build unix && !darwin

package tray

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"tasuki/helper/internal/need"
)

// privateBus starts a bus of the test's own and gives its address.
func privateBus(t *testing.T) string {
	t.Helper()
	need.Programs(t, "dbus-daemon")
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1")
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// node and menuEvent are the menu's structures, as the other side's library reads them.
type node struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

type menuEvent struct {
	ID        int32
	Kind      string
	Data      dbus.Variant
	Timestamp uint32
}

// watcher plays the desktop's tray.
type watcher struct{ registered chan string }

func (w watcher) RegisterStatusNotifierItem(service string) *dbus.Error {
	w.registered <- service
	return nil
}

func newWatcher(t *testing.T, address string) (*dbus.Conn, watcher) {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	w := watcher{make(chan string, 4)}
	if err := conn.Export(w, watcherPath, watcherName); err != nil {
		t.Fatal(err)
	}
	if reply, err := conn.RequestName(watcherName, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(reply, err)
	}
	return conn, w
}

func within[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(10 * time.Second):
		t.Fatalf("waited in vain: %s", what)
		panic("unreachable")
	}
}

var menu = Menu{Title: "Tasuki", Tooltip: "Connected", Items: []Item{
	{Label: "Suzuki_1"}, {Separator: true},
	{ID: "input", Label: "Take back"},
	{ID: "cancel", Label: "中止"},
}}

func TestMenu(t *testing.T) {
	address := privateBus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	conn, watch := newWatcher(t, address)
	chosen := make(chan string, 4)
	icon := Show(menu, func(id string) { chosen <- id })
	defer icon.Close()
	service := within(t, "the icon registers", watch.registered)

	var status dbus.Variant
	item := conn.Object(service, itemPath)
	if err := item.Call(properties+".Get", 0, itemFace, "Status").Store(&status); err != nil || status.Value() != "Active" {
		t.Errorf("status %v, %v", status, err)
	}
	// Not through Store, which loses the signatures.
	call := item.Call(properties+".GetAll", 0, itemFace)
	if call.Err != nil {
		t.Fatal(call.Err)
	}
	all, _ := call.Body[0].(map[string]dbus.Variant)
	if all["Menu"].Value() != dbus.ObjectPath(menuPath) {
		t.Errorf("properties %v", all)
	}
	if sign := all["IconPixmap"].Signature().String(); sign != "a(iiay)" {
		t.Errorf("IconPixmap is %s", sign)
	}

	// ToolTip comes right after an empty list, where the padding is easily wrong.
	if tooltip, ok := all["ToolTip"].Value().([]any); !ok || len(tooltip) != 4 || tooltip[3] != "Connected" {
		t.Errorf("ToolTip %v", all["ToolTip"])
	}
	if err := item.Call("org.freedesktop.DBus.Nonsense.Do", 0).Err; err == nil {
		t.Error("an unknown method was answered")
	}

	menuObject := conn.Object(service, menuPath)
	number := find(t, menuObject, "中止")
	if err := menuObject.Call(menuFace+".Event", 0, number, "clicked", dbus.MakeVariant(0), uint32(0)).Err; err != nil {
		t.Fatal(err)
	}
	if got := within(t, "Stop is told", chosen); got != "cancel" {
		t.Errorf("got %v", got)
	}
	number = find(t, menuObject, "Take back")
	events := []menuEvent{{number, "hovered", dbus.MakeVariant(0), 0}, {number, "clicked", dbus.MakeVariant(0), 0}, {99, "clicked", dbus.MakeVariant(0), 0}}
	var unknown []int32
	if err := menuObject.Call(menuFace+".EventGroup", 0, events).Store(&unknown); err != nil || len(unknown) != 1 || unknown[0] != 99 {
		t.Errorf("unknown %v, %v", unknown, err)
	}
	if got := within(t, "the grant is told", chosen); got != "input" {
		t.Errorf("got %v", got)
	}

	var group []struct {
		ID         int32
		Properties map[string]dbus.Variant
	}
	if err := menuObject.Call(menuFace+".GetGroupProperties", 0, []int32{3}, []string{}).Store(&group); err != nil ||
		len(group) != 1 || group[0].Properties["label"].Value() != "Take back" {
		t.Errorf("group %v, %v", group, err)
	}
	var need bool
	if err := menuObject.Call(menuFace+".AboutToShow", 0, int32(0)).Store(&need); err != nil || need {
		t.Error(need, err)
	}

	updated := make(chan *dbus.Signal, 4)
	conn.Signal(updated)
	if err := conn.AddMatchSignal(dbus.WithMatchInterface(menuFace), dbus.WithMatchMember("LayoutUpdated")); err != nil {
		t.Fatal(err)
	}
	icon.Update(Menu{Items: []Item{{ID: "cancel", Label: "Stop"}}})
	for within(t, "the menu changes", updated).Name != menuFace+".LayoutUpdated" {
	}
	find(t, menuObject, "Stop")

	// A tray that is started again gets the icon again; closing takes the icon off the bus.
	if _, err := conn.ReleaseName(watcherName); err != nil {
		t.Fatal(err)
	}
	_, second := newWatcher(t, address)
	if again := within(t, "the icon registers again", second.registered); again != service {
		t.Errorf("registered as %s, then %s", service, again)
	}
	if err := conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service)); err != nil {
		t.Fatal(err)
	}
	icon.Close()
	for {
		signal := within(t, "the icon is gone", updated)
		if signal.Name == "org.freedesktop.DBus.NameOwnerChanged" && signal.Body[0] == service && signal.Body[2] == "" {
			return
		}
	}
}

// find gives the number of the item with this label, as the tray sees it.
func find(t *testing.T, object dbus.BusObject, label string) int32 {
	t.Helper()
	var revision uint32
	var root node
	if err := object.Call(menuFace+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root); err != nil {
		t.Fatal(err)
	}
	for _, child := range root.Children {
		var n node
		if err := dbus.Store([]any{child.Value()}, &n); err != nil {
			t.Fatal(err)
		}
		if n.Properties["label"].Value() == label {
			return n.ID
		}
	}
	t.Fatalf("no item %q in %v", label, root)
	return 0
}

// Without a bus or a tray the icon is absent, and nothing waits for it.
func TestAbsent(t *testing.T) {
	for _, address := range []string{"unix:path=/dev/null/none", "nonsense"} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		icon := Show(menu, func(string) { t.Error("told something") })
		icon.Update(menu)
		icon.Close()
		icon.Close()
	}
	var none *Icon
	none.Update(menu)
	none.Close()
}
