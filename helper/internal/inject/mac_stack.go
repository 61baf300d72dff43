package inject

// Levels of windows on macOS. The Dock's windows span the whole screen and are mostly clear, so a list of rectangles cannot
// tell them from what lies below; the menu bar and what stands in it fill theirs.
const (
	levelModal   = 8
	levelMenuBar = 24
	levelStatus  = 25
	levelPopup   = 101
)

// macWindow is one line of the window server's list.
type macWindow struct {
	id, pid, layer int64
	bounds         rect
}

// topmost is the window that a click at p hits, in a list from front to back; 0: none. Windows of process own count at any
// level: the helper's dialog lies above others. owner tells which process the system would give a click there to, 0 when it
// cannot tell; nil: do not ask, take what lies below.
func topmost(windows []macWindow, p point, own int64, owner func() int64) int64 {
	asked := false
	var pid int64
	for _, w := range windows {
		if w.layer < 0 || !w.bounds.contains(p) {
			continue
		}
		switch {
		case w.pid == own, w.layer <= levelModal, w.layer == levelMenuBar, w.layer == levelStatus, w.layer == levelPopup:
			return w.id
		case owner == nil:
			continue
		}
		if !asked {
			pid, asked = owner(), true
		}
		if w.pid == pid {
			return w.id
		}
	}
	return 0
}
