// Command xwatch counts what an X server is told to do by others, for the benchmark `helper`. It is never shipped.
//
// It covers the screen with an invisible window that takes pointer and keyboard, so that every injected event arrives
// here, and listens for windows that become visible. For each line on standard input it answers with one line of JSON
// about everything since the start; times are epoch milliseconds of this machine. It ends when standard input closes.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// seen is the answer to a line.
type seen struct {
	// Events counts key, button and pointer events.
	Events int `json:"events"`
	// Last is when the newest of them arrived.
	Last float64 `json:"last"`
	// Windows are the times at which windows of some size became visible.
	Windows []float64 `json:"windows"`
}

func main() {
	if err := run(os.Stdin, os.Stdout, len(os.Args) > 1 && os.Args[1] == "--cover"); err != nil {
		fmt.Fprintln(os.Stderr, "xwatch:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, covering bool) error {
	xgb.Logger = log.New(io.Discard, "", 0) // it comments on every connection
	display, err := xgb.NewConn()
	if err != nil {
		return fmt.Errorf("display: %w", err)
	}
	root := xproto.Setup(display).DefaultScreen(display)
	// The window manager has the root's redirection; its notifications are anybody's.
	if err := xproto.ChangeWindowAttributesChecked(display, root.Root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskSubstructureNotify}).Check(); err != nil {
		return fmt.Errorf("root window: %w", err)
	}
	var own xproto.Window
	if covering {
		if own, err = cover(display, root); err != nil {
			return err
		}
	}
	var mu sync.Mutex
	now := seen{Windows: []float64{}}
	go func() {
		for {
			event, err := display.WaitForEvent()
			if event == nil && err == nil {
				return
			}
			mu.Lock()
			note(&now, display, own, event)
			mu.Unlock()
		}
	}()
	// Everything is set up on the server when the first line is answered.
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if _, err := xproto.GetInputFocus(display).Reply(); err != nil {
			return fmt.Errorf("display: %w", err)
		}
		mu.Lock()
		err := json.NewEncoder(out).Encode(now)
		mu.Unlock()
		if err != nil {
			return err
		}
	}
	return lines.Err()
}

// cover puts a window over everything that no window manager touches, and gives it the keyboard.
func cover(display *xgb.Conn, screen *xproto.ScreenInfo) (xproto.Window, error) {
	window, err := xproto.NewWindowId(display)
	if err != nil {
		return 0, fmt.Errorf("window: %w", err)
	}
	events := uint32(xproto.EventMaskKeyPress | xproto.EventMaskKeyRelease | xproto.EventMaskButtonPress |
		xproto.EventMaskButtonRelease | xproto.EventMaskPointerMotion)
	if err := xproto.CreateWindowChecked(display, 0, window, screen.Root, 0, 0, screen.WidthInPixels,
		screen.HeightInPixels, 0, xproto.WindowClassInputOnly, 0, xproto.CwOverrideRedirect|xproto.CwEventMask,
		[]uint32{1, events}).Check(); err != nil {
		return 0, fmt.Errorf("window: %w", err)
	}
	if err := xproto.MapWindowChecked(display, window).Check(); err != nil {
		return 0, fmt.Errorf("window: %w", err)
	}
	err = xproto.SetInputFocusChecked(display, xproto.InputFocusParent, window, xproto.TimeCurrentTime).Check()
	return window, err
}

func note(now *seen, display *xgb.Conn, own xproto.Window, event xgb.Event) {
	at := float64(time.Now().UnixMicro()) / 1000
	if _, clicked := event.(xproto.ButtonPressEvent); clicked && own != 0 {
		// As a program's window does: somebody else may have the keyboard meanwhile.
		xproto.SetInputFocus(display, xproto.InputFocusParent, own, xproto.TimeCurrentTime)
	}
	switch e := event.(type) {
	case xproto.KeyPressEvent, xproto.KeyReleaseEvent, xproto.ButtonPressEvent, xproto.ButtonReleaseEvent,
		xproto.MotionNotifyEvent:
		now.Events++
		now.Last = at
	case xproto.MapNotifyEvent:
		// Programs also map tiny windows for their own use.
		size, err := xproto.GetGeometry(display, xproto.Drawable(e.Window)).Reply()
		if err == nil && e.Window != own && size.Width > 50 && size.Height > 20 {
			now.Windows = append(now.Windows, at)
		}
	}
}
