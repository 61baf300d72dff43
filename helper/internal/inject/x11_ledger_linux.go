package inject

import (
	"sync"

	"github.com/jezek/xgb/xproto"
)

// rawEvent is one touch of an input device. kind is the X event code of the same meaning (2 key press … 6 motion);
// x and y count for motion only.
type rawEvent struct {
	kind, detail byte
	x, y         int16
}

// touch is the kind of a finger on a touch screen, which XTEST cannot make.
const touch = 255

// maxExpected bounds the ledger when the watcher lags behind; the oldest entries go first.
const maxExpected = 1 << 16

// ledger holds what was injected and has not come back as a raw event yet. XTEST events of other programs look the same as
// ours, so the source device cannot tell them apart; the order can: a device reports in the order of the requests. Pointer
// and keyboard have an order each: a window manager may hold up one of them while the other goes on.
type ledger struct {
	mu       sync.Mutex
	pointer  []rawEvent
	keyboard []rawEvent
}

// of is the queue of the device that makes such an event.
func (l *ledger) of(e rawEvent) *[]rawEvent {
	if e.kind == xproto.KeyPress || e.kind == xproto.KeyRelease {
		return &l.keyboard
	}
	return &l.pointer
}

// expect enters an event before it is injected.
func (l *ledger) expect(e rawEvent) {
	if e.kind != xproto.MotionNotify {
		e.x, e.y = 0, 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.of(e)
	if len(*queue) >= maxExpected {
		*queue = (*queue)[1:]
	}
	*queue = append(*queue, e)
}

// take strikes an event out. False: nobody here injected it. Older entries are struck out with it: they can come no more.
func (l *ledger) take(e rawEvent) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.of(e)
	for i, want := range *queue {
		if want == e {
			*queue = (*queue)[i+1:]
			if len(*queue) == 0 {
				*queue = nil
			}
			return true
		}
	}
	return false
}
