package online

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"tasuki/helper/internal/session/fakeserver"
	"tasuki/helper/internal/socketio"
)

const patience = 20 * time.Second

// rig is a server with the program's side of it, running.
type rig struct {
	t      *testing.T
	fake   *fakeserver.Server
	server *Server
	stop   func()

	connected, heard chan string
	disconnected     chan error
	refused          chan string
	ended            chan struct{}

	mu sync.Mutex
	// answer is what the server says to an event; nil: yes.
	answer func(event string) any
}

func start(t *testing.T, prepare func(*rig)) *rig {
	t.Helper()
	r := &rig{
		t: t, connected: make(chan string, 99), heard: make(chan string, 9999), disconnected: make(chan error, 99),
		refused: make(chan string, 9), ended: make(chan struct{}),
	}
	r.fake = fakeserver.New(func(event string, _ json.RawMessage) any {
		r.heard <- event
		r.mu.Lock()
		answer := r.answer
		r.mu.Unlock()
		if answer != nil {
			return answer(event)
		}
		return map[string]bool{"ok": true}
	})
	web := httptest.NewServer(r.fake)
	if prepare != nil {
		prepare(r)
	}
	r.server = New(&socketio.Dialer{Origin: web.URL}, "/helper", Events{
		Connected:    func() { r.connected <- "" },
		Disconnected: func(why error) { r.disconnected <- why },
		Event:        func(name string, _ json.RawMessage) { r.heard <- "event " + name },
		Refused:      func(reason string) { r.refused <- reason },
	})
	ctx, cancel := context.WithCancel(context.Background())
	r.stop = cancel
	go func() {
		defer close(r.ended)
		r.server.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		next(t, "end", r.ended)
		r.fake.Close()
		web.Close()
	})
	return r
}

func next[T any](t *testing.T, what string, from <-chan T) (value T) {
	t.Helper()
	select {
	case value = <-from:
	case <-time.After(patience):
		t.Fatalf("%s did not come", what)
	}
	return value
}

// ask asks and hands the outcome to the channel it returns.
func (r *rig) ask(name string) <-chan error {
	done := make(chan error, 2)
	r.server.Ask(name, map[string]int{}, func(raw json.RawMessage, err error) { done <- Done(raw, err) })
	return done
}

func TestComesBackAfterALoss(t *testing.T) {
	r := start(t, nil)
	next(t, "connection", r.connected)
	if err := next(t, "answer", r.ask("first")); err != nil {
		t.Error(err)
	}
	r.fake.Drop(true)
	if why := next(t, "loss", r.disconnected); why == nil {
		t.Error("no reason")
	}
	if why := next(t, "failed attempt", r.disconnected); why == nil {
		t.Error("no reason")
	}
	r.fake.Drop(false)
	next(t, "connection again", r.connected)
	if err := next(t, "answer", r.ask("second")); err != nil {
		t.Error(err)
	}
	r.fake.Emit("news", map[string]int{})
	for next(t, "event", r.heard) != "event news" {
	}
}

func TestReplaceMakesAnotherConnection(t *testing.T) {
	r := start(t, nil)
	next(t, "connection", r.connected)
	r.server.Replace()
	r.server.Replace() // twice is once
	next(t, "loss", r.disconnected)
	next(t, "connection again", r.connected)
	if err := next(t, "answer", r.ask("after")); err != nil {
		t.Error(err)
	}
}

// Whatever is asked is answered exactly once, also while there is nobody to ask.
func TestQuestionsWithoutAConnection(t *testing.T) {
	r := start(t, func(r *rig) { r.fake.Drop(true) })
	next(t, "failed attempt", r.disconnected)
	var answers []<-chan error
	for range maxWaiting + 10 {
		answers = append(answers, r.ask("x"))
	}
	for _, each := range answers {
		if err := next(t, "answer", each); !errors.Is(err, ErrOffline) {
			t.Fatalf("got %v", err)
		}
	}
	for _, each := range answers {
		if len(each) > 0 {
			t.Fatal("answered twice")
		}
	}
	if len(r.heard) > 0 {
		t.Errorf("the server heard %q", <-r.heard)
	}
}

func TestQuestionsKeepTheirOrder(t *testing.T) {
	r := start(t, nil)
	next(t, "connection", r.connected)
	names := []string{"a", "b", "c", "d", "e", "f"}
	for _, name := range names {
		r.ask(name)
	}
	for _, name := range names {
		if got := next(t, "question", r.heard); got != name {
			t.Errorf("heard %q, want %q", got, name)
		}
	}
}

// The last words still go out: what was asked before the end reaches the server.
func TestGoodbyeIsHeard(t *testing.T) {
	r := start(t, nil)
	next(t, "connection", r.connected)
	// While one question is being answered, two more are asked and the program ends.
	hold := make(chan struct{})
	r.mu.Lock()
	r.answer = func(event string) any {
		if event == "slow" {
			<-hold
		}
		return map[string]bool{"ok": true}
	}
	r.mu.Unlock()
	answers := []<-chan error{r.ask("slow")}
	next(t, "question", r.heard)
	answers = append(answers, r.ask("goodbye"), r.ask("session:end"))
	r.stop()
	close(hold)
	next(t, "end", r.ended)
	for _, each := range answers {
		if err := next(t, "answer", each); err != nil {
			t.Error(err)
		}
	}
	if first, second := next(t, "goodbye", r.heard), next(t, "end", r.heard); first != "goodbye" || second != "session:end" {
		t.Errorf("heard %q and %q", first, second)
	}
}

func TestRefusedForGood(t *testing.T) {
	r := start(t, func(r *rig) { r.fake.Refuse("version") })
	if reason := next(t, "refusal", r.refused); reason != "version" {
		t.Errorf("refused for %q", reason)
	}
	next(t, "end", r.ended)
	if len(r.connected) > 0 {
		t.Error("connected")
	}
}

func TestRefusedForAWhile(t *testing.T) {
	r := start(t, func(r *rig) { r.fake.Refuse("limited") })
	next(t, "refusal", r.disconnected)
	r.fake.Refuse("")
	next(t, "connection", r.connected)
	if len(r.refused) > 0 {
		t.Error("refused for good")
	}
}

func TestPausesGrowAndAreBounded(t *testing.T) {
	for failures := range 100 {
		longest := min(longestPause, firstPause<<min(failures, 10))
		for range 20 {
			if pause := pauseAfter(failures); pause < longest/2 || pause >= longest {
				t.Fatalf("%d failures: %v", failures, pause)
			}
		}
	}
	if pauseAfter(99) < longestPause/2 {
		t.Error("it does not grow")
	}
}
