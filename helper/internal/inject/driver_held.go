package inject

import (
	"errors"
	"slices"
	"time"

	"tasuki/helper/internal/keys"
)

// retryEvery is how often the system is asked again to let go of what it refused to. Windows refuses everything while it
// asks for consent to a program (UAC) or the computer is locked.
const retryEvery = 250 * time.Millisecond

// stuck are the tokens that should be up but are not, as the system refused. They stay held, so that the guard knows them.
type stuck struct {
	tokens []token
	timer  *time.Timer
}

func (s *stuck) has(t token) bool { return slices.Contains(s.tokens, t) }

// push presses, and forgets the token again if the system refuses. What is stuck cannot be pressed.
func (b *driven) push(t token, press func() error) error {
	if b.stuck.has(t) {
		return ErrUnsupported
	}
	b.press(t)
	err := press()
	if err != nil {
		b.release(t)
	}
	return err
}

// letGo releases what is held. When the system refuses, that is tried again with every call, from time to time, and at the
// end; what fails then is the guard's.
func (b *driven) letGo(t token) error {
	if !b.has(t) {
		return nil
	}
	kind, name, _ := t.parse()
	var err error
	switch kind {
	case "key":
		if k, known := keys.Lookup(name); known {
			err = b.d.key(k, false, false)
		}
	case "button":
		err = b.d.button(point{}, t.number(), false)
	}
	if err == nil {
		b.stuck.tokens = slices.DeleteFunc(b.stuck.tokens, func(o token) bool { return o == t })
		b.release(t)
		return nil
	}
	if !b.stuck.has(t) {
		b.stuck.tokens = append(b.stuck.tokens, t)
	}
	if b.stuck.timer == nil {
		b.stuck.timer = time.AfterFunc(retryEvery, b.retryLater)
	}
	return err
}

// retry lets go of what is stuck, if the system takes it now.
func (b *driven) retry() {
	for _, t := range slices.Backward(slices.Clone(b.stuck.tokens)) {
		_ = b.letGo(t)
	}
}

func (b *driven) retryLater() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stuck.timer = nil
	if !b.stop.Load() {
		b.retry()
	}
}

// releaseAll lets go of the latest first: a key before the modifier it was pressed with.
func (b *driven) releaseAll() error {
	b.repeat.stop()
	var errs []error
	for _, t := range slices.Backward(slices.Clone(b.down)) {
		errs = append(errs, b.letGo(t))
	}
	return errors.Join(errs...)
}

func (b *driven) ReleaseAll() error {
	defer b.mu.Unlock()
	if err := b.begin(); err != nil {
		return err
	}
	return b.releaseAll()
}
