package peer

import (
	"sync"
	"time"
)

// quietAfter is how long a controller that lives may say nothing: its browser pings every second, or every other one in a
// background tab. ICE takes twice as long to notice that nobody is there, and a key that is held repeats meanwhile.
const quietAfter = 2500 * time.Millisecond

// silence calls back once whenever nothing has been heard for a while.
type silence struct {
	after time.Duration
	tell  func()

	mu    sync.Mutex
	timer *time.Timer
	over  bool
}

// heard starts the wait afresh.
func (s *silence) heard() {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.over || s.tell == nil:
	case s.timer == nil:
		s.timer = time.AfterFunc(s.after, s.tell)
	default:
		s.timer.Reset(s.after)
	}
}

// stop ends it for good.
func (s *silence) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	if s.timer != nil {
		s.timer.Stop()
	}
}
