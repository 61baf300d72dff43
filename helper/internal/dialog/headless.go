package dialog

import (
	"context"
	"fmt"
	"os"
)

// headless answers for a computer without a window system: nobody can be asked, so nothing is allowed.
type headless struct{ reason error }

func newHeadless(reason error) UI { return headless{reason} }

func (h headless) say(what string) { fmt.Fprintln(os.Stderr, "tasuki-helper:", what) }

func (headless) Run(main func())    { main() }
func (headless) Windows() []uintptr { return nil }

func (h headless) AskCode(context.Context, string, string) (Code, bool) {
	h.say(h.reason.Error())
	return Code{}, false
}

func (h headless) AskConsent(context.Context, string, []string) bool {
	h.say(h.reason.Error())
	return false
}

func (h headless) Busy(line string, _ func()) func() {
	h.say(clean(line, maxLine))
	return func() {}
}

func (h headless) Message(_ context.Context, heading, body string) {
	h.say(clean(heading, maxLine) + "\n" + cleanText(body))
}

// A session that the person cannot see must not be: it is cancelled at once.
func (h headless) ShowConnected(_ Session, events Events) Connected {
	h.say(h.reason.Error())
	go events.Cancel()
	return headless{}
}

func (headless) Update(Session) {}
func (headless) Close()         {}
