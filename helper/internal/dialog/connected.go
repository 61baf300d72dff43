package dialog

import (
	"fmt"
	"sync"

	"tasuki/helper/internal/text"
	"tasuki/helper/internal/tray"
)

// maxHost is how much of a server's name is shown.
const maxHost = 70

// connected keeps the corner window and the tray icon in step.
type connected struct {
	words  *text.Words
	events Events
	window surface
	icon   *tray.Icon

	mu      sync.Mutex
	session Session
	closed  bool
	grants  chan grant
	done    chan struct{}
}

type grant struct {
	name string
	on   bool
}

func (u *ui) ShowConnected(session Session, events Events) Connected {
	c := &connected{words: u.words, events: events, session: session, grants: make(chan grant, 64), done: make(chan struct{})}
	window, err := u.system.open(connectedForm(u.words, session))
	if err != nil {
		// Nothing may go on behind the person's back: no window, no session.
		go events.Cancel()
		return c
	}
	c.window = window
	c.icon = tray.Show(trayMenu(u.words, session), c.tray)
	go c.watch()
	go c.tellGrants()
	return c
}

func (c *connected) watch() {
	for {
		select {
		case <-c.done:
			return
		case a := <-c.window.acts():
			switch {
			case a.kind == actClose || a.kind == actPress && a.id == idCancel:
				// On its own goroutine: a slow listener must not keep the next click from being heard.
				go c.events.Cancel()
			case a.kind == actToggle:
				c.toggle(a.id, a.on)
			}
		}
	}
}

// tray hears the tray menu. Remote input can reach that, so it only takes away.
func (c *connected) tray(id string) {
	if id == idCancel {
		go c.events.Cancel()
		return
	}
	c.toggle(id, false)
}

// toggle shows the new state at once and tells it; the program's next Update has the last word.
func (c *connected) toggle(id string, on bool) {
	c.mu.Lock()
	switch id {
	case idInput:
		c.session.Input = on
	case idClipboard:
		if !c.session.ClipboardAllowed {
			c.mu.Unlock()
			return
		}
		c.session.Clipboard = on
	default:
		c.mu.Unlock()
		return
	}
	c.show()
	c.mu.Unlock()
	select {
	case c.grants <- grant{id, on}:
	case <-c.done:
	}
}

// tellGrants reports grants one after the other, in the order they were clicked.
func (c *connected) tellGrants() {
	for {
		select {
		case <-c.done:
			return
		case g := <-c.grants:
			c.events.Grant(g.name, g.on)
		}
	}
}

func (c *connected) Update(session Session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if session == c.session {
		return
	}
	c.session = session
	c.show()
}

// show needs mu.
func (c *connected) show() {
	if c.window == nil || c.closed {
		return
	}
	c.window.update(connectedForm(c.words, c.session))
	c.icon.Update(trayMenu(c.words, c.session))
}

func (c *connected) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || c.window == nil {
		return
	}
	c.closed = true
	close(c.done)
	c.window.close()
	c.icon.Close()
}

// connectedForm is the corner window's content.
func connectedForm(w *text.Words, s Session) form {
	heading := w.Connected
	if !s.Connected {
		heading = w.Interrupted
	}
	f := form{title: w.AppName, corner: true, items: []item{{role: roleHeading, label: heading}}}
	for _, line := range who(w, s) {
		f.items = append(f.items, item{role: roleText, label: line, oneLine: true})
	}
	f.items = append(f.items,
		item{role: roleText, label: server(w, s)},
		item{role: roleHint, label: status(w, s), instead: statuses(w, s)},
		item{role: roleCheck, id: idInput, label: inputLabel(w, s), checked: s.Input})
	clipboard := item{role: roleCheck, id: idClipboard, checked: s.Clipboard}
	if s.ClipboardAllowed {
		clipboard.label = w.GrantClipboard
	}
	f.items = append(f.items, clipboard, item{role: roleButton, id: idCancel, label: w.Cancel})
	return f
}

// who always gives two lines, so that the items keep their places.
func who(w *text.Words, s Session) []string {
	operator, company := clean(s.Operator, maxName), clean(s.Company, maxName)
	lines := []string{fmt.Sprintf(w.ConnectedWith, operator), ""}
	if s.Sharing {
		lines[0] = fmt.Sprintf(w.ConnectedCustomer, operator)
	}
	if company != "" {
		lines[1] = fmt.Sprintf(w.ConnectedCompany, company)
	}
	return lines
}

// server names the server this session goes through. Of a long name the end is kept, which says whose it is; the line is
// wrapped and never cut.
func server(w *text.Words, s Session) string {
	name := []rune(clean(s.Server, maxLine))
	if len(name) == 0 {
		return ""
	}
	if len(name) > maxHost {
		name = append([]rune("…"), name[len(name)-maxHost:]...)
	}
	return fmt.Sprintf(w.ServerShown, string(name))
}

func inputLabel(w *text.Words, s Session) string {
	if s.Sharing {
		return w.GrantInputShare
	}
	return w.GrantInput
}

// status tells in one sentence what the other side can do at this moment.
func status(w *text.Words, s Session) string {
	switch {
	case !s.Connected:
		return w.Offline
	case s.Input && s.Paused:
		return w.PausedByYou
	case s.Sharing && s.Input:
		return w.CustomerOperates
	case s.Sharing:
		return w.CustomerWatches
	case s.Input:
		return w.MayOperate
	}
	return w.MayWatchOnly
}

// statuses are all that status may say while the window is open.
func statuses(w *text.Words, s Session) [4]string {
	if s.Sharing {
		return [4]string{w.Offline, w.PausedByYou, w.CustomerOperates, w.CustomerWatches}
	}
	return [4]string{w.Offline, w.PausedByYou, w.MayOperate, w.MayWatchOnly}
}
