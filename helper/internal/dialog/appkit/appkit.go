//go:build darwin

// Package appkit is the little of AppKit that the dialogs and the menu bar need, without cgo: the main loop, work on the
// main thread, and an object that receives the controls' actions.
package appkit

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/ebitengine/purego"
	"github.com/ebitengine/purego/objc"
)

// The main goroutine must stay on the main thread: AppKit works on no other.
func init() { runtime.LockOSThread() }

// Point, Size and Rect are AppKit's structures, in points; a view's origin is its left lower corner.
type Point struct{ X, Y float64 }

// Size is NSSize.
type Size struct{ Width, Height float64 }

// Rect is NSRect.
type Rect struct {
	Origin Point
	Size   Size
}

// MakeRect makes a rectangle.
func MakeRect(x, y, width, height float64) Rect { return Rect{Point{x, y}, Size{width, height}} }

var (
	mainQueue     uintptr
	dispatchAsync func(queue, context, work uintptr)
	worker        uintptr

	workMu sync.Mutex
	work   []func()
)

// Load opens the frameworks; to be called once, before everything else.
func Load() error {
	if _, err := purego.Dlopen("/System/Library/Frameworks/AppKit.framework/AppKit", purego.RTLD_LAZY|purego.RTLD_GLOBAL); err != nil {
		return fmt.Errorf("AppKit: %w", err)
	}
	system, err := purego.Dlopen("/usr/lib/libSystem.B.dylib", purego.RTLD_LAZY|purego.RTLD_GLOBAL)
	if err != nil {
		return fmt.Errorf("libSystem: %w", err)
	}
	if mainQueue, err = purego.Dlsym(system, "_dispatch_main_q"); err != nil {
		return fmt.Errorf("libSystem: %w", err)
	}
	purego.RegisterLibFunc(&dispatchAsync, system, "dispatch_async_f")
	worker = purego.NewCallback(func(uintptr) uintptr {
		workMu.Lock()
		now := work
		work = nil
		workMu.Unlock()
		for _, fn := range now {
			fn()
		}
		return 0
	})
	return registerTarget()
}

// Post runs fn on the main thread, later.
func Post(fn func()) {
	workMu.Lock()
	work = append(work, fn)
	workMu.Unlock()
	dispatchAsync(mainQueue, 0, worker)
}

// Do runs fn on the main thread and waits for it. Not to be called on the main thread.
func Do(fn func()) {
	done := make(chan struct{})
	Post(func() {
		defer close(done)
		fn()
	})
	<-done
}

// Run runs the main loop on the calling (main) thread until main, on a goroutine of its own, has returned.
func Run(main func()) {
	const accessory = 1 // no icon in the Dock, no menu bar
	application := Class("NSApplication").Send(Selector("sharedApplication"))
	application.Send(Selector("setActivationPolicy:"), accessory)
	go func() {
		main()
		Do(func() {
			application.Send(Selector("stop:"), objc.ID(0))
			// stop takes effect with the next event.
			const applicationDefined = 15
			event := Class("NSEvent").Send(
				Selector("otherEventWithType:location:modifierFlags:timestamp:windowNumber:context:subtype:data1:data2:"),
				applicationDefined, Point{}, uint(0), float64(0), 0, objc.ID(0), int16(0), 0, 0)
			application.Send(Selector("postEvent:atStart:"), event, true)
		})
	}()
	application.Send(Selector("run"))
}

// Class finds a class, as an object.
func Class(name string) objc.ID { return objc.ID(objc.GetClass(name)) }

// Selector names a method.
func Selector(name string) objc.SEL { return objc.RegisterName(name) }

// String makes an NSString.
func String(s string) objc.ID {
	return Class("NSString").Send(Selector("stringWithUTF8String:"), s+"\x00")
}

// Text reads an NSString.
func Text(s objc.ID) string {
	if s == 0 {
		return ""
	}
	return objc.Send[string](s, Selector("UTF8String"))
}
