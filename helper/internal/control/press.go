package control

import (
	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/protocol"
)

// held remembers what remote input holds down, so that no key is let go of that it did not press.
type held struct {
	keys    map[string]bool
	buttons [5]bool
}

func (h *held) clear() { *h = held{} }

// next takes a message off the queue, with hands held: whatever forbids it from now on waits until it is injected. surface
// is the one it names, for those that name one.
func (g *Gate) next() (message waiting, surface *inject.Surface) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.queue) == 0 || !g.allowed() {
		return waiting{}, nil
	}
	message = g.queue[0]
	g.queue[0] = waiting{}
	g.queue = g.queue[1:]
	g.wake.Broadcast()
	index := -1
	switch m := message.InputMessage.(type) {
	case protocol.InputMove:
		index = m.S
	case protocol.InputButton:
		index = m.S
	case protocol.InputWheel:
		index = m.S
	case protocol.InputAddress:
		index = m.S
	}
	if index >= 0 && index < len(g.surfaces) && g.surfaces[index].Kind != "" {
		found := g.surfaces[index]
		surface = &found
	}
	return message, surface
}

// inject is called with hands held.
func (g *Gate) inject(message waiting, surface *inject.Surface) error {
	switch m := message.InputMessage.(type) {
	case protocol.InputMove:
		if surface == nil {
			return inject.ErrUnknownSurface
		}
		return g.injector.Move(*surface, m.X, m.Y)
	case protocol.InputButton:
		return g.button(m, surface)
	case protocol.InputWheel:
		if surface == nil {
			return inject.ErrUnknownSurface
		}
		return g.injector.Wheel(*surface, m.X, m.Y, m.Dx, m.Dy)
	case protocol.InputKey:
		return g.key(m, message.with)
	case protocol.InputText:
		return g.injector.Text(m.Text)
	case protocol.InputAddress:
		if surface == nil {
			return inject.ErrUnknownSurface
		}
		return g.injector.Address(*surface)
	case protocol.InputAttention:
		return g.injector.SecureAttention()
	case protocol.InputRelease:
		g.release()
		return nil
	}
	return inject.ErrUnsupported
}

func (g *Gate) button(m protocol.InputButton, surface *inject.Surface) error {
	if !m.Down && !g.held.buttons[m.Button] {
		return nil // its press was refused, or it was released by a pause
	}
	err := error(inject.ErrUnknownSurface)
	if surface != nil {
		err = g.injector.Button(*surface, m.X, m.Y, m.Button, m.Down)
	}
	if err != nil {
		if !m.Down {
			g.release() // outside, say: the button must not stay down for that
		}
		return err
	}
	g.held.buttons[m.Button] = m.Down
	return nil
}

// key presses or lets go. with are the modifiers it was pressed with.
func (g *Gate) key(m protocol.InputKey, with []string) error {
	if m.Down == g.held.keys[m.Code] {
		return nil // the key's own repetition, or a release without a press
	}
	for _, modifier := range with {
		if !g.held.keys[modifier] {
			return inject.ErrProtected // refused, or let go of since: alone it would be another command
		}
	}
	if err := g.injector.Key(m.Code, m.Down); err != nil {
		if !m.Down {
			g.release()
		}
		return err
	}
	if g.held.keys == nil {
		g.held.keys = map[string]bool{}
	}
	if m.Down {
		g.held.keys[m.Code] = true
	} else {
		delete(g.held.keys, m.Code)
	}
	return nil
}
