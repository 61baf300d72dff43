package bus

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Conn is a connection to a bus. Read from one goroutine; send from any.
type Conn struct {
	socket net.Conn
	reader *bufio.Reader
	mu     sync.Mutex
	serial uint32
}

const wait = 5 * time.Second

// Dial connects to the first of a bus address's unix sockets that answers, and says hello. The connection ends with ctx.
func Dial(ctx context.Context, address string) (*Conn, error) {
	err := errors.New("no unix socket in the bus address")
	for part := range strings.SplitSeq(address, ";") {
		name, ok := socketName(part)
		if !ok {
			continue
		}
		var c *Conn
		if c, err = dial(ctx, name); err == nil {
			context.AfterFunc(ctx, func() { _ = c.socket.Close() })
			return c, nil
		}
	}
	return nil, err
}

// socketName reads "unix:path=…" and "unix:abstract=…".
func socketName(address string) (string, bool) {
	parameters, ok := strings.CutPrefix(address, "unix:")
	if !ok {
		return "", false
	}
	for parameter := range strings.SplitSeq(parameters, ",") {
		key, value, _ := strings.Cut(parameter, "=")
		value, err := url.PathUnescape(value)
		if err != nil || value == "" {
			continue
		}
		switch key {
		case "path":
			return value, true
		case "abstract":
			return "@" + value, true
		}
	}
	return "", false
}

func dial(ctx context.Context, name string) (*Conn, error) {
	dialer := net.Dialer{Timeout: wait}
	socket, err := dialer.DialContext(ctx, "unix", name)
	if err != nil {
		return nil, err
	}
	c := &Conn{socket: socket, reader: bufio.NewReader(socket)}
	_ = socket.SetDeadline(time.Now().Add(wait))
	if err := c.authenticate(); err != nil {
		_ = socket.Close()
		return nil, err
	}
	if _, err := c.Send(&Message{Kind: Call, Destination: "org.freedesktop.DBus", Path: "/org/freedesktop/DBus",
		Interface: "org.freedesktop.DBus", Member: "Hello"}); err != nil {
		_ = socket.Close()
		return nil, err
	}
	return c, socket.SetDeadline(time.Time{})
}

// authenticate says who we are; the kernel vouches for it.
func (c *Conn) authenticate() error {
	who := hex.EncodeToString([]byte(strconv.Itoa(os.Getuid())))
	if _, err := c.socket.Write([]byte("\x00AUTH EXTERNAL " + who + "\r\n")); err != nil {
		return err
	}
	answer, err := c.reader.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !strings.HasPrefix(string(answer), "OK ") {
		return fmt.Errorf("the bus refused: %.40q", answer)
	}
	_, err = c.socket.Write([]byte("BEGIN\r\n"))
	return err
}

// Send sends a message under the next serial, which it returns.
func (c *Conn) Send(m *Message) (uint32, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.serial++
	m.Serial = c.serial
	data, err := m.marshal()
	if err != nil {
		return 0, err
	}
	// A bus that takes nothing must not hold up a session.
	_ = c.socket.SetWriteDeadline(time.Now().Add(wait))
	_, err = c.socket.Write(data)
	return m.Serial, err
}

// Read waits for the next message.
func (c *Conn) Read() (*Message, error) { return read(c.reader) }

// Close ends the connection.
func (c *Conn) Close() error { return c.socket.Close() }
