package inject

import (
	"slices"
	"sync"
	"time"
	"unsafe"

	"tasuki/helper/internal/keys"
)

// readRef reads a global variable of a library.
func readRef(address uintptr) ref { return **(**ref)(unsafe.Pointer(&address)) }

const (
	sourcePrivate = -1
	sourceHID     = 1
	anyInput      = 0xffffffff
	sessionTap    = 1
	fieldClicks   = 1
	fieldRepeat   = 8
	// pixelsPerNotch is what macOS makes of one click of a plain wheel, roughly.
	pixelsPerNotch = 40
	doubleClick    = 500 * time.Millisecond
)

// flags are the modifier bits events carry; our own source does not track them.
var flags = map[string]uint64{
	"ShiftLeft": 0x20002, "ShiftRight": 0x20004, "ControlLeft": 0x40001, "ControlRight": 0x42000,
	"AltLeft": 0x80020, "AltRight": 0x80040, "MetaLeft": 0x100008, "MetaRight": 0x100010, "Fn": 0x800000,
}

// macDriver injects with CGEvent. Coordinates are points of the global display space.
type macDriver struct {
	source ref
	mods   uint64
	at     cgPoint
	clicks struct {
		button int
		n      int64
		at     cgPoint
		when   time.Time
	}
	restX, restY float64

	mu     sync.Mutex
	posted time.Time
	done   chan struct{}
}

func newMac(own *ownInput) *macDriver {
	m := &macDriver{source: cgEventSourceCreate(sourcePrivate), done: make(chan struct{})}
	if event := cgEventCreate(0); event != 0 {
		m.at = cgEventGetLocation(event)
		cfRelease(event)
	}
	go m.watchOwn(own)
	return m
}

// watchOwn asks when the hardware was last touched. What coincides with our own last event is not believed: it may be
// its echo.
func (m *macDriver) watchOwn(own *ownInput) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case <-m.done:
			return
		case now := <-tick.C:
			at := now.Add(-time.Duration(cgSecondsSince(sourceHID, anyInput) * float64(time.Second)))
			m.mu.Lock()
			echo := at.Sub(m.posted).Abs() < 5*time.Millisecond
			m.mu.Unlock()
			if at.After(last.Add(2*time.Millisecond)) && !echo {
				own.touch()
			}
			last = at
		}
	}
}

func (m *macDriver) info() Info { return Info{Backend: "macos", Text: true} }

func (m *macDriver) close() {
	close(m.done)
	cfRelease(m.source)
}

func (m *macDriver) post(event ref) error {
	if event == 0 {
		return ErrUnsupported
	}
	defer cfRelease(event)
	m.mu.Lock()
	m.posted = time.Now()
	m.mu.Unlock()
	cgEventPost(sessionTap, event)
	return nil
}

// mouse event kinds: moved, down, up, dragged of left, right and other buttons.
func (m *macDriver) move(p point, held []int) error {
	m.at = cgPoint{float64(p.x), float64(p.y)}
	kind, button := uint32(5), uint32(0)
	switch {
	case slices.Contains(held, 0):
		kind = 6
	case slices.Contains(held, 2):
		kind, button = 7, 1
	case len(held) > 0:
		kind, button = 27, macButton(held[0])
	}
	event := cgEventCreateMouse(m.source, kind, m.at, button)
	if event != 0 {
		cgEventSetFlags(event, m.mods)
	}
	return m.post(event)
}

// macButton numbers left 0, right 1, middle 2, back 3, forward 4.
func macButton(button int) uint32 { return []uint32{0, 2, 1, 3, 4}[button] }

func (m *macDriver) button(_ point, button int, down bool) error {
	kind := map[int]uint32{0: 1, 2: 3}[button]
	if kind == 0 {
		kind = 25
	}
	if !down {
		kind++
	} else {
		m.countClick(button)
	}
	event := cgEventCreateMouse(m.source, kind, m.at, macButton(button))
	if event != 0 {
		cgEventSetFlags(event, m.mods)
		cgEventSetInteger(event, fieldClicks, m.clicks.n)
	}
	return m.post(event)
}

// countClick tells the second click of a double click from two single ones: macOS leaves that to whoever makes the event.
func (m *macDriver) countClick(button int) {
	c := &m.clicks
	near := max(c.at.x-m.at.x, m.at.x-c.at.x) <= 4 && max(c.at.y-m.at.y, m.at.y-c.at.y) <= 4
	if button == c.button && near && time.Since(c.when) < doubleClick {
		c.n++
	} else {
		c.n = 1
	}
	c.button, c.at, c.when = button, m.at, time.Now()
}

// wheel: positive is up and left on macOS.
func (m *macDriver) wheel(_ point, dx, dy float64) error {
	m.restX -= dx * pixelsPerNotch
	m.restY -= dy * pixelsPerNotch
	h, v := int32(m.restX), int32(m.restY)
	m.restX -= float64(h)
	m.restY -= float64(v)
	if h == 0 && v == 0 {
		return nil
	}
	event := cgEventCreateScroll(m.source, 0, 2, v, h, 0)
	if event != 0 {
		cgEventSetFlags(event, m.mods)
	}
	return m.post(event)
}

func (m *macDriver) key(k keys.Key, down, repeat bool) error {
	virtual, ok := k.MacVirtual()
	if !ok {
		return ErrUnsupported
	}
	if bits, is := flags[k.Code]; is {
		m.modify(bits, down)
	}
	event := cgEventCreateKeyboard(m.source, virtual, down)
	if event != 0 {
		cgEventSetFlags(event, m.mods)
		if repeat {
			cgEventSetInteger(event, fieldRepeat, 1)
		}
	}
	return m.post(event)
}

// modify keeps a modifier's common bit while its twin on the other side is still down.
func (m *macDriver) modify(bits uint64, down bool) {
	if down {
		m.mods |= bits
		return
	}
	m.mods &^= bits
	for _, other := range flags {
		if side := other & 0xffff; side != 0 && m.mods&side != 0 {
			m.mods |= other
		}
	}
}

func (m *macDriver) unicode(units []uint16) error {
	for _, down := range []bool{true, false} {
		event := cgEventCreateKeyboard(m.source, 0, down)
		if event != 0 {
			cgEventSetFlags(event, 0)
			cgEventSetUnicode(event, uint64(len(units)), &units[0])
		}
		if err := m.post(event); err != nil {
			return err
		}
	}
	return nil
}

// altGr: both Option keys are alike here, and keep to the window.
func (m *macDriver) altGr() bool { return false }

// secureAttention: macOS has no such thing.
func (m *macDriver) secureAttention() error { return ErrUnsupported }
