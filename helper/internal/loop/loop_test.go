package loop

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// run starts a loop; stop ends it and waits.
func run(t *testing.T, l *Loop) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { l.Run(ctx) })
	stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
	})
	t.Cleanup(stop)
	return stop
}

func TestRunsInOrderWhateverPostsIt(t *testing.T) {
	l := New()
	var got []int // no lock: the race detector finds a second goroutine
	for n := range 100 {
		l.Post(func() { got = append(got, n) })
	}
	run(t, l)
	for n := range 100 {
		l.Do(func() { got = append(got, 100+n) })
	}
	want := make([]int, 200)
	for n := range want {
		want[n] = n
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// A goroutine that is fed without end has one function waiting, not more; others pass between.
func TestDoHoldsItsCallerUp(t *testing.T) {
	l := New()
	run(t, l)
	hold, held := make(chan struct{}), make(chan struct{})
	l.Post(func() {
		close(held)
		<-hold
	})
	<-held
	var asked, ran atomic.Int32
	var feeding sync.WaitGroup
	for range 3 {
		feeding.Go(func() {
			for range 1000 {
				asked.Add(1)
				l.Do(func() { ran.Add(1) })
			}
		})
	}
	waiting := func() int {
		l.mu.Lock()
		defer l.mu.Unlock()
		return len(l.queue)
	}
	for deadline := time.After(10 * time.Second); waiting() < 3; {
		select {
		case <-deadline:
			t.Fatal("nobody asked")
		default:
		}
	}
	if asked.Load() != 3 || waiting() != 3 {
		t.Errorf("%d asked, %d wait", asked.Load(), waiting())
	}
	before := int32(-1)
	l.Post(func() { before = ran.Load() })
	close(hold)
	feeding.Wait()
	l.Do(func() {})
	if ran.Load() != 3000 || before != 3 {
		t.Errorf("%d ran, %d before what was posted in between", ran.Load(), before)
	}
}

func TestNothingWaitsForALoopThatEnded(t *testing.T) {
	l := New()
	ctx, cancel := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	// The loop ends from within, with something still waiting.
	l.Post(func() {
		waiting.Go(func() { l.Do(func() { t.Error("ran after the end") }) })
		l.Post(func() { t.Error("ran after the end") })
		cancel()
	})
	l.Run(ctx)
	waiting.Wait()
	l.Post(func() { t.Error("ran after the end") })
	l.Do(func() { t.Error("ran after the end") })
	if len(l.queue) != 0 {
		t.Errorf("%d are kept", len(l.queue))
	}
}

func TestAwaitIsBounded(t *testing.T) {
	var running sync.WaitGroup
	if !Await(&running, time.Minute) {
		t.Error("nothing runs")
	}
	hold := make(chan struct{})
	running.Go(func() { <-hold })
	if Await(&running, time.Millisecond) {
		t.Error("it still runs")
	}
	close(hold)
	if !Await(&running, time.Minute) {
		t.Error("it has ended")
	}
}

func TestAfterCanBeStopped(t *testing.T) {
	l := New()
	run(t, l)
	l.After(time.Hour, func() { t.Error("ran") })()
	ran := make(chan struct{})
	l.After(0, func() { close(ran) })
	select {
	case <-ran:
	case <-time.After(10 * time.Second):
		t.Fatal("did not run")
	}
}
