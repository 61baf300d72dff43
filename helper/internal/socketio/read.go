package socketio

import (
	"context"
	"errors"
	"fmt"

	"github.com/coder/websocket"
)

// enter reads the server's opening, asks for the namespace and waits until it is let in.
func (c *Conn) enter(ctx context.Context, auth []byte) error {
	raw, err := c.readText(ctx)
	if err != nil {
		return err
	}
	if raw[0] != engineOpen {
		return fmt.Errorf("%w: no open packet", errMalformed)
	}
	if c.opening, err = parseOpening(raw[1:]); err != nil {
		return err
	}
	if err := c.write(packet{kind: socketConnect, namespace: c.namespace, id: -1, data: auth}.encode()); err != nil {
		return err
	}
	for {
		raw, err := c.readText(ctx)
		if err != nil {
			return err
		}
		switch raw[0] {
		case enginePing:
			if err := c.pong(raw); err != nil {
				return err
			}
			continue
		case engineMessage:
		case engineClose:
			return ErrLeft
		default:
			return fmt.Errorf("%w: before the namespace", errMalformed)
		}
		answer, err := parsePacket(raw[1:])
		if err != nil {
			return err
		}
		switch {
		case answer.namespace != c.namespace || answer.id >= 0:
		case answer.kind == socketConnect:
			return nil
		case answer.kind == socketConnectError:
			return answer.refusal()
		}
		return fmt.Errorf("%w: before the namespace", errMalformed)
	}
}

// start reads on, and hands events to the handler, until the connection ends.
func (c *Conn) start() {
	go func() {
		c.end(c.readAll())
		close(c.events)
	}()
	go func() {
		defer close(c.done)
		// Also what came just before the end: the server says why it closes.
		for next := range c.events {
			if c.Err() == ErrClosed {
				return
			}
			c.handler(next.name, next.argument)
		}
	}()
}

func (c *Conn) readAll() error {
	for {
		ctx, cancel := context.WithTimeout(c.ctx, c.opening.silence)
		raw, err := c.readText(ctx)
		silent := errors.Is(ctx.Err(), context.DeadlineExceeded)
		cancel()
		if silent {
			return ErrSilent
		}
		if err != nil {
			return err
		}
		switch raw[0] {
		case enginePing:
			if err := c.pong(raw); err != nil {
				return err
			}
		case engineMessage:
			if err := c.onPacket(raw[1:]); err != nil {
				return err
			}
		case engineClose:
			return ErrLeft
		default:
			return fmt.Errorf("%w: type %q", errMalformed, raw[0])
		}
	}
}

func (c *Conn) onPacket(raw []byte) error {
	packet, err := parsePacket(raw)
	if err != nil {
		return err
	}
	if packet.namespace != c.namespace {
		return fmt.Errorf("%w: namespace", errMalformed)
	}
	switch packet.kind {
	case socketEvent:
		name, argument, err := packet.event()
		if err != nil {
			return err
		}
		select {
		case c.events <- event{name, argument}:
			return nil
		default:
			return ErrFlood
		}
	case socketAck:
		data, err := packet.answer()
		if err != nil {
			return err
		}
		c.lock.Lock()
		defer c.lock.Unlock()
		// One that nobody waits for any more came too late: no harm.
		if answer, found := c.pending[packet.id]; found {
			delete(c.pending, packet.id)
			answer <- data
		}
		return nil
	case socketDisconnect:
		return ErrLeft
	}
	return fmt.Errorf("%w: type %q", errMalformed, packet.kind)
}

func (c *Conn) pong(ping []byte) error {
	if len(ping) != 1 {
		return fmt.Errorf("%w: ping", errMalformed)
	}
	return c.write([]byte{enginePong})
}

// readText reads one frame, which is text and not empty.
func (c *Conn) readText(ctx context.Context) ([]byte, error) {
	kind, raw, err := c.socket.Read(ctx)
	if err != nil {
		if websocket.CloseStatus(err) != -1 {
			return nil, ErrLeft
		}
		return nil, fmt.Errorf("reading: %w", err)
	}
	if kind != websocket.MessageText || len(raw) == 0 {
		return nil, fmt.Errorf("%w: frame", errMalformed)
	}
	return raw, nil
}
