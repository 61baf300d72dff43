package control

import (
	"unicode/utf8"

	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/protocol"
)

// maxQueue bounds what waits to be injected; Input blocks beyond, so that the sender's channel fills instead.
const maxQueue = 1024

// Input takes one message of the controller, in order. Moves replace one another while they wait; nothing else is ever left
// out but by a change that forbids it. It blocks while too much waits.
func (g *Gate) Input(message protocol.InputMessage) {
	g.mu.Lock()
	defer g.mu.Unlock()
	with := g.wanted.take(message)
	for len(g.queue) >= maxQueue && g.allowed() {
		g.wake.Wait()
	}
	if !g.allowed() {
		// Letting go is no input: everything was released when it became forbidden.
		if _, release := message.(protocol.InputRelease); !release {
			g.state.Refused++
			g.tell()
		}
		return
	}
	if _, move := message.(protocol.InputMove); move && len(g.queue) > 0 {
		if _, before := g.queue[len(g.queue)-1].InputMessage.(protocol.InputMove); before {
			g.queue[len(g.queue)-1].InputMessage = message
			return
		}
	}
	for _, part := range split(message) {
		g.queue = append(g.queue, waiting{part, with})
	}
	g.wake.Broadcast()
}

// textChunk is how many characters are typed in one go: taking back waits for no more.
const textChunk = 8

// split cuts a long text.
func split(message protocol.InputMessage) []protocol.InputMessage {
	text, ok := message.(protocol.InputText)
	if !ok {
		return []protocol.InputMessage{message}
	}
	var out []protocol.InputMessage
	for rest := text.Text; rest != ""; {
		end := 0
		for count := 0; count < textChunk && end < len(rest); count++ {
			_, size := utf8.DecodeRuneInString(rest[end:])
			end += size
		}
		out = append(out, protocol.InputText{Text: rest[:end]})
		rest = rest[end:]
	}
	return out
}

// work injects, one message at a time, until Close.
func (g *Gate) work() {
	for g.waitForWork() {
		g.hands.Lock()
		message, surface := g.next()
		if message.InputMessage != nil {
			if err := g.inject(message, surface); err != nil {
				g.refuse(g.injector.Info())
			}
		}
		g.hands.Unlock()
	}
}

// waitForWork returns false when the gate is closed.
func (g *Gate) waitForWork() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for len(g.queue) == 0 && !g.over {
		g.wake.Wait()
	}
	return !g.over
}

func (g *Gate) refuse(info inject.Info) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.state.Info = info // a permission may have been withdrawn
	g.state.Refused++
	g.tell()
}
