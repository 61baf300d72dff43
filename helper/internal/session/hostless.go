package session

import "time"

// hostGrace is how long the link to the controller goes on while the page in front of this computer cannot be heard: long
// enough for a server that is restarted and for a page that is loaded anew. After that nobody could take back in the page
// what was granted there, so nothing is operated until the page is back.
const hostGrace = time.Minute

// hostLost: the page's line is interrupted. What was guarded stays guarded: a question may still be open in the page, which
// says how it stands as soon as it is heard again.
func (s *Session) hostLost() {
	if s.stopGrace != nil {
		return // it counts already
	}
	grace := s.deps.HostGrace
	if grace == 0 {
		grace = hostGrace
	}
	s.stopGrace = s.loop.After(grace, func() {
		if !s.host.open {
			s.log.Info("without the page for too long")
			s.links.suspend()
		}
	})
}

// hostFound: the page's line is open.
func (s *Session) hostFound() {
	if s.stopGrace != nil {
		s.stopGrace()
		s.stopGrace = nil
	}
	s.links.resume()
}

// suspend closes the link and makes no other one.
func (l *links) suspend() {
	l.suspended = true
	l.stopRetry()
	l.s.gate.Connect(false)
	if l.current != nil {
		l.current.Close()
		l.current = nil
	}
	l.s.tell()
}

// resume makes links again.
func (l *links) resume() {
	if l.suspended {
		l.suspended = false
		l.soon(0)
	}
}
