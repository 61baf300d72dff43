package control

import (
	"slices"

	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/protocol"
)

// waiting is a message in the queue.
type waiting struct {
	protocol.InputMessage
	// with are the modifiers that the controller held when it pressed the key.
	with []string
}

// modifiers are those that the controller holds, whether or not they could be pressed here: V must not be pressed where
// Ctrl+V was meant.
type modifiers []string

// take follows a message as it comes in. It returns what a key is pressed with.
func (m *modifiers) take(message protocol.InputMessage) []string {
	switch t := message.(type) {
	case protocol.InputRelease:
		*m = nil
	case protocol.InputKey:
		switch {
		case !inject.IsModifier(t.Code):
			if t.Down {
				return slices.Clone(*m)
			}
		case !t.Down:
			*m = slices.DeleteFunc(*m, func(code string) bool { return code == t.Code })
		case !slices.Contains(*m, t.Code):
			*m = append(*m, t.Code)
		}
	}
	return nil
}
