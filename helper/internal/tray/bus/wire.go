// Package bus speaks as much D-Bus as a tray icon needs: one connection that sends messages and hands on those that come.
// The full library costs the helper 2 MB, most of it because it calls methods by reflection, which keeps the linker from
// leaving out what is not used.
package bus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// Values are plain: byte, bool, int32, uint32, string (s, o, g), Variant, []byte (ay), and []any for other arrays, for
// structures and for the pairs of a dictionary.

// Variant is a value with its type.
type Variant struct {
	Signature string
	Value     any
}

const (
	maxMessage = 1 << 20
	maxDepth   = 16
)

var errMalformed = errors.New("malformed D-Bus message")

// split takes the first complete type off a signature.
func split(signature string) (first, rest string, err error) {
	depth := 0
	for n := range len(signature) {
		switch signature[n] {
		case 'a':
			continue
		case '(', '{':
			depth++
		case ')', '}':
			depth--
		}
		if depth < 0 || n > 255 {
			break
		}
		if depth == 0 {
			return signature[:n+1], signature[n+1:], nil
		}
	}
	return "", "", errMalformed
}

func alignment(kind byte) int {
	switch kind {
	case 'y', 'g', 'v':
		return 1
	case 'n', 'q':
		return 2
	case 'x', 't', 'd', '(', '{':
		return 8
	}
	return 4
}

// encoder writes values, little end first.
type encoder struct{ out []byte }

func (e *encoder) align(n int) {
	for len(e.out)%n != 0 {
		e.out = append(e.out, 0)
	}
}

func (e *encoder) number(n uint32) {
	e.align(4)
	e.out = binary.LittleEndian.AppendUint32(e.out, n)
}

// all writes values of a signature with several types.
func (e *encoder) all(signature string, values []any) error {
	for _, value := range values {
		first, rest, err := split(signature)
		if err != nil {
			return err
		}
		if err := e.value(first, value); err != nil {
			return err
		}
		signature = rest
	}
	if signature != "" {
		return fmt.Errorf("values missing for %q", signature)
	}
	return nil
}

// value writes one value of one complete type.
func (e *encoder) value(signature string, value any) error {
	switch v := value.(type) {
	case byte:
		e.out = append(e.out, v)
	case bool:
		n := uint32(0)
		if v {
			n = 1
		}
		e.number(n)
	case int32:
		e.number(uint32(v))
	case uint32:
		e.number(v)
	case string:
		if signature == "g" {
			e.out = append(e.out, byte(len(v)))
		} else {
			v = strings.ReplaceAll(strings.ToValidUTF8(v, "?"), "\x00", "")
			e.number(uint32(len(v)))
		}
		e.out = append(append(e.out, v...), 0)
	case Variant:
		if err := e.value("g", v.Signature); err != nil {
			return err
		}
		return e.value(v.Signature, v.Value)
	case []byte:
		e.number(uint32(len(v)))
		e.out = append(e.out, v...)
	case []any:
		return e.list(signature, v)
	default:
		return fmt.Errorf("a value of type %T", value)
	}
	return nil
}

func (e *encoder) list(signature string, values []any) error {
	if signature[0] != 'a' {
		e.align(8)
		return e.all(signature[1:len(signature)-1], values)
	}
	e.number(0)
	length := len(e.out) - 4
	e.align(alignment(signature[1]))
	start := len(e.out)
	for _, value := range values {
		if err := e.value(signature[1:], value); err != nil {
			return err
		}
	}
	binary.LittleEndian.PutUint32(e.out[length:], uint32(len(e.out)-start))
	return nil
}
