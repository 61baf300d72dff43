// Package online keeps one namespace of the server connected: it dials again and again, ever more slowly, and carries
// questions in order.
package online

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"time"

	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/socketio"
)

// ErrOffline: there is no connection at the moment, or it ended before the answer came.
var ErrOffline = errors.New("no connection to the server")

const (
	dialTimeout   = 15 * time.Second
	answerTimeout = 10 * time.Second
	// A connection that lasted this long was a good one.
	goodAfter    = 10 * time.Second
	firstPause   = 500 * time.Millisecond
	longestPause = 10 * time.Second
	maxWaiting   = 512
)

// Events are told one after the other, from the goroutine of Run or of a connection; handle them quickly.
type Events struct {
	// Connected: questions can be asked.
	Connected func()
	// Disconnected: the connection ended, or an attempt failed; why tells. The next attempt follows by itself.
	Disconnected func(why error)
	Event        func(name string, argument json.RawMessage)
	// Refused: the server will not have this program; reason is its word, such as `version`. Run has ended.
	Refused func(reason string)
}

// Server is the connection.
type Server struct {
	dialer    *socketio.Dialer
	namespace string
	events    Events
	questions chan question
	hurry     chan struct{}
}

type question struct {
	name    string
	message any
	done    func(json.RawMessage, error)
}

// New prepares a connection; Run makes it.
func New(dialer *socketio.Dialer, namespace string, events Events) *Server {
	return &Server{
		dialer: dialer, namespace: namespace, events: events,
		questions: make(chan question, maxWaiting), hurry: make(chan struct{}, 1),
	}
}

// Ask sends a message and hands the server's answer to done, from any goroutine, exactly once. Questions arrive in the order
// in which they are asked. done gets ErrOffline when it could not be asked or nobody answered.
func (s *Server) Ask(name string, message any, done func(json.RawMessage, error)) {
	select {
	case s.questions <- question{name, message, done}:
	default:
		done(nil, ErrOffline)
	}
}

// Replace gives up the present connection, which seems dead.
func (s *Server) Replace() {
	select {
	case s.hurry <- struct{}{}:
	default:
	}
}

// Run connects until ctx ends or the server refuses.
func (s *Server) Run(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		began := time.Now()
		err := s.once(ctx)
		if refused := new(socketio.RefusedError); errors.As(err, &refused) && refused.Reason != "limited" {
			s.events.Refused(refused.Reason)
			return
		}
		if ctx.Err() != nil {
			return
		}
		s.events.Disconnected(err)
		if time.Since(began) > goodAfter {
			failures = 0
		}
		if !sleep(ctx, pauseAfter(failures)) {
			return
		}
		failures++
	}
}

// pauseAfter grows with the failures in a row; with jitter, so that a restarted server is not met by all in one instant.
func pauseAfter(failures int) time.Duration {
	pause := min(longestPause, firstPause<<min(failures, 10))
	return pause/2 + rand.N(pause/2)
}

func sleep(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// once is one connection from its beginning to its end.
func (s *Server) once(ctx context.Context) error {
	s.refuseWaiting()
	dialing, cancel := context.WithTimeout(ctx, dialTimeout)
	auth := map[string]int{"version": protocol.ProtocolVersion}
	conn, err := s.dialer.Dial(dialing, s.namespace, auth, s.events.Event)
	cancel()
	if err != nil {
		return err
	}
	select {
	case <-s.hurry:
	default:
	}
	s.events.Connected()
	for {
		select {
		case <-conn.Done():
			return conn.Err()
		case <-s.hurry:
			conn.Close()
		case <-ctx.Done():
			// What was asked before the end still goes out: the goodbye is among it.
			s.flush(conn)
			conn.Close()
			return ctx.Err()
		case q := <-s.questions:
			s.ask(conn, q)
		}
	}
}

func (s *Server) ask(conn *socketio.Conn, q question) {
	// Not ended by ctx: a goodbye under way is still waited for.
	asking, cancel := context.WithTimeout(context.Background(), answerTimeout)
	defer cancel()
	answer, err := conn.Emit(asking, q.name, q.message)
	switch {
	case err == nil:
		q.done(answer, nil)
	case errors.Is(err, socketio.ErrTooLarge):
		q.done(nil, err)
	default:
		conn.Close() // what was not answered may be lost: the next connection begins anew
		q.done(nil, ErrOffline)
	}
}

const goodbyeTime = 2 * time.Second

func (s *Server) flush(conn *socketio.Conn) {
	last, cancel := context.WithTimeout(context.Background(), goodbyeTime)
	defer cancel()
	for {
		select {
		case q := <-s.questions:
			answer, err := conn.Emit(last, q.name, q.message)
			q.done(answer, err)
		default:
			return
		}
	}
}

// refuseWaiting answers what was asked while there was no connection.
func (s *Server) refuseWaiting() {
	for {
		select {
		case q := <-s.questions:
			q.done(nil, ErrOffline)
		default:
			return
		}
	}
}

// Answer reads an acknowledgement: the value, or a *Refusal, or the error that came instead of an answer.
func Answer[T any](raw json.RawMessage, err error, decode func([]byte) (T, error)) (value T, _ error) {
	if err != nil {
		return value, err
	}
	if failure, err := protocol.DecodeFailure(raw); err == nil {
		return value, &Refusal{failure}
	}
	return decode(raw)
}

// Done reads an acknowledgement that carries nothing.
func Done(raw json.RawMessage, err error) error {
	_, err = Answer(raw, err, func(raw []byte) (struct{}, error) {
		var answer struct{ OK bool }
		if json.Unmarshal(raw, &answer) != nil || !answer.OK {
			return struct{}{}, protocol.ErrMessage
		}
		return struct{}{}, nil
	})
	return err
}

// Refusal is the server's no, with its reason.
type Refusal struct{ protocol.Failure }

func (r *Refusal) Error() string { return "refused: " + string(r.Failure.Error) }

// IsRefusal tells whether err is the server's no with this code.
func IsRefusal(err error, code protocol.ErrorCode) bool {
	var refusal *Refusal
	return errors.As(err, &refusal) && refusal.Failure.Error == code
}

// RetryAt is when a `limited` server wants to be asked again; zero when it does not say.
func RetryAt(err error) time.Time {
	var refusal *Refusal
	if errors.As(err, &refusal) && refusal.RetryAt != nil {
		return time.UnixMilli(int64(*refusal.RetryAt))
	}
	return time.Time{}
}
