// Command demo shows one of the helper's windows, for screenshots and for measuring: demo code|server|problem|consent|
// busy|message|connected|watching|paused|sharing. It prints what the person did.
package main

import (
	"context"
	"fmt"
	"os"

	"tasuki/helper/internal/dialog"
	"tasuki/helper/internal/text"
)

func main() {
	which := "code"
	if len(os.Args) > 1 {
		which = os.Args[1]
	}
	ui := dialog.New()
	ui.Run(func() { show(ui, which) })
}

func show(ui dialog.UI, which string) {
	ctx, w := context.Background(), text.Current()
	session := dialog.Session{Operator: "鈴木 一郎 (Suzuki Ichiro)", Company: "襷サポート株式会社", Server: "support.example.com", Input: true, Clipboard: true, ClipboardAllowed: true, Connected: true}
	switch which {
	case "code":
		fmt.Println(ui.AskCode(ctx, "https://support.example.com", ""))
	case "server":
		fmt.Println(ui.AskCode(ctx, "", ""))
	case "problem":
		fmt.Println(ui.AskCode(ctx, "https://support.example.com", w.CodeRefused))
	case "consent":
		fmt.Println(ui.AskConsent(ctx, fmt.Sprintf(w.ConsentHeading, "鈴木 一郎"),
			[]string{fmt.Sprintf(w.ConsentCompany, "襷サポート株式会社"), w.ConsentView, w.ConsentInput, w.ConsentStop}))
	case "busy":
		cancelled := make(chan struct{})
		done := ui.Busy(w.Connecting, func() { close(cancelled) })
		<-cancelled
		done()
	case "message":
		ui.Message(ctx, w.ProblemHeading, w.LinkUsed)
	case "watching":
		session.Input, session.ClipboardAllowed = false, false
		connected(ui, session)
	case "paused":
		session.Paused = true
		connected(ui, session)
	case "sharing":
		session.Sharing, session.Company, session.ClipboardAllowed = true, "", false
		connected(ui, session)
	case "connected":
		connected(ui, session)
	}
}

func connected(ui dialog.UI, session dialog.Session) {
	cancelled := make(chan struct{}, 1)
	window := ui.ShowConnected(session, dialog.Events{
		Cancel: func() {
			select {
			case cancelled <- struct{}{}:
			default:
			}
		},
		Grant: func(name string, on bool) { fmt.Println(name, on) },
	})
	<-cancelled
	fmt.Println("cancelled")
	window.Close()
}
