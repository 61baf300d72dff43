package inject

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
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
	// maxEvent bounds a message of the server; raw events have some 100 bytes.
	maxEvent = 1 << 16
)

var errProtocol = errors.New("unexpected answer of the X server")

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

// handshake opens the connection and returns the first screen's root window.
func handshake(w io.Writer, r io.Reader, display string) (uint32, error) {
	le := binary.LittleEndian
	name, cookie := xauthority(display)
	hello := []byte{'l', 0, 11, 0, 0, 0}
	hello = le.AppendUint16(hello, uint16(len(name)))
	hello = le.AppendUint16(hello, uint16(len(cookie)))
	hello = append(hello, 0, 0)
	hello = append(hello, name...)
	hello = append(hello, make([]byte, -len(name)&3)...)
	hello = append(hello, cookie...)
	hello = append(hello, make([]byte, -len(cookie)&3)...)
	if _, err := w.Write(hello); err != nil {
		return 0, err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(r, head); err != nil {
		return 0, err
	}
	setup := make([]byte, 4*int(le.Uint16(head[6:])))
	if _, err := io.ReadFull(r, setup); err != nil {
		return 0, err
	}
	if head[0] != 1 || len(setup) < 32 {
		return 0, fmt.Errorf("X server refused: %w", errProtocol)
	}
	vendor, formats := int(le.Uint16(setup[16:])), int(setup[21])
	at := 32 + (vendor+3)&^3 + 8*formats
	if len(setup) < at+4 {
		return 0, errProtocol
	}
	return le.Uint32(setup[at:]), nil
}

// ask sends a request and returns its reply; events in between cannot come yet.
func ask(w io.Writer, r io.Reader, request []byte) ([]byte, error) {
	if _, err := w.Write(request); err != nil {
		return nil, err
	}
	for {
		message, err := readMessage(r)
		if err != nil {
			return nil, err
		}
		switch message[0] {
		case 0:
			return nil, fmt.Errorf("X error %d: %w", message[1], errProtocol)
		case 1:
			return message, nil
		}
	}
}

// readMessage reads one error, reply or event with its tail.
func readMessage(r io.Reader) ([]byte, error) {
	message := make([]byte, 32, 128)
	if _, err := io.ReadFull(r, message); err != nil {
		return nil, err
	}
	if kind := message[0] & 0x7f; kind != 1 && kind != 35 {
		return message, nil
	}
	tail := binary.LittleEndian.Uint32(message[4:])
	if tail > maxEvent/4 {
		return nil, errProtocol
	}
	message = append(message, make([]byte, 4*tail)...)
	_, err := io.ReadFull(r, message[32:])
	return message, err
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

// dialX connects to a display name such as ":0" or "host:1.0".
func dialX(display string) (net.Conn, string, error) {
	colon := strings.LastIndexByte(display, ':')
	if colon < 0 {
		return nil, "", fmt.Errorf("display %q: %w", display, errProtocol)
	}
	host := display[:colon]
	number, _, _ := strings.Cut(display[colon+1:], ".")
	n, err := strconv.ParseUint(number, 10, 15)
	if err != nil {
		return nil, "", fmt.Errorf("display %q: %w", display, err)
	}
	var conn net.Conn
	switch {
	case host == "" || host == "unix":
		conn, err = net.Dial("unix", "/tmp/.X11-unix/X"+number)
	case strings.HasPrefix(host, "/"):
		conn, err = net.Dial("unix", host+":"+number)
	default:
		conn, err = net.Dial("tcp", net.JoinHostPort(host, strconv.FormatUint(6000+n, 10)))
	}
	return conn, number, err
}

// xauthority finds the cookie for a display number; empty when there is none, as on servers that ask for none.
func xauthority(display string) (name, cookie string) {
	file := os.Getenv("XAUTHORITY")
	if file == "" {
		file = os.Getenv("HOME") + "/.Xauthority"
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", ""
	}
	host, _ := os.Hostname()
	field := func() string {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			data = nil
			return ""
		}
		n := int(binary.BigEndian.Uint16(data))
		value := string(data[2 : 2+n])
		data = data[2+n:]
		return value
	}
	best := -1
	for len(data) >= 2 {
		family := binary.BigEndian.Uint16(data)
		data = data[2:]
		address, number, kind, value := field(), field(), field(), field()
		if kind != "MIT-MAGIC-COOKIE-1" || number != "" && number != display {
			continue
		}
		score := 0
		if family == 65535 || address == host {
			score = 1
		}
		if score > best {
			best, name, cookie = score, kind, value
		}
	}
	return name, cookie
}
