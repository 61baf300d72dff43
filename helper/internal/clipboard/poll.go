package clipboard

import (
	"context"
	"sync"
	"time"
)

// echo knows what this side put into the clipboard, so that it is not taken for somebody's copy.
type echo struct {
	mu   sync.Mutex
	text string
	set  bool
}

func (e *echo) note(text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.text, e.set = Clean(text), true
}

func (e *echo) is(text string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.set && e.text == text
}

// poll watches a clipboard that can only be asked. mark changes whenever the clipboard does; read is called then.
func poll[M comparable](ctx context.Context, every time.Duration, own *echo, mark func() (M, error),
	read func() (string, error), changed func(string, error)) error {
	last, err := mark()
	if err != nil {
		return err
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		now, err := mark()
		if err != nil || now == last {
			continue // busy for the moment: another program has it open
		}
		last = now
		text, err := read()
		tell(own, text, err, changed)
	}
}

// tell hands on what is somebody's copy.
func tell(own *echo, text string, err error, changed func(string, error)) {
	switch {
	case err == ErrTooLong:
		changed("", err)
	case err != nil || text == "":
	default:
		if text = Clean(text); text != "" && !own.is(text) {
			own.note(text)
			changed(text, nil)
		}
	}
}
