package control

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tasuki/helper/internal/inject"
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

func TestShareHasNoClipboard(t *testing.T) {
	g := New(&fake.Injector{}, protocol.ModeShare, nil)
	defer g.Close()
	g.Connect(true)
	all := config(false, monitor)
	all.Grants.Clipboard = true
	g.Configure(all)
	g.Grant("clipboard", true)
	if g.MayClipboard() || g.State().Grants.Clipboard {
		t.Error("share has a clipboard")
	}
	if !g.State().Grants.Input {
		t.Error("share has no input")
	}
}

func TestClipboardFollowsItsGrant(t *testing.T) {
	g, _ := ready(t)
	if g.MayClipboard() {
		t.Error("without a grant")
	}
	g.Grant("clipboard", true)
	if !g.MayClipboard() {
		t.Error("not with its grant")
	}
	g.Connect(false)
	if g.MayClipboard() {
		t.Error("disconnected")
	}
}

func TestPageWidensWhileGuarded(t *testing.T) {
	g, injector := ready(t)
	g.Grant("input", false)
	g.Guard(true)
	if !injector.FocusedProtected() || !g.State().Guarded {
		t.Error("not guarded")
	}
	g.GrantByPage("input", true)
	if !g.State().Grants.Input {
		t.Error("not granted")
	}
	g.Guard(false)
	g.GrantByPage("clipboard", true)
	if g.State().Grants.Clipboard {
		t.Error("granted unguarded")
	}
	g.GrantByPage("input", false)
	if g.State().Grants.Input {
		t.Error("taking back needs no guard")
	}
}

// Whatever less is allowed, everything is let go of before the call returns.
func TestLettingGo(t *testing.T) {
	for name, do := range map[string]func(*Gate){
		"revoke":     func(g *Gate) { g.Grant("input", false) },
		"by page":    func(g *Gate) { g.GrantByPage("input", false) },
		"disconnect": func(g *Gate) { g.Connect(false) },
		"touch":      (*Gate).touch,
		"close":      func(g *Gate) { _ = g.Close() },
		"surfaces":   func(g *Gate) { g.Configure(config(true, window)) },
		"blur": func(g *Gate) {
			g.Input(protocol.InputRelease{})
			g.idle()
		},
	} {
		t.Run(name, func(t *testing.T) {
			g, injector := ready(t)
			g.Input(press("ControlLeft"))
			g.Input(click())
			g.idle()
			if len(injector.Held()) != 2 {
				t.Fatalf("held %q", injector.Held())
			}
			do(g)
			if held := injector.Held(); len(held) > 0 {
				t.Errorf("still held: %q", held)
			}
			// The release that arrives now finds nothing to release.
			count := len(events(injector))
			g.Input(protocol.InputKey{Code: "ControlLeft"})
			g.Input(protocol.InputButton{X: 0.5})
			g.idle()
			if got := events(injector)[count:]; len(got) > 0 {
				t.Errorf("injected %q", got)
			}
		})
	}
}

func TestRefusedReleaseReleasesAll(t *testing.T) {
	g, injector := ready(t)
	g.Input(click())
	g.idle()
	injector.Err = func(call string) error {
		if strings.HasPrefix(call, "button") {
			return inject.ErrOutside
		}
		return nil
	}
	g.Input(protocol.InputButton{X: 0.9})
	g.idle()
	if held := injector.Held(); len(held) > 0 {
		t.Errorf("held %q", held)
	}
	if g.State().Refused != 1 {
		t.Errorf("%d refused", g.State().Refused)
	}
}

func TestWindowsOnlyConfines(t *testing.T) {
	g, injector := ready(t)
	g.Configure(config(false, window)) // a single window without the demand: confined all the same
	if got := injector.Confined(); len(got) != 1 || got[0].ID != "7" {
		t.Errorf("confined to %v", got)
	}
	g.Configure(config(false, monitor, window))
	if got := injector.Confined(); len(got) != 0 {
		t.Errorf("confined to %v beside a whole screen", got)
	}
	g.Configure(config(true, window, monitor))
	g.Input(protocol.InputMove{S: 1})
	g.Input(protocol.InputMove{S: 0})
	g.Input(protocol.InputMove{S: 5})
	g.idle()
	for _, call := range events(injector) {
		if call != "move window/7 0 0" {
			t.Errorf("injected %q", call)
		}
	}
}

func TestConfiningFailsClosed(t *testing.T) {
	injector := &fake.Injector{Err: func(call string) error {
		if strings.HasPrefix(call, "confine") {
			return inject.ErrUnsupported
		}
		return nil
	}}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.Connect(true)
	g.Configure(config(true, window))
	g.Input(click())
	g.idle()
	if got := events(injector); len(got) > 0 {
		t.Errorf("injected %q", got)
	}
}

