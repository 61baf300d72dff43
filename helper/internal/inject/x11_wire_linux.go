package inject

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// The X protocol as far as the watching connection speaks it by itself.

// maxEvent bounds a message of the server; raw events have some 100 bytes.
const maxEvent = 1 << 16

var errProtocol = errors.New("unexpected answer of the X server")

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
