package inject

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

var errRefused = errors.New("secure desktop")

// told is what a guard would remember.
func told(b *driven) *[]token {
	held := &[]token{}
	b.watchHeld(func(t token, down bool) {
		*held = slices.DeleteFunc(*held, func(o token) bool { return o == t })
		if down {
			*held = append(*held, t)
		}
	}, nil)
	return held
}

func TestWhatCouldNotGoUpIsTriedAgain(t *testing.T) {
	for name, next := range map[string]func(*driven) error{
		"move":        func(b *driven) error { return b.Move(screen, 0.5, 0.5) },
		"another key": func(b *driven) error { return errors.Join(b.Key("KeyB", true), b.Key("KeyB", false)) },
		"same key":    func(b *driven) error { return errors.Join(b.Key("KeyA", true), b.Key("KeyA", false)) },
		"release":     (*driven).ReleaseAll,
		"close":       (*driven).Close,
	} {
		t.Run(name, func(t *testing.T) {
			d, b := lay()
			held := told(b)
			ok(t, b.Key("ControlLeft", true), b.Key("KeyA", true), b.Button(screen, 0.9, 0.9, 0, true))
			d.refused = errRefused
			want(t, "key up", b.Key("KeyA", false), errRefused)
			want(t, "button up", b.Button(screen, 0.9, 0.9, 0, false), errRefused)
			want(t, "everything up", b.ReleaseAll(), errRefused)
			want(t, "the key again", b.Key("KeyA", true), ErrUnsupported)
			if len(d.down()) != 3 || len(*held) != 3 {
				t.Fatalf("down %q, the guard knows %q", d.down(), *held)
			}
			d.refused = nil
			ok(t, next(b))
			if len(d.down()) > 0 || len(*held) > 0 {
				t.Errorf("down %q, the guard knows %q", d.down(), *held)
			}
		})
	}
}

func TestWhatIsStuckGoesUpByItself(t *testing.T) {
	d, b := lay()
	ok(t, b.Key("KeyA", true))
	b.mu.Lock()
	d.refused = errRefused
	b.mu.Unlock()
	want(t, "key up", b.Key("KeyA", false), errRefused)
	b.mu.Lock()
	d.refused = nil
	b.mu.Unlock()
	if !until(5*time.Second, func() bool { b.mu.Lock(); defer b.mu.Unlock(); return len(d.down()) == 0 && len(b.down) == 0 }) {
		t.Errorf("down %q", d.down())
	}
}

func TestWhatNeverGoesUpIsLeftToTheGuard(t *testing.T) {
	d, b := lay()
	var pipe strings.Builder
	handed := ""
	b.watchHeld(func(t token, down bool) {
		pipe.WriteString(map[bool]string{true: "+ ", false: "- "}[down] + string(t) + "\n")
	}, func() { handed = pipe.String() })
	ok(t, b.Key("KeyA", true), b.Key("KeyB", true), b.Key("KeyB", false))
	d.refused = errRefused
	want(t, "close", b.Close(), errRefused)

	// The guard tries until the system takes it, then ends.
	_, b = lay()
	tries := &patient{driven: b, refusals: 2}
	ok(t, runGuard(strings.NewReader(handed), func() Injector { return tries }, time.Minute))
	if len(tries.adopted) != 1 || tries.adopted[0] != "key KeyA" || tries.refusals != 0 {
		t.Errorf("the guard adopted %q, %d refusals left", tries.adopted, tries.refusals)
	}
	tries = &patient{driven: b, refusals: 1 << 30}
	want(t, "a guard whose patience ends", runGuard(strings.NewReader(handed), func() Injector { return tries }, 0), errRefused)
}

func TestWhatCouldNotGoDownIsNotHeld(t *testing.T) {
	d, b := lay()
	held := told(b)
	ok(t, b.Key("ShiftLeft", true))
	d.refused = errRefused
	want(t, "key", b.Key("KeyA", true), errRefused)
	want(t, "button", b.Button(screen, 0.9, 0.9, 0, true), errRefused)
	want(t, "text with a modifier", b.Text("a"), errRefused)
	if !slices.Equal(*held, []token{"key ShiftLeft"}) {
		t.Errorf("the guard knows %q", *held)
	}
	d.refused = nil
	// A press that failed does not stand in the way of the next one.
	ok(t, b.Button(screen, 0.9, 0.9, 0, true), b.Button(screen, 0.9, 0.9, 0, false), b.ReleaseAll())
	if len(d.down()) > 0 || !slices.Contains(d.log, "button 0 true") {
		t.Errorf("down %q after %q", d.down(), d.log)
	}
}

// patient is a desktop that refuses so many times to let go of anything.
type patient struct {
	*driven
	refusals int
	adopted  []token
}

func (p *patient) adopt(t token) error {
	p.adopted = append(p.adopted, t)
	return p.driven.adopt(t)
}

func (p *patient) ReleaseAll() error {
	if p.refusals > 0 {
		p.refusals--
		return errRefused
	}
	return p.driven.ReleaseAll()
}
