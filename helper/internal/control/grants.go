package control

import (
	"slices"

	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/protocol"
)

// Configure takes what the host's page shares. Its grants count the first time only; afterwards Grant changes them.
// The same surfaces as before change nothing, so that the page may repeat itself.
func (g *Gate) Configure(config protocol.HostLineConfig) {
	if g.same(config) {
		return
	}
	surfaces := make([]inject.Surface, len(config.Surfaces))
	var windows []inject.Surface
	monitors := 0
	for i, each := range config.Surfaces {
		surfaces[i] = inject.Surface{Kind: each.Kind, ID: each.ID, Width: each.Width, Height: each.Height}
		switch {
		case each.Kind == "window" && each.ID != "":
			windows = append(windows, surfaces[i])
		case each.Kind == "monitor" && !config.WindowsOnly:
			monitors++
		default:
			// A tab, something unknown, or a whole screen where only windows may be shown: seen, not operated.
			surfaces[i] = inject.Surface{}
		}
	}
	// Whoever shows windows only is operated in these windows only, whether anybody demanded that or not.
	operable := monitors > 0 || len(windows) > 0
	if monitors > 0 {
		windows = nil
	}
	g.shut(func() {
		first := !g.state.Configured
		g.state.Configured, g.config = true, config
		g.surfaces, g.operable = surfaces, false
		if first {
			g.state.Grants = protocol.Grants{
				Input:     config.Grants.Input && Operates(g.mode),
				Clipboard: config.Grants.Clipboard && HasClipboard(g.mode),
			}
		}
	})
	// Only what is confined is opened: an injector that cannot confine does not operate single windows.
	g.hands.Lock()
	err := g.injector.Confine(windows)
	g.hands.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.operable = operable && (err == nil || len(windows) == 0)
	g.tell()
}

// Grant is the act of the person in front of the computer, in the helper's own windows: name is `input` or `clipboard`.
// Taking back works at once: when it returns, everything is released.
func (g *Gate) Grant(name string, on bool) {
	set := func() {
		switch name {
		case "input":
			g.state.Grants.Input = on && Operates(g.mode)
		case "clipboard":
			g.state.Grants.Clipboard = on && HasClipboard(g.mode)
		}
	}
	if !on && name == "input" {
		g.shut(set)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	set()
	g.tell()
}

// GrantByPage is Grant told by the host's page. It widens only while the page is guarded: otherwise the click on its switch
// might have been the remote side's own.
func (g *Gate) GrantByPage(name string, on bool) {
	if on {
		g.mu.Lock()
		guarded := g.state.Guarded
		if !guarded {
			g.state.Refused++
			g.tell()
		}
		g.mu.Unlock()
		if !guarded {
			return
		}
	}
	g.Grant(name, on)
}

// Guard keeps input off the window that has the focus, or lifts that. When it returns it holds: what waited is dropped and
// everything that was held is let go of, so that a button pressed before cannot complete a click on what is guarded now.
func (g *Gate) Guard(on bool) {
	g.hands.Lock()
	defer g.hands.Unlock()
	g.injector.ProtectFocused(on)
	g.mu.Lock()
	if on {
		g.drop()
	}
	if g.state.Guarded != on {
		g.state.Guarded = on
		g.tell()
	}
	g.mu.Unlock()
	if on {
		g.release()
	}
}

// Connect tells whether the controller's browser is there. Without it nothing stays pressed.
func (g *Gate) Connect(on bool) {
	if !on {
		g.shut(func() { g.connected, g.wanted = false, nil })
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.connected = true
	g.tell()
}

func (g *Gate) same(config protocol.HostLineConfig) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.state.Configured && g.config.WindowsOnly == config.WindowsOnly &&
		slices.Equal(g.config.Surfaces, config.Surfaces)
}
