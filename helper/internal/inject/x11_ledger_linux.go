package inject

import "sync"

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
// ours, so the source device cannot tell them apart; the order can: the server answers in the order of the requests.
type ledger struct {
	mu    sync.Mutex
	queue []rawEvent
}

// expect enters an event before it is injected.
func (l *ledger) expect(e rawEvent) {
	if e.kind != 6 {
		e.x, e.y = 0, 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) >= maxExpected {
		l.queue = l.queue[1:]
	}
	l.queue = append(l.queue, e)
}

// take strikes an event out. False: nobody here injected it. Older entries are struck out with it: they can come no more.
func (l *ledger) take(e rawEvent) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, want := range l.queue {
		if want == e {
			l.queue = l.queue[i+1:]
			if len(l.queue) == 0 {
				l.queue = nil
			}
			return true
		}
	}
	return false
}
