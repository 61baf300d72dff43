package session

import (
	"context"
	"errors"
	"sync"

	"tasuki/helper/internal/clipboard"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/text"
)

// bridge carries the clipboard's text both ways while it is granted. Outside that time it does not even look at it.
type bridge struct {
	s        *Session
	stop     context.CancelFunc
	running  sync.WaitGroup
	incoming chan string
	outgoing chan string
	tooLong  sync.Once

	mu        sync.Mutex
	assembler clipboard.Assembler
}

func newBridge(s *Session) *bridge {
	return &bridge{s: s, incoming: make(chan string, 1), outgoing: make(chan string, 1)}
}

// follow starts or stops it; on the loop.
func (b *bridge) follow(granted bool) {
	switch {
	case granted && b.stop == nil:
		ctx, stop := context.WithCancel(b.s.ctx)
		b.stop = stop
		b.running.Go(func() { b.run(ctx) })
	case !granted && b.stop != nil:
		b.close()
	}
}

func (b *bridge) close() {
	if b.stop == nil {
		return
	}
	b.stop()
	b.stop = nil
	b.running.Wait()
	b.forget()
	// What was copied under the grant is not sent under a later one.
	for _, waiting := range []chan string{b.incoming, b.outgoing} {
		select {
		case <-waiting:
		default:
		}
	}
}

func (b *bridge) run(ctx context.Context) {
	system, err := b.s.deps.Clipboard()
	if err != nil {
		b.s.log.Warn("clipboard", "err", err)
		return
	}
	defer system.Close()
	var watching sync.WaitGroup
	watching.Go(func() {
		if err := system.Watch(ctx, b.copied); err != nil {
			b.s.log.Warn("clipboard", "err", err)
		}
	})
	watching.Go(func() { b.sendAll(ctx) })
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case text := <-b.incoming:
			if err := system.Set(text); err != nil {
				b.s.log.Warn("clipboard", "err", err)
			}
		}
	}
	watching.Wait()
}

// copied: somebody here put a text into the clipboard.
func (b *bridge) copied(copied string, err error) {
	if errors.Is(err, clipboard.ErrTooLong) {
		b.tooLong.Do(func() {
			words := text.Current()
			go b.s.deps.UI.Message(b.s.ctx, words.AppName, tooLongText(words.Language))
		})
		return
	}
	latest(b.outgoing, copied)
}

func tooLongText(language string) string {
	if language == "ja" {
		return "コピーした文章が長すぎるため、相手には送られませんでした（100万文字まで）。"
	}
	return "The text you copied is too long, so it was not sent to the other side (up to one million characters)."
}

// latest puts a text into a channel of one, instead of the one that may wait there.
func latest(into chan string, text string) {
	for {
		select {
		case into <- text:
			return
		default:
		}
		select {
		case <-into:
		default:
		}
	}
}

func (b *bridge) sendAll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case text := <-b.outgoing:
			b.sendOne(ctx, text)
		}
	}
}

func (b *bridge) sendOne(ctx context.Context, text string) {
	parts, err := clipboard.Split(text)
	if err != nil {
		b.copied("", err)
		return
	}
	link := b.s.present(ctx)
	for _, part := range parts {
		if link == nil || !b.s.gate.MayClipboard() {
			return
		}
		if err := link.SendClipboard(ctx, part); err != nil {
			return // the link is lost, or the grant; the text is not sent later
		}
	}
}

// take is one part from the other side; from the link's goroutine.
func (b *bridge) take(message protocol.ClipboardMessage) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.s.gate.MayClipboard() {
		b.assembler.Forget()
		b.s.gate.Refuse()
		return
	}
	if text, whole := b.assembler.Take(message); whole && text != "" {
		latest(b.incoming, text)
	}
}

func (b *bridge) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.assembler.Forget()
}
