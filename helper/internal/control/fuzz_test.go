package control

import (
	"fmt"
	"testing"

	"tasuki/helper/internal/inject/fake"
	"tasuki/helper/internal/protocol"
)

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
	g := newGate(injector, protocol.ModeControl, nil, (&fakeClock{}).clock())
	defer g.Close()
	g.Configure(config(false, monitor))
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
			g.Input(protocol.InputAddress{S: int(act>>4) % 3})
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
			free = guarded
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
