package inject

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"time"
)

// XInput 2 raw events come from the devices themselves, whoever grabs the pointer, and cost nothing while nobody moves.
// xgb cannot read events longer than 32 bytes, so this connection speaks the protocol itself; it needs four requests.

const (
	xiRawKeyPress   = 13
	xiRawKeyRelease = 14
	xiRawPress      = 15
	xiRawRelease    = 16
	xiRawMotion     = 17
	xiRawTouchBegin = 22
	// xiKeyRepeat marks a press that the server made because a key is held.
	xiKeyRepeat = 1 << 16
)

// watchRaw calls f for every raw event until the returned closer is closed, and lost when the connection ends by itself.
func watchRaw(display string, f func(rawEvent), lost func()) (io.Closer, error) {
	conn, number, err := dialX(display)
	if err != nil {
		return nil, err
	}
	// A server that does not answer must not hold up the start.
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	r := bufio.NewReaderSize(conn, 1<<14)
	if err := selectRaw(conn, r, number); err != nil {
		_ = conn.Close()
		return nil, err
	}
	_ = conn.SetDeadline(time.Time{})
	c := &quietCloser{conn: conn}
	go func() {
		for {
			message, err := readMessage(r)
			if err != nil {
				_ = conn.Close()
				if !c.isClosed() {
					lost()
				}
				return
			}
			if e, ok := parseRaw(message); ok {
				f(e)
			}
		}
	}()
	return c, nil
}

type quietCloser struct {
	mu     sync.Mutex
	conn   net.Conn
	closed bool
}

func (c *quietCloser) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	return c.conn.Close()
}

func (c *quietCloser) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// selectRaw does the handshake and asks for raw events of all master devices.
func selectRaw(w io.Writer, r io.Reader, display string) error {
	root, err := handshake(w, r, display)
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	name := "XInputExtension"
	query := append(le.AppendUint16([]byte{98, 0, byte(2 + (len(name)+3)/4), 0}, uint16(len(name))), 0, 0)
	query = append(query, name...)
	query = append(query, make([]byte, -len(name)&3)...)
	answer, err := ask(w, r, query)
	if err != nil {
		return err
	}
	if answer[8] == 0 {
		return errNoExtension
	}
	xi := answer[9]
	answer, err = ask(w, r, []byte{xi, 47, 2, 0, 2, 0, 2, 0}) // XIQueryVersion 2.2
	if err != nil {
		return err
	}
	if major, minor := le.Uint16(answer[8:]), le.Uint16(answer[10:]); major < 2 || major == 2 && minor < 2 {
		return errNoExtension
	}
	var mask uint32
	for _, event := range []int{xiRawKeyPress, xiRawKeyRelease, xiRawPress, xiRawRelease, xiRawMotion, xiRawTouchBegin} {
		mask |= 1 << event
	}
	selection := le.AppendUint32([]byte{xi, 46, 5, 0}, root)             // XISelectEvents
	selection = append(selection, 1, 0, 0, 0 /* one mask */, 1, 0, 1, 0) // XIAllMasterDevices, one word
	selection = le.AppendUint32(selection, mask)
	if _, err := w.Write(selection); err != nil {
		return err
	}
	_, err = ask(w, r, []byte{43, 0, 1, 0}) // GetInputFocus: an error of the selection would come first
	return err
}

// parseRaw makes a rawEvent of an XInput 2 event; false for everything that is no touch of a device.
func parseRaw(m []byte) (rawEvent, bool) {
	le := binary.LittleEndian
	if len(m) < 32 || m[0]&0x7f != 35 || le.Uint32(m[24:])&xiKeyRepeat != 0 {
		return rawEvent{}, false
	}
	e := rawEvent{detail: byte(le.Uint32(m[16:]))}
	switch le.Uint16(m[8:]) {
	case xiRawKeyPress:
		e.kind = 2
	case xiRawKeyRelease:
		e.kind = 3
	case xiRawPress:
		e.kind = 4
	case xiRawRelease:
		e.kind = 5
	case xiRawMotion:
		e.kind, e.detail = 6, 0
		e.x, e.y = rawPosition(m)
	case xiRawTouchBegin:
		e.kind = touch
	default:
		return rawEvent{}, false
	}
	return e, true
}

// rawPosition reads the unprocessed values of the first two axes, which XTEST fills with the position asked for.
func rawPosition(m []byte) (x, y int16) {
	le := binary.LittleEndian
	words := int(le.Uint16(m[22:]))
	if len(m) < 32+4*words {
		return -1, -1
	}
	mask := m[32 : 32+4*words]
	set := 0
	for _, b := range mask {
		for ; b != 0; b &= b - 1 {
			set++
		}
	}
	values := m[32+4*words:]
	if words == 0 || mask[0]&3 != 3 || len(values) < 16*set {
		return -1, -1
	}
	raw := values[8*set:]
	return int16(le.Uint32(raw)), int16(le.Uint32(raw[8:]))
}
