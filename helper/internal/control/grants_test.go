package control

import (
	"strings"
	"testing"

	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/inject/fake"
	"tasuki/helper/internal/protocol"
)

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

// A press from before the page was guarded must not become a click on it: Shift and the button are held while the page has
// no focus, then let go of, first Shift (which gives the page its keys back), then the button.
func TestGuardLetsGoOfEverything(t *testing.T) {
	g, injector := ready(t)
	g.Input(press("ShiftLeft"))
	g.Input(click())
	g.idle()
	if held := injector.Held(); len(held) != 2 {
		t.Fatalf("held %q", held)
	}
	g.Guard(true)
	if held := injector.Held(); len(held) > 0 {
		t.Errorf("guarding was answered with %q held", held)
	}
	before := len(injector.Calls())
	g.Input(protocol.InputKey{Code: "ShiftLeft"})
	g.Input(protocol.InputButton{X: 0.5, Y: 0.5})
	g.idle()
	if got := injector.Calls()[before:]; len(got) > 0 {
		t.Errorf("injected while guarding: %q", got)
	}
	// Asked again while it holds, it lets go again: the page waits for this answer.
	g.Input(press("KeyA"))
	g.idle()
	g.Guard(true)
	if held := injector.Held(); len(held) > 0 {
		t.Errorf("held %q", held)
	}
}
