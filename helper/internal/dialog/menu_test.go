package dialog

import (
	"strings"
	"testing"
	"time"

	"tasuki/helper/internal/text"
)

type told struct {
	name string
	on   bool
}

// Whatever is chosen in the tray menu, and however often, no grant is ever given by it.
func TestTrayOnlyTakesBack(t *testing.T) {
	for _, sharing := range []bool{false, true} {
		for _, language := range []string{"en", "ja"} {
			w := text.For(language)
			for n := range 4 {
				s := Session{Operator: "x", Sharing: sharing, ClipboardAllowed: !sharing, Input: n&1 != 0, Clipboard: n&2 != 0 && !sharing}
				ids := map[string]bool{}
				for _, item := range trayMenu(w, s).Items {
					if item.ID != "" {
						ids[item.ID] = true
					}
				}
				if !ids[idCancel] || ids[idInput] != s.Input || ids[idClipboard] != s.Clipboard {
					t.Errorf("%+v offers %v", s, ids)
				}
			}
		}
	}
	heard := make(chan told, 4)
	c := &connected{
		words: text.For("en"), session: Session{ClipboardAllowed: true}, grants: make(chan grant, 4), done: make(chan struct{}),
		events: Events{Grant: func(name string, on bool) { heard <- told{name, on} }},
	}
	defer close(c.done)
	go c.tellGrants()
	// A menu that is out of date may still name what does not hold any more.
	for _, id := range []string{idInput, idClipboard, idInput} {
		c.tray(id)
		select {
		case got := <-heard:
			if got != (told{id, false}) {
				t.Errorf("%s: %v", id, got)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("not told")
		}
	}
	if c.session.Input || c.session.Clipboard {
		t.Errorf("the tray gave a grant: %+v", c.session)
	}
}

// The end of a server's name says whose it is: neither window nor menu ever cuts it off.
func TestServerIsAlwaysNamed(t *testing.T) {
	for _, language := range []string{"en", "ja"} {
		w := text.For(language)
		for _, server := range []string{"support.example", strings.Repeat("support.bank.example.", 11) + "thief.example:8443"} {
			s := Session{Operator: "x", Server: server}
			tail := server[max(0, len(server)-30):]
			found := 0
			for _, item := range connectedForm(w, s).items {
				if strings.HasSuffix(item.label, tail) && !item.oneLine {
					found++
				}
			}
			for _, item := range trayMenu(w, s).Items {
				if strings.HasSuffix(item.Label, tail) {
					found++
				}
			}
			if found != 2 {
				t.Errorf("%s: %q is named %d times", language, server, found)
			}
		}
	}
}
