package inject

import "time"

// How a keyboard repeats: these are the systems' own defaults.
const (
	repeatDelay = 500 * time.Millisecond
	repeatEvery = 33 * time.Millisecond
)

// repeater presses one key again and again until it is stopped. Its owner's mutex guards it.
type repeater struct {
	code string
	done chan struct{}
}

func (r *repeater) start(code string, again func() bool) {
	r.stop()
	done := make(chan struct{})
	r.code, r.done = code, done
	go func() {
		timer := time.NewTimer(repeatDelay)
		defer timer.Stop()
		for {
			select {
			case <-done:
				return
			case <-timer.C:
				if !again() {
					return
				}
				timer.Reset(repeatEvery)
			}
		}
	}()
}

func (r *repeater) stop() {
	if r.done != nil {
		close(r.done)
		r.done = nil
	}
}

func (r *repeater) stopFor(code string) {
	if r.code == code {
		r.stop()
	}
}
