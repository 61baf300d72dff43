package control

import (
	"slices"
	"strings"
	"testing"

	"tasuki/helper/internal/inject/fake"
	"tasuki/helper/internal/protocol"
)

var monitor = protocol.Surface{Kind: "monitor", ID: "0", Width: 100, Height: 100}
var window = protocol.Surface{Kind: "window", ID: "7", Width: 100, Height: 100}

func config(windowsOnly bool, surfaces ...protocol.Surface) protocol.HostLineConfig {
	return protocol.HostLineConfig{
		Mode: protocol.ModeControl, WindowsOnly: windowsOnly, Surfaces: surfaces, Grants: protocol.Grants{Input: true},
	}
}

// ready is a gate through which everything goes.
func ready(t testing.TB) (*Gate, *fake.Injector) {
	t.Helper()
	injector := &fake.Injector{}
	g := New(injector, protocol.ModeControl, func() []uintptr { return nil })
	t.Cleanup(func() { _ = g.Close() })
	g.Configure(config(false, monitor))
	g.Connect(true)
	return g, injector
}

// idle waits until everything that was accepted is injected.
func (g *Gate) idle() {
	g.mu.Lock()
	for len(g.queue) > 0 {
		g.wake.Wait()
	}
	g.mu.Unlock()
	g.hands.Lock()
	defer g.hands.Unlock()
}

// events are the calls that press, move or type something.
func events(injector *fake.Injector) []string {
	return slices.DeleteFunc(injector.Calls(), func(call string) bool {
		return call == "release-all" || strings.HasPrefix(call, "confine") || call == "close"
	})
}

func press(code string) protocol.InputMessage { return protocol.InputKey{Code: code, Down: true} }
func click() protocol.InputMessage {
	return protocol.InputButton{X: 0.5, Y: 0.5, Down: true}
}

func TestEverythingArrivesInOrder(t *testing.T) {
	g, injector := ready(t)
	for _, message := range []protocol.InputMessage{
		protocol.InputMove{X: 0.1, Y: 0.2}, click(), protocol.InputButton{X: 0.6, Y: 0.5}, press("KeyA"), press("KeyA"),
		protocol.InputKey{Code: "KeyA"}, protocol.InputKey{Code: "KeyB"}, protocol.InputWheel{Dy: -1.5},
		protocol.InputText{Text: "日本語のテキスト😀"}, protocol.InputAttention{},
	} {
		g.Input(message)
	}
	g.idle()
	want := []string{
		"move monitor/0 0.1 0.2", "button monitor/0 0.5 0.5 0 down", "button monitor/0 0.6 0.5 0 up", "key KeyA down",
		"key KeyA up", "wheel monitor/0 0 0 0 -1.5", `text "日本語のテキスト"`, `text "😀"`, "secure-attention",
	}
	if got := events(injector); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Whatever is missing, nothing is injected.
func TestNothingWithoutAllOfIt(t *testing.T) {
	for name, test := range map[string]struct {
		mode   protocol.Mode
		config protocol.HostLineConfig
		do     func(*Gate)
	}{
		"view":               {protocol.ModeView, config(false, monitor), nil},
		"show":               {protocol.ModeShow, config(false, monitor), nil},
		"manage":             {protocol.ModeManage, config(false, monitor), nil},
		"granted nothing":    {protocol.ModeControl, protocol.HostLineConfig{Surfaces: []protocol.Surface{monitor}}, nil},
		"no surfaces":        {protocol.ModeControl, config(false), nil},
		"tab":                {protocol.ModeControl, config(false, protocol.Surface{Kind: "tab", ID: "1"}), nil},
		"unknown":            {protocol.ModeControl, config(false, protocol.Surface{Kind: "unknown"}), nil},
		"screen, not wanted": {protocol.ModeControl, config(true, monitor), nil},
		"nameless window":    {protocol.ModeControl, config(true, protocol.Surface{Kind: "window"}), nil},
		"disconnected":       {protocol.ModeControl, config(false, monitor), func(g *Gate) { g.Connect(false) }},
		"revoked":            {protocol.ModeControl, config(false, monitor), func(g *Gate) { g.Grant("input", false) }},
		"touched":            {protocol.ModeControl, config(false, monitor), (*Gate).touch},
		"closed":             {protocol.ModeControl, config(false, monitor), func(g *Gate) { _ = g.Close() }},
		"page widens unseen": {protocol.ModeControl, config(false, monitor), func(g *Gate) {
			g.Grant("input", false)
			g.GrantByPage("input", true)
		}},
		"second config cannot widen": {protocol.ModeControl, protocol.HostLineConfig{}, func(g *Gate) {
			g.Configure(config(false, monitor))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			injector := &fake.Injector{}
			g := New(injector, test.mode, nil)
			defer g.Close()
			g.Connect(true)
			g.Configure(test.config)
			if test.do != nil {
				test.do(g)
			}
			messages := []protocol.InputMessage{click(), press("KeyA"), protocol.InputText{Text: "a"}, protocol.InputWheel{},
				protocol.InputMove{}, protocol.InputAttention{}}
			before := g.State().Refused
			for _, message := range messages {
				g.Input(message)
			}
			g.idle()
			if got := events(injector); len(got) > 0 {
				t.Errorf("injected %q", got)
			}
			if refused := g.State().Refused - before; refused != len(messages) {
				t.Errorf("%d refused, want %d", refused, len(messages))
			}
		})
	}
}

func TestBeforeTheFirstConfigNothing(t *testing.T) {
	injector := &fake.Injector{}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.Connect(true)
	g.Grant("input", true)
	g.Input(press("KeyA"))
	g.idle()
	if got := events(injector); len(got) > 0 {
		t.Errorf("injected %q", got)
	}
}

func BenchmarkRevoke(b *testing.B) {
	g, _ := ready(b)
	for b.Loop() {
		for range 100 {
			g.Input(press("KeyA"))
			g.Input(protocol.InputKey{Code: "KeyA"})
		}
		g.Grant("input", false)
		g.Grant("input", true)
	}
}
