package inject

import (
	"encoding/binary"
	"os"
)

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
