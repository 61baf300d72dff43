package dialog

import (
	"context"
	"fmt"
	"time"

	"tasuki/helper/internal/text"
)

// consentPause is how long Accept stays shut when a consent window appears, so that a click or key meant for something
// else does not say yes.
const consentPause = 500 * time.Millisecond

// New opens the window system of this computer. Where there is none (no display), every question is answered with no
// and messages go to the standard error output.
func New() UI {
	system, err := newBackend()
	if err != nil {
		return newHeadless(err)
	}
	return &ui{system: system, words: text.Current()}
}

type ui struct {
	system backend
	words  *text.Words
}

func (u *ui) Run(main func())    { u.system.run(main) }
func (u *ui) Windows() []uintptr { return u.system.windows() }

func (u *ui) AskCode(ctx context.Context, server, problem string) (Code, bool) {
	w := u.words
	code, typedServer := "", ""
	badServer := false
	build := func() form {
		f := form{title: w.AppName, focus: idCode}
		f.items = append(f.items,
			item{role: roleHeading, label: w.CodeHeading},
			item{role: roleText, label: w.CodeHint})
		if server == "" {
			f.focus = idServer
			hint := item{role: roleHint, label: w.ServerHint}
			if badServer {
				hint = item{role: roleProblem, label: w.ServerInvalid}
			}
			f.items = append(f.items, item{role: roleField, id: idServer, label: w.ServerLabel}, hint)
		} else {
			f.items = append(f.items, item{role: roleHint, label: fmt.Sprintf(w.ServerShown, clean(server, maxLine))})
		}
		f.items = append(f.items, item{role: roleField, id: idCode, label: w.CodeLabel, digits: true})
		if problem != "" {
			f.items = append(f.items, item{role: roleProblem, label: clean(problem, maxLine)})
			if problem == w.CodeRefused {
				f.items = append(f.items, item{role: roleHint, label: w.CodeExplained})
			}
		}
		ready := len(code) == codeLength && (server != "" || typedServer != "")
		f.items = append(f.items,
			item{role: roleButton, id: idAccept, label: w.Accept, primary: true, disabled: !ready},
			item{role: roleButton, id: idCancel, label: w.Cancel})
		return f
	}
	window, err := u.system.open(build())
	if err != nil {
		return Code{}, false
	}
	defer window.close()
	for {
		select {
		case <-ctx.Done():
			return Code{}, false
		case a := <-window.acts():
			switch {
			case a.kind == actClose || a.kind == actPress && a.id == idCancel:
				return Code{}, false
			case a.kind == actEdit && a.id == idCode:
				code = codeDigits(a.value)
			case a.kind == actEdit && a.id == idServer:
				typedServer, badServer = a.value, false
			case a.kind == actPress && a.id == idAccept && len(code) == codeLength:
				if server != "" {
					return Code{Digits: code}, true
				}
				if origin, ok := serverOrigin(typedServer); ok {
					return Code{Digits: code, Server: origin}, true
				}
				badServer = true
			}
			window.update(build())
		}
	}
}

func (u *ui) AskConsent(ctx context.Context, heading string, lines []string) bool {
	w := u.words
	build := func(shut bool) form {
		// The focus starts on Cancel: a stray Enter says no.
		f := form{title: w.AppName, focus: idCancel, items: []item{{role: roleHeading, label: clean(heading, 2*maxName)}}}
		for i, line := range lines {
			if i == 12 {
				break
			}
			f.items = append(f.items, item{role: rolePoint, label: clean(line, maxLine)})
		}
		f.items = append(f.items,
			item{role: roleButton, id: idAccept, label: w.Accept, primary: true, disabled: shut},
			item{role: roleButton, id: idCancel, label: w.Cancel})
		return f
	}
	window, err := u.system.open(build(true))
	if err != nil {
		return false
	}
	defer window.close()
	open := time.NewTimer(consentPause)
	defer open.Stop()
	shut := true
	for {
		select {
		case <-ctx.Done():
			return false
		case <-open.C:
			shut = false
			window.update(build(false))
		case a := <-window.acts():
			switch {
			case a.kind == actClose || a.kind == actPress && a.id == idCancel:
				return false
			case a.kind == actPress && a.id == idAccept && !shut:
				return true
			}
		}
	}
}

func (u *ui) Busy(line string, cancel func()) (done func()) {
	w := u.words
	window, err := u.system.open(form{title: w.AppName, focus: idCancel, items: []item{
		{role: roleText, label: clean(line, maxLine)},
		{role: roleButton, id: idCancel, label: w.Cancel},
	}})
	if err != nil {
		return func() {}
	}
	ctx, finish := context.WithCancel(context.Background())
	go func() {
		defer window.close()
		for {
			select {
			case <-ctx.Done():
				return
			case a := <-window.acts():
				if a.kind == actClose || a.kind == actPress {
					cancel()
					return
				}
			}
		}
	}()
	return finish
}

func (u *ui) Message(ctx context.Context, heading, body string) {
	w := u.words
	window, err := u.system.open(form{title: w.AppName, focus: idCancel, items: []item{
		{role: roleHeading, label: clean(heading, 2*maxName)},
		{role: roleText, label: cleanText(body)},
		{role: roleButton, id: idCancel, label: w.Close, primary: true},
	}})
	if err != nil {
		return
	}
	defer window.close()
	for {
		select {
		case <-ctx.Done():
			return
		case a := <-window.acts():
			if a.kind == actClose || a.kind == actPress {
				return
			}
		}
	}
}
