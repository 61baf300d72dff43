package bus

import (
	"encoding/binary"
	"io"
)

// Kind is what a message is.
type Kind byte

// The four kinds of message.
const (
	Call   Kind = 1
	Reply  Kind = 2
	Error  Kind = 3
	Signal Kind = 4
)

// Message is one message of the bus.
type Message struct {
	Kind Kind
	// Quiet: of a call, no answer is wanted.
	Quiet  bool
	Serial uint32
	// ReplyTo is the serial that a Reply or Error answers.
	ReplyTo                                                 uint32
	Path, Interface, Member, ErrorName, Sender, Destination string
	Signature                                               string
	Body                                                    []any
}

// Header fields by number.
const (
	fieldPath, fieldInterface, fieldMember, fieldError = 1, 2, 3, 4
	fieldReplyTo, fieldDestination, fieldSender        = 5, 6, 7
	fieldSignature                                     = 8
	headerLength                                       = 16
)

// marshal gives the message as bytes.
func (m *Message) marshal() ([]byte, error) {
	body := encoder{}
	if err := body.all(m.Signature, m.Body); err != nil {
		return nil, err
	}
	flags := byte(0)
	if m.Quiet {
		flags = 1
	}
	head := encoder{out: []byte{'l', byte(m.Kind), flags, 1}}
	head.number(uint32(len(body.out)))
	head.number(m.Serial)
	fields := []any{}
	text := func(number byte, signature, value string) {
		if value != "" {
			fields = append(fields, []any{number, Variant{signature, value}})
		}
	}
	text(fieldPath, "o", m.Path)
	text(fieldInterface, "s", m.Interface)
	text(fieldMember, "s", m.Member)
	text(fieldError, "s", m.ErrorName)
	text(fieldDestination, "s", m.Destination)
	text(fieldSignature, "g", m.Signature)
	if m.ReplyTo != 0 {
		fields = append(fields, []any{byte(fieldReplyTo), Variant{"u", m.ReplyTo}})
	}
	if err := head.value("a(yv)", fields); err != nil {
		return nil, err
	}
	head.align(8)
	return append(head.out, body.out...), nil
}

// read reads one message.
func read(from io.Reader) (*Message, error) {
	fixed := make([]byte, headerLength)
	if _, err := io.ReadFull(from, fixed); err != nil {
		return nil, err
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch fixed[0] {
	case 'l':
	case 'B':
		order = binary.BigEndian
	default:
		return nil, errMalformed
	}
	bodyLength, fieldsLength := order.Uint32(fixed[4:]), order.Uint32(fixed[12:])
	if bodyLength > maxMessage || fieldsLength > maxMessage {
		return nil, errMalformed
	}
	header := (headerLength + int(fieldsLength) + 7) / 8 * 8
	all := make([]byte, header+int(bodyLength))
	copy(all, fixed)
	if _, err := io.ReadFull(from, all[headerLength:]); err != nil {
		return nil, err
	}
	return parse(all, header, order)
}

func parse(all []byte, header int, order binary.ByteOrder) (*Message, error) {
	m := &Message{Kind: Kind(all[1]), Quiet: all[2]&1 != 0, Serial: order.Uint32(all[8:])}
	// The array of fields begins after the twelve fixed bytes.
	fields := decoder{in: all[:header], at: 12, order: order}
	list, err := fields.array("(yv)", 0)
	if err != nil {
		return nil, err
	}
	pairs, _ := list.([]any)
	for _, pair := range pairs {
		field, ok := pair.([]any)
		if !ok || len(field) != 2 {
			return nil, errMalformed
		}
		number, _ := field[0].(byte)
		variant, _ := field[1].(Variant)
		text, _ := variant.Value.(string)
		switch number {
		case fieldPath:
			m.Path = text
		case fieldInterface:
			m.Interface = text
		case fieldMember:
			m.Member = text
		case fieldError:
			m.ErrorName = text
		case fieldSender:
			m.Sender = text
		case fieldDestination:
			m.Destination = text
		case fieldSignature:
			m.Signature = text
		case fieldReplyTo:
			m.ReplyTo, _ = variant.Value.(uint32)
		}
	}
	body := decoder{in: all[header:], order: order}
	m.Body, err = body.all(m.Signature, 0)
	return m, err
}
