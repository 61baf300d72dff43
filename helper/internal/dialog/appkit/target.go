//go:build darwin

package appkit

import (
	"sync"

	"github.com/ebitengine/purego/objc"
)

// Action is the selector that controls and menu items send to their target.
const Action = "tasukiAct:"

var (
	target    objc.ID
	targetsMu sync.Mutex
	targets   = map[objc.ID]func(){}
)

// registerTarget makes the object that hears controls, menu items, fields and windows, and passes it on by the sender.
func registerTarget() error {
	call := func(sender objc.ID) bool {
		targetsMu.Lock()
		fn := targets[sender]
		targetsMu.Unlock()
		if fn != nil {
			fn()
		}
		return fn != nil
	}
	class, err := objc.RegisterClass("TasukiTarget", objc.GetClass("NSObject"), nil, nil, []objc.MethodDef{
		{Cmd: Selector(Action), Fn: func(_ objc.ID, _ objc.SEL, sender objc.ID) { call(sender) }},
		{Cmd: Selector("controlTextDidChange:"), Fn: func(_ objc.ID, _ objc.SEL, notification objc.ID) {
			call(notification.Send(Selector("object")))
		}},
		// The listener closes the window itself.
		{Cmd: Selector("windowShouldClose:"), Fn: func(_ objc.ID, _ objc.SEL, window objc.ID) bool { return !call(window) }},
	})
	if err != nil {
		return err
	}
	target = objc.ID(class).Send(Selector("new"))
	return nil
}

// Target is the object that controls name as their target or delegate.
func Target() objc.ID { return target }

// Listen calls fn, on the main thread, whenever sender acts, changes or wants to close, until the returned function is called.
func Listen(sender objc.ID, fn func()) (stop func()) {
	targetsMu.Lock()
	defer targetsMu.Unlock()
	targets[sender] = fn
	return func() {
		targetsMu.Lock()
		defer targetsMu.Unlock()
		delete(targets, sender)
	}
}
