package inject

import "sync/atomic"

// ownInput tells of the customer's own mouse and keyboard: through a channel of capacity 1, and as a count, so that a long
// text can stop whoever reads the channel.
type ownInput struct {
	channel chan struct{}
	count   atomic.Uint32
}

func newOwnInput() *ownInput { return &ownInput{channel: make(chan struct{}, 1)} }

// touch never blocks.
func (o *ownInput) touch() {
	o.count.Add(1)
	select {
	case o.channel <- struct{}{}:
	default:
	}
}
