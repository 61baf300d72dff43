package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tasuki/helper/internal/control"
	"tasuki/helper/internal/link"
	"tasuki/helper/internal/online"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/text"
	"tasuki/helper/internal/visit"
)

// byNumber asks for the session number until one is accepted or the person has enough (RS-69, RS-70). It does nothing else
// before that. origin is empty in a helper that does not know its server.
func (a *App) byNumber(ctx context.Context, origin string) {
	w := text.Current()
	problem := ""
	for ctx.Err() == nil {
		code, ok := a.UI.AskCode(ctx, origin, problem)
		if !ok {
			return
		}
		if code.Server != "" {
			origin = code.Server
		}
		if !a.trusts(ctx, origin) {
			return
		}
		result, err := visit.Run(ctx, a.visit(origin), code.Digits)
		switch {
		case err == nil && result.Secret != nil:
			a.attend(ctx, origin, result.Secret, offerTime)
			return
		case err == nil, errors.Is(err, visit.ErrCancelled):
			return
		case errors.Is(err, visit.ErrNumber):
			problem = w.CodeRefused
		case errors.Is(err, visit.ErrUnreachable):
			problem = w.Unreachable(a.Proxy.Automatic())
		case online.IsRefusal(err, protocol.ErrorCodeLimited):
			problem = limitedText(w, time.Until(online.RetryAt(err)))
		default:
			a.message(ctx, w.ProblemHeading, problemText(w, err))
			return
		}
	}
}

func (a *App) visit(origin string) visit.Deps {
	w := text.Current()
	return visit.Deps{
		Origin: origin, Server: a.dialer(origin), UI: a.UI, Open: a.Browser, Log: a.Log,
		Waiting: func(cancel func()) func() { return a.UI.Busy(w.Connecting, cancel) },
		Ask: func(ctx context.Context, who protocol.Card, mode protocol.Mode, windowsOnly bool) bool {
			heading := fmt.Sprintf(w.ConsentHeading, who.Operator)
			return a.UI.AskConsent(ctx, heading, consentLines(w, origin, who, mode, windowsOnly))
		},
	}
}

// consentLines say who it is, where they are found, and what the operator, or the customer, can do in this mode (T-RS-9).
func consentLines(w *text.Words, origin string, who protocol.Card, mode protocol.Mode, windowsOnly bool) []string {
	lines := []string{fmt.Sprintf(w.ConsentCompany, who.Company), fmt.Sprintf(w.ServerShown, link.Host(origin))}
	switch mode {
	case protocol.ModeControl, protocol.ModeManage:
		lines = append(lines, w.ConsentView, w.ConsentInput)
		if control.HasClipboard(mode) {
			lines = append(lines, clipboardLater(w.Language))
		}
	case protocol.ModeView:
		lines = append(lines, w.ConsentView)
	case protocol.ModeShare:
		lines = append(lines, watchAndOperate(w.Language), nothingOfYours(w.Language))
	case protocol.ModeShow:
		lines = append(lines, watchOnly(w.Language), nothingOfYours(w.Language))
	}
	if windowsOnly && (mode == protocol.ModeControl || mode == protocol.ModeView) {
		lines = append(lines, chosenWindows(w.Language))
	}
	return append(lines, inBrowser(w.Language), w.ConsentStop)
}

func problemText(w *text.Words, err error) string {
	switch {
	case errors.Is(err, visit.ErrTooOld):
		return w.VersionTooOld
	case errors.Is(err, visit.ErrTampered):
		return w.KeysDiffer
	case errors.Is(err, visit.ErrEnded):
		return w.EndedByOther
	case errors.Is(err, visit.ErrSilent):
		return silentText(w.Language)
	case errors.Is(err, visit.ErrBrowser):
		return browserText(w.Language)
	}
	return w.LineLost
}
