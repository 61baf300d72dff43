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
	over  bool
	wake  chan struct{}
	ended chan struct{}
}

// New makes an empty loop.
func New() *Loop { return &Loop{wake: make(chan struct{}, 1), ended: make(chan struct{})} }

// Post queues a function; from any goroutine, never blocking. It is for what this program itself does, a bounded number of
// times; what others can cause as often as they like comes by Do. After Run has ended nothing runs any more.
func (l *Loop) Post(act func()) {
	l.mu.Lock()
	if !l.over {
		l.queue = append(l.queue, act)
	}
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Do queues a function and waits until it has run, so that a goroutine never has more than one waiting; whoever feeds that
// goroutine is held up in turn. It returns without that when Run ends. Never call it on the loop itself.
func (l *Loop) Do(act func()) {
	done := make(chan struct{})
	l.Post(func() {
		defer close(done)
		act()
	})
	select {
	case <-done:
	case <-l.ended:
	}
}

// After posts a function later, unless stop is called before.
func (l *Loop) After(wait time.Duration, act func()) (stop func()) {
	timer := time.AfterFunc(wait, func() { l.Post(act) })
	return func() { timer.Stop() }
}

// Run runs what is posted until ctx ends. It is called once.
func (l *Loop) Run(ctx context.Context) {
	defer l.end()
	for {
		for act := l.next(ctx); act != nil; act = l.next(ctx) {
			act()
		}
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		}
	}
}

func (l *Loop) next(ctx context.Context) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) == 0 || ctx.Err() != nil {
		return nil
	}
	act := l.queue[0]
	l.queue[0] = nil
	l.queue = l.queue[1:]
	return act
}

func (l *Loop) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over, l.queue = true, nil
	close(l.ended)
}

// Await waits for what is running, but no longer than limit; it tells whether everything has ended.
func Await(running *sync.WaitGroup, limit time.Duration) bool {
	done := make(chan struct{})
	go func() {
		running.Wait()
		close(done)
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}
