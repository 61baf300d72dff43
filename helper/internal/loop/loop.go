// Package loop runs functions one after the other on one goroutine, so that what they share needs no lock.
package loop

import (
	"context"
	"sync"
	"time"
)

// Loop is a queue of functions. Make it with New.
type Loop struct {
	mu    sync.Mutex
	queue []func()
	wake  chan struct{}
}

// New makes an empty loop.
func New() *Loop { return &Loop{wake: make(chan struct{}, 1)} }

// Post queues a function; from any goroutine, never blocking. After Run has ended nothing runs any more.
func (l *Loop) Post(act func()) {
	l.mu.Lock()
	l.queue = append(l.queue, act)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// After posts a function later, unless stop is called before.
func (l *Loop) After(wait time.Duration, act func()) (stop func()) {
	timer := time.AfterFunc(wait, func() { l.Post(act) })
	return func() { timer.Stop() }
}

// Run runs what is posted until ctx ends.
func (l *Loop) Run(ctx context.Context) {
	for {
		for {
			l.mu.Lock()
			if len(l.queue) == 0 || ctx.Err() != nil {
				l.mu.Unlock()
				break
			}
			act := l.queue[0]
			l.queue[0] = nil
			l.queue = l.queue[1:]
			l.mu.Unlock()
			act()
		}
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		}
	}
}