func TestTouchPausesForAWhile(t *testing.T) {
	injector := &fake.Injector{}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.mu.Lock()
	g.pause = 30 * time.Millisecond
	g.mu.Unlock()
	g.Configure(config(false, monitor))
	g.Connect(true)
	began := time.Now()
	injector.Touch()
	wait(t, g, func(s State) bool { return s.Paused })
	injector.Touch()
	wait(t, g, func(s State) bool { return !s.Paused })
	if lasted := time.Since(began); lasted < 30*time.Millisecond {
		t.Errorf("paused for %v", lasted)
	}
	g.Input(press("KeyA"))
	g.idle()
	if got := events(injector); len(got) != 1 {
		t.Errorf("injected %q", got)
	}
}

func wait(t *testing.T, g *Gate, holds func(State) bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for !holds(g.State()) {
		select {
		case <-g.Changed():
		case <-deadline:
			t.Fatal("it did not come about")
		}
	}
}

// slow blocks every event until it is let through.
type slow struct {
	fake.Injector
	entered, leave chan struct{}
}

func (s *slow) Key(code string, down bool) error {
	s.entered <- struct{}{}
	<-s.leave
	return s.Injector.Key(code, down)
}

func TestRevocationEmptiesTheQueueAndMovesAreCoalesced(t *testing.T) {
	injector := &slow{entered: make(chan struct{}), leave: make(chan struct{})}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.Configure(config(false, monitor))
	g.Connect(true)
	g.Input(press("KeyA"))
	<-injector.entered
	for i := range 500 {
		g.Input(protocol.InputMove{X: float64(i) / 500})
	}
	if g.mu.Lock(); len(g.queue) != 1 {
		t.Errorf("%d moves wait", len(g.queue))
	}
	g.mu.Unlock()
	for i := range maxQueue - 1 {
		g.Input(press(fmt.Sprintf("Key%d", i)))
	}
	var full sync.WaitGroup
	full.Go(func() { g.Input(press("KeyZ")) }) // blocks: the queue is full
	revoked := make(chan struct{})
	go func() {
		g.Grant("input", false)
		close(revoked)
	}()
	full.Wait() // revocation frees whoever waits
	close(injector.leave)
	<-revoked
	if got := events(&injector.Injector); !slices.Equal(got, []string{"key KeyA down"}) {
		t.Errorf("injected %q", got)
	}
	if held := injector.Held(); len(held) > 0 {
		t.Errorf("held %q", held)
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

// FuzzSequences plays any sequence of acts against a model: no key stays down after what ends it, nothing is injected that
// is not allowed.
func FuzzSequences(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
	f.Add([]byte{0, 0, 9, 0, 10, 0, 3, 3, 11, 0, 12, 1, 1})
	f.Fuzz(play)
}

func play(t *testing.T, acts []byte) {
	if len(acts) > 200 {
		return
	}
	injector := &fake.Injector{}
	g := New(injector, protocol.ModeControl, nil)
	defer g.Close()
	g.Configure(config(false, monitor))
	g.mu.Lock()
	g.pause = time.Hour
	g.mu.Unlock()
	granted, connected, guarded, paused := true, false, false, false
	for _, act := range acts {
		allowed := granted && connected && !paused
		before := len(events(injector))
		free := false
		code := fmt.Sprintf("Key%c", 'A'+act>>4)
		switch act & 15 {
		case 0, 1:
			g.Input(press(code))
		case 2:
			g.Input(protocol.InputKey{Code: code})
		case 3:
			g.Input(protocol.InputButton{Button: int(act>>4) % 5, Down: true})
		case 4:
			g.Input(protocol.InputButton{Button: int(act>>4) % 5})
		case 5:
			g.Input(protocol.InputMove{S: int(act>>4) % 3})
		case 6:
			g.Input(protocol.InputText{Text: code})
		case 7:
			g.Input(protocol.InputRelease{})
			free = true
		case 8:
			granted, free = false, true
			g.Grant("input", false)
		case 9:
			granted = true
			g.Grant("input", true)
		case 10:
			connected, free = false, true
			g.Connect(false)
		case 11:
			connected = true
			g.Connect(true)
		case 12:
			paused, free = true, true
			g.touch()
		case 13:
			guarded = act>>4&1 == 1
			g.Guard(guarded)
		case 14:
			granted = granted || guarded
			g.GrantByPage("input", true)
		case 15:
			g.Configure(config(act>>4&1 == 1, window))
		}
		g.idle()
		if held := injector.Held(); (free || !granted || !connected) && len(held) > 0 {
			t.Fatalf("after %d: held %q", act&15, held)
		}
		if got := events(injector)[before:]; !allowed && len(got) > 0 {
			t.Fatalf("not allowed, but injected %q", got)
		}
		if g.State().Grants.Input != granted {
			t.Fatalf("granted is %v", !granted)
		}
	}
}
