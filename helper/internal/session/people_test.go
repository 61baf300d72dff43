package session

import (
	"context"
	"strings"
	"sync"
	"testing"

	"tasuki/helper/internal/dialog"
)

// logTo keeps what a session says until its test is over; sessions may say their last word after that.
type logTo struct {
	mu   sync.Mutex
	over bool
	said strings.Builder
}

func newLog(t *testing.T) *logTo {
	l := &logTo{}
	t.Cleanup(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.over = true
		if t.Failed() {
			t.Log(l.said.String())
		}
	})
	return l
}

func (l *logTo) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		l.said.Write(line)
	}
	return len(line), nil
}

// board is a clipboard without a system.
type board struct {
	changes chan string
	set     chan string
}

func (b *board) Set(text string) error { b.set <- text; return nil }
func (b *board) Close()                {}
func (b *board) Watch(ctx context.Context, changed func(string, error)) error {
	for {
		select {
		case text := <-b.changes:
			changed(text, nil)
		case <-ctx.Done():
			return nil
		}
	}
}

// person is who sits in front of the windows.
type person struct {
	dialog.UI
	mu     sync.Mutex
	busy   int
	shown  *dialog.Session
	events dialog.Events
	closed bool
	cancel func()
	// slow, while set, keeps whoever updates the dialog; updates counts them.
	slow    chan struct{}
	updates int
}

func (p *person) Windows() []uintptr { return []uintptr{1} }
func (p *person) Busy(_ string, cancel func()) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy++
	p.cancel = cancel
	return sync.OnceFunc(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.busy--
	})
}
func (p *person) ShowConnected(session dialog.Session, events dialog.Events) dialog.Connected {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown, p.events, p.closed = &session, events, false
	return p
}
func (p *person) Update(session dialog.Session) {
	p.mu.Lock()
	p.shown = &session
	p.updates++
	slow := p.slow
	p.mu.Unlock()
	if slow != nil {
		<-slow
	}
}
func (p *person) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
}
func (p *person) open() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.busy > 0 || p.shown != nil && !p.closed
}
func (p *person) sees(holds func(dialog.Session) bool) func() bool {
	return func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.shown != nil && holds(*p.shown)
	}
}
func (p *person) act() dialog.Events {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.events
}
