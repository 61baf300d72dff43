package socketio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const (
	writeTimeout = 10 * time.Second
	// A goodbye is a courtesy and holds nobody up.
	goodbyeTimeout = time.Second
	// Events that wait for the handler; a server that sends more is not ours.
	maxWaiting = 256
	// Questions that wait for an answer.
	maxPending = 64
)

// Why a connection ended, or a question was not asked.
var (
	// ErrClosed: Close was called.
	ErrClosed = errors.New("closed")
	// ErrLeft: the server ended it.
	ErrLeft = errors.New("the server closed the connection")
	// ErrSilent: the server's pings stayed away.
	ErrSilent = errors.New("the server fell silent")
	// ErrFlood: events came faster than they could be handled.
	ErrFlood = errors.New("too many events")
	// ErrTooLarge: the message is larger than the server takes. The connection goes on.
	ErrTooLarge = errors.New("message too large")
	// ErrBusy: too many questions are unanswered. The connection goes on.
	ErrBusy = errors.New("too many unanswered questions")
)

type event struct {
	name     string
	argument json.RawMessage
}

// Conn is one connection to one namespace. It ends once, with a reason, and is never repaired: dial another. Its methods are
// safe for concurrent use.
type Conn struct {
	socket    *websocket.Conn
	namespace string
	handler   Handler
	opening   opening
	events    chan event

	// ended is closed when the reason is there, done when the handler has also returned from its last event.
	ended, done chan struct{}
	ctx         context.Context
	cancel      context.CancelFunc

	lock    sync.Mutex
	reason  error
	nextID  int
	pending map[int]chan json.RawMessage
}

func newConn(socket *websocket.Conn, namespace string, handler Handler) *Conn {
	ctx, cancel := context.WithCancel(context.Background())
	return &Conn{
		socket: socket, namespace: namespace, handler: handler,
		events: make(chan event, maxWaiting),
		ended:  make(chan struct{}), done: make(chan struct{}), ctx: ctx, cancel: cancel,
		pending: map[int]chan json.RawMessage{},
	}
}

// Done is closed when the connection has ended and the handler has seen every event that came before.
func (c *Conn) Done() <-chan struct{} { return c.done }

// Err tells why it ended; nil while it lasts.
func (c *Conn) Err() error {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.reason
}

// Emit sends an event with one argument (as JSON) and waits for the server's acknowledgement, whose one argument it returns.
// It fails with ctx's error, ErrTooLarge, ErrBusy, or the reason why the connection ended.
func (c *Conn) Emit(ctx context.Context, name string, argument any) (json.RawMessage, error) {
	data, err := json.Marshal([]any{name, argument})
	if err != nil {
		return nil, err
	}
	id, answer, err := c.expect()
	if err != nil {
		return nil, err
	}
	defer c.forget(id)
	message := packet{kind: socketEvent, namespace: c.namespace, id: id, data: data}.encode()
	if len(message) > c.opening.maxPayload {
		return nil, ErrTooLarge
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := c.write(message); err != nil {
		return nil, err
	}
	select {
	case data := <-answer:
		return data, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.ended:
		return nil, c.Err()
	}
}

// Close leaves the namespace and closes the connection; events that were not handled yet are dropped.
func (c *Conn) Close() {
	if c.Err() == nil {
		// Ends itself with another reason when it fails; the server notices either way.
		_ = c.writeWithin(goodbyeTimeout, packet{kind: socketDisconnect, namespace: c.namespace, id: -1}.encode())
	}
	c.end(ErrClosed)
}

func (c *Conn) expect() (int, chan json.RawMessage, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.reason != nil {
		return 0, nil, c.reason
	}
	if len(c.pending) >= maxPending {
		return 0, nil, ErrBusy
	}
	id := c.nextID
	c.nextID = (c.nextID + 1) % 1_000_000_000
	answer := make(chan json.RawMessage, 1)
	c.pending[id] = answer
	return id, answer, nil
}

func (c *Conn) forget(id int) {
	c.lock.Lock()
	defer c.lock.Unlock()
	delete(c.pending, id)
}

// write sends one frame. A write that fails or hangs ends the connection: part of a frame may be out already.
func (c *Conn) write(frame []byte) error { return c.writeWithin(writeTimeout, frame) }

func (c *Conn) writeWithin(limit time.Duration, frame []byte) error {
	ctx, cancel := context.WithTimeout(c.ctx, limit)
	defer cancel()
	if err := c.socket.Write(ctx, websocket.MessageText, frame); err != nil {
		c.end(fmt.Errorf("writing: %w", err))
		return c.Err()
	}
	return nil
}

// end is called by whoever first finds that it is over.
func (c *Conn) end(reason error) {
	c.lock.Lock()
	first := c.reason == nil
	if first {
		c.reason = reason
		close(c.ended)
	}
	c.lock.Unlock()
	if first {
		c.cancel()
		_ = c.socket.CloseNow() // the socket is of no use, whatever this says
	}
}
