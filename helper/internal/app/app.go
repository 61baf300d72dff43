// Package app is the helper from its start to its end: it finds out what it was started for, takes part in that one session,
// and says in plain words how it ended.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"tasuki/helper/internal/clipboard"
	"tasuki/helper/internal/dialog"
	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/link"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/proxy"
	"tasuki/helper/internal/session"
	"tasuki/helper/internal/socketio"
	"tasuki/helper/internal/text"
)

// App has the edges of the program. All fields are needed.
type App struct {
	UI dialog.UI
	// Args without the program's name; Program is its own path.
	Args    []string
	Program string
	// Inject opens the injector, Clipboard the clipboard, Browser a page, of which no trace is left after done.
	Inject    func() inject.Injector
	Clipboard func() (clipboard.System, error)
	Browser   func(url string) (done func(), err error)
	// Knows tells whether this build is for the server with this origin; for another it asks first.
	Knows func(origin string) bool
	Proxy *proxy.Settings
	// About this program and computer.
	About protocol.Attach
	Log   *slog.Logger
}

// offerTime is how long the page that opens may take to offer this helper.
const offerTime = 2 * time.Minute

// Run takes part in one session and returns when every window is closed.
func (a *App) Run(ctx context.Context) {
	begin := findStart(a.Args, a.Program)
	switch {
	case begin.damaged:
		a.problem(ctx, damagedText())
	case begin.link.Secret != nil:
		if a.trusts(ctx, begin.link.Origin) {
			a.attend(ctx, begin.link.Origin, begin.link.Secret, 0)
		}
	default:
		a.byNumber(ctx, begin.link.Origin)
	}
}

// trusts asks whether the server is the right one, when this build was not made for it: a link or a file's name can lead
// anywhere, and the program's signature says nothing about that.
func (a *App) trusts(ctx context.Context, origin string) bool {
	w := text.Current()
	return a.Knows(origin) || a.UI.AskConsent(ctx, w.OtherHeading, []string{
		fmt.Sprintf(w.ServerShown, link.Host(origin)), w.OtherExplained, w.OtherCan, w.OtherOnlyIf,
	})
}

// attend takes part with a secret.
func (a *App) attend(ctx context.Context, origin string, secret *link.Secret, patience time.Duration) {
	outcome := session.Run(ctx, session.Deps{
		Origin: origin, Secret: secret, Server: a.dialer(origin), TCP: &proxy.Dialer{Settings: a.Proxy},
		UI: a.UI, Inject: a.Inject, Clipboard: a.Clipboard, About: a.About, Patience: patience, Log: a.Log,
	})
	if ctx.Err() == nil {
		a.say(ctx, outcome)
	}
}

func (a *App) dialer(origin string) *socketio.Dialer {
	return &socketio.Dialer{Origin: origin, Proxy: a.Proxy}
}

// say tells how a session ended, if the person does not know.
func (a *App) say(ctx context.Context, outcome session.Outcome) {
	w := text.Current()
	switch outcome.Kind {
	case session.Cancelled, session.Dismissed:
	case session.Unknown:
		a.problem(ctx, w.LinkUsed)
	case session.TooOld:
		a.problem(ctx, w.VersionTooOld)
	case session.Tampered:
		a.problem(ctx, w.KeysDiffer)
	case session.Ended:
		a.message(ctx, w.EndedHeading, endedText(w, outcome))
	default:
		a.message(ctx, w.EndedHeading, w.LineLost)
	}
}

func endedText(w *text.Words, outcome session.Outcome) string {
	switch outcome.Reason {
	case protocol.EndReasonTampered:
		return w.KeysDiffer
	case protocol.EndReasonLeft, protocol.EndReasonNoPath, protocol.EndReasonNoAnswer, protocol.EndReasonFailed:
		return w.LineLost
	}
	if outcome.By == protocol.Party(outcome.Side) {
		return w.EndedByYou
	}
	return w.EndedByOther
}

func (a *App) problem(ctx context.Context, body string) {
	a.message(ctx, text.Current().ProblemHeading, body)
}

// messageTime keeps a program that nobody looks at from staying for ever.
const messageTime = 10 * time.Minute

func (a *App) message(ctx context.Context, heading, body string) {
	ctx, cancel := context.WithTimeout(ctx, messageTime)
	defer cancel()
	a.UI.Message(ctx, heading, body)
}
