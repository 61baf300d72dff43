package control

import "time"

// PauseAfterTouch is how long remote input keeps off after the person touched mouse or keyboard.
const PauseAfterTouch = time.Second

// clock is the time, as the gate sees it.
type clock struct {
	now func() time.Time
	// after runs act on a goroutine of its own after a while.
	after func(wait time.Duration, act func())
}

var systemClock = clock{now: time.Now, after: func(wait time.Duration, act func()) { time.AfterFunc(wait, act) }}

// watch pauses whenever the person touches mouse or keyboard.
func (g *Gate) watch(touched <-chan struct{}) {
	for {
		select {
		case <-touched:
			g.touch()
		case <-g.done:
			return
		}
	}
}

func (g *Gate) touch() {
	g.mu.Lock()
	g.touched = g.clock.now()
	again := g.state.Paused || g.over
	g.mu.Unlock()
	if again {
		return
	}
	g.shut(func() { g.state.Paused = true })
	g.clock.after(PauseAfterTouch, g.resume)
}

// resume ends the pause, unless there was another touch meanwhile.
func (g *Gate) resume() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if rest := PauseAfterTouch - g.clock.now().Sub(g.touched); rest > 0 && !g.over {
		g.clock.after(rest, g.resume)
		return
	}
	g.state.Paused = false
	g.tell()
}
