package bus

import "encoding/binary"

// decoder reads values; everything is checked against the bytes that are there.
type decoder struct {
	in    []byte
	at    int
	order binary.ByteOrder
}

func (d *decoder) take(n int) ([]byte, error) {
	if n < 0 || n > len(d.in)-d.at {
		return nil, errMalformed
	}
	d.at += n
	return d.in[d.at-n : d.at], nil
}

func (d *decoder) align(n int) error {
	_, err := d.take((n - d.at%n) % n)
	return err
}

func (d *decoder) number() (uint32, error) {
	if err := d.align(4); err != nil {
		return 0, err
	}
	b, err := d.take(4)
	if err != nil {
		return 0, err
	}
	return d.order.Uint32(b), nil
}

func (d *decoder) text(n int) (string, error) {
	b, err := d.take(n + 1)
	if err != nil || b[n] != 0 {
		return "", errMalformed
	}
	return string(b[:n]), nil
}

// all reads the values of a signature with several types.
func (d *decoder) all(signature string, depth int) ([]any, error) {
	out := []any{}
	for signature != "" {
		first, rest, err := split(signature)
		if err != nil {
			return nil, err
		}
		value, err := d.value(first, depth)
		if err != nil {
			return nil, err
		}
		out, signature = append(out, value), rest
	}
	return out, nil
}

// value reads one value. Types that the tray never looks at (64-bit and 16-bit numbers) are skipped over and come as nil.
func (d *decoder) value(signature string, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errMalformed
	}
	switch kind := signature[0]; kind {
	case 'y':
		b, err := d.take(1)
		if err != nil {
			return nil, err
		}
		return b[0], nil
	case 'b', 'i', 'u', 'h':
		n, err := d.number()
		switch kind {
		case 'b':
			return n == 1, err
		case 'i':
			return int32(n), err
		}
		return n, err
	case 'n', 'q', 'x', 't', 'd':
		size := alignment(kind)
		if err := d.align(size); err != nil {
			return nil, err
		}
		_, err := d.take(size)
		return nil, err
	case 's', 'o':
		n, err := d.number()
		if err != nil || n > maxMessage {
			return nil, errMalformed
		}
		return d.text(int(n))
	case 'g':
		n, err := d.take(1)
		if err != nil {
			return nil, err
		}
		return d.text(int(n[0]))
	case 'v':
		return d.variant(depth)
	case 'a':
		return d.array(signature[1:], depth)
	case '(', '{':
		if err := d.align(8); err != nil {
			return nil, err
		}
		return d.all(signature[1:len(signature)-1], depth+1)
	}
	return nil, errMalformed
}

func (d *decoder) variant(depth int) (any, error) {
	signature, err := d.value("g", depth)
	if err != nil {
		return nil, err
	}
	name, _ := signature.(string)
	first, rest, err := split(name)
	if err != nil || rest != "" {
		return nil, errMalformed
	}
	value, err := d.value(first, depth+1)
	return Variant{name, value}, err
}

func (d *decoder) array(element string, depth int) (any, error) {
	n, err := d.number()
	if err != nil || n > maxMessage {
		return nil, errMalformed
	}
	if err := d.align(alignment(element[0])); err != nil {
		return nil, err
	}
	end := d.at + int(n)
	if end > len(d.in) {
		return nil, errMalformed
	}
	if element == "y" {
		return d.take(int(n))
	}
	out := []any{}
	for d.at < end {
		before := d.at
		value, err := d.value(element, depth+1)
		if err != nil {
			return nil, err
		}
		if d.at == before {
			return nil, errMalformed
		}
		out = append(out, value)
	}
	if d.at != end {
		return nil, errMalformed
	}
	return out, nil
}
