package socketio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// errMalformed is what every parsing error is: the server speaks something else, and the connection ends.
var errMalformed = errors.New("malformed packet")

// Engine.IO's types of packets, the first byte of every frame.
const (
	engineOpen    = '0'
	engineClose   = '1'
	enginePing    = '2'
	enginePong    = '3'
	engineMessage = '4'
)

// Socket.IO's, the first byte of an Engine.IO message. The binary ones (5, 6) are no part of our server's protocol.
const (
	socketConnect      = '0'
	socketDisconnect   = '1'
	socketEvent        = '2'
	socketAck          = '3'
	socketConnectError = '4'
)

// Bounds of what a server may announce.
const (
	maxInterval  = 5 * time.Minute
	maxMessage   = 1 << 20
	maxIDDigits  = 9
	maxNamespace = 100
)

// opening is what the server says first.
type opening struct {
	// silence is how long the server may say nothing: pings come within that time.
	silence time.Duration
	// maxPayload bounds what may be sent, in bytes.
	maxPayload int
}

// parseOpening reads the JSON of an Engine.IO open packet.
func parseOpening(data []byte) (opening, error) {
	var fields struct {
		SID          string `json:"sid"`
		PingInterval int64  `json:"pingInterval"`
		PingTimeout  int64  `json:"pingTimeout"`
		MaxPayload   int    `json:"maxPayload"`
	}
	if err := json.Unmarshal(data, &fields); err != nil || fields.SID == "" {
		return opening{}, fmt.Errorf("%w: open", errMalformed)
	}
	limit := maxInterval.Milliseconds()
	if fields.PingInterval <= 0 || fields.PingInterval > limit || fields.PingTimeout <= 0 || fields.PingTimeout > limit ||
		fields.MaxPayload <= 0 {
		return opening{}, fmt.Errorf("%w: open", errMalformed)
	}
	return opening{
		silence:    time.Duration(fields.PingInterval+fields.PingTimeout) * time.Millisecond,
		maxPayload: min(fields.MaxPayload, maxMessage),
	}, nil
}

// packet is one Socket.IO packet.
type packet struct {
	kind      byte
	namespace string
	// id is -1 when there is none.
	id   int
	data []byte
}

// parsePacket reads `TYPE[/namespace,][id][JSON]`. The JSON is not looked at yet.
func parsePacket(raw []byte) (packet, error) {
	if len(raw) == 0 || !utf8.Valid(raw) {
		return packet{}, errMalformed
	}
	out := packet{kind: raw[0], namespace: "/", id: -1}
	if out.kind < socketConnect || out.kind > socketConnectError {
		return packet{}, fmt.Errorf("%w: type %q", errMalformed, out.kind)
	}
	rest := raw[1:]
	if len(rest) > 0 && rest[0] == '/' {
		name, after, found := bytes.Cut(rest, []byte{','})
		if !found || len(name) > maxNamespace {
			return packet{}, fmt.Errorf("%w: namespace", errMalformed)
		}
		out.namespace, rest = string(name), after
	}
	digits := 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	if digits > maxIDDigits {
		return packet{}, fmt.Errorf("%w: id", errMalformed)
	}
	if digits > 0 {
		id, err := strconv.Atoi(string(rest[:digits]))
		if err != nil {
			return packet{}, fmt.Errorf("%w: id", errMalformed)
		}
		out.id, rest = id, rest[digits:]
	}
	out.data = rest
	return out, nil
}

// encode writes the packet as one Engine.IO message.
func (p packet) encode() []byte {
	out := []byte{engineMessage, p.kind}
	if p.namespace != "/" {
		out = append(out, p.namespace...)
		out = append(out, ',')
	}
	if p.id >= 0 {
		out = strconv.AppendInt(out, int64(p.id), 10)
	}
	return append(out, p.data...)
}

// event reads `["name", argument]`; the argument is nil when there is none.
func (p packet) event() (name string, argument json.RawMessage, err error) {
	var parts []json.RawMessage
	if json.Unmarshal(p.data, &parts) != nil || len(parts) == 0 || len(parts) > 2 || p.id >= 0 {
		return "", nil, fmt.Errorf("%w: event", errMalformed)
	}
	if json.Unmarshal(parts[0], &name) != nil || name == "" {
		return "", nil, fmt.Errorf("%w: event", errMalformed)
	}
	if len(parts) == 2 {
		argument = parts[1]
	}
	return name, argument, nil
}

// answer reads an acknowledgement's `[argument]`.
func (p packet) answer() (json.RawMessage, error) {
	var parts []json.RawMessage
	if json.Unmarshal(p.data, &parts) != nil || len(parts) != 1 || p.id < 0 {
		return nil, fmt.Errorf("%w: acknowledgement", errMalformed)
	}
	return parts[0], nil
}

// refusal reads why a namespace was refused; our server's reasons are single words.
func (p packet) refusal() error {
	var reason struct{ Message string }
	if json.Unmarshal(p.data, &reason) != nil || len(reason.Message) > 100 {
		return fmt.Errorf("%w: refusal", errMalformed)
	}
	return &RefusedError{Reason: reason.Message}
}
