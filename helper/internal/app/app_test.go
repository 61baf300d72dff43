package app

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"tasuki/helper/internal/dialog"
	"tasuki/helper/internal/link"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/proxy"
	"tasuki/helper/internal/session"
	"tasuki/helper/internal/text"
	"tasuki/helper/internal/visit"
)

const origin = "https://support.example"

func token(t testing.TB, secret bool) string {
	t.Helper()
	l := link.Link{Origin: origin}
	if secret {
		l.Secret = &link.Secret{1, 2, 3}
	}
	out, err := l.Token()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFindsWhatItWasStartedWith(t *testing.T) {
	secret, plain := token(t, true), token(t, false)
	for name, test := range map[string]struct {
		args    []string
		program string
		origin  string
		secret  bool
		damaged bool
	}{
		"link":                  {[]string{"tasuki:" + secret}, "/x/tasuki-helper", origin, true, false},
		"link, capital scheme":  {[]string{"TASUKI:" + secret}, "/x/tasuki-helper", origin, true, false},
		"link before the name":  {[]string{"tasuki:" + plain}, "/x/tasuki-helper-" + secret, origin, false, false},
		"damaged link":          {[]string{"tasuki:" + secret[:20]}, "/x/tasuki-helper-" + secret, "", false, true},
		"file name":             {nil, `C:\Users\x\tasuki-helper-` + secret + ".exe", origin, true, false},
		"second download":       {nil, "/x/tasuki-helper-" + secret + " (1)", origin, true, false},
		"downloaded in advance": {nil, "/x/tasuki-helper-" + plain, origin, false, false},
		"renamed":               {[]string{"something"}, "/x/support", "", false, false},
		"damaged name":          {nil, "/x/tasuki-helper-" + secret[:30], "", false, false},
	} {
		got := findStart(test.args, test.program)
		if got.link.Origin != test.origin || (got.link.Secret != nil) != test.secret || got.damaged != test.damaged {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// silent is a person who closes every message at once and says no to everything.
type silent struct {
	dialog.UI
	said     []string
	asks     []string
	consents [][]string
}

func (s *silent) Message(_ context.Context, heading, body string) {
	s.said = append(s.said, heading+": "+body)
}
func (s *silent) AskCode(_ context.Context, server, problem string) (dialog.Code, bool) {
	s.asks = append(s.asks, server+problem)
	return dialog.Code{Digits: "12345678", Server: "http://127.0.0.1:1"}, len(s.asks) < 3
}
func (s *silent) Busy(string, func()) func() { return func() {} }
func (s *silent) AskConsent(_ context.Context, _ string, lines []string) bool {
	s.consents = append(s.consents, lines)
	return false
}

func TestEveryEndIsSaidInWords(t *testing.T) {
	w := text.Current()
	for _, test := range []struct {
		outcome session.Outcome
		want    string
	}{
		{session.Outcome{Kind: session.Cancelled}, ""},
		{session.Outcome{Kind: session.Dismissed}, ""},
		{session.Outcome{Kind: session.Unknown}, w.LinkUsed},
		{session.Outcome{Kind: session.TooOld}, w.VersionTooOld},
		{session.Outcome{Kind: session.Tampered}, w.KeysDiffer},
		{session.Outcome{Kind: session.Gone}, w.LineLost},
		{session.Outcome{Kind: session.Ended, By: "operator", Reason: "cancelled", Side: "customer"}, w.EndedByOther},
		{session.Outcome{Kind: session.Ended, By: "customer", Reason: "cancelled", Side: "customer"}, w.EndedByYou},
		{session.Outcome{Kind: session.Ended, By: "customer", Reason: "left", Side: "customer"}, w.LineLost},
	} {
		ui := &silent{}
		(&App{UI: ui}).say(t.Context(), test.outcome)
		if said := strings.Join(ui.said, "|"); (said == "") != (test.want == "") || !strings.HasSuffix(said, test.want) {
			t.Errorf("%+v: %q", test.outcome, said)
		}
	}
	for _, err := range []error{visit.ErrTooOld, visit.ErrTampered, visit.ErrEnded, visit.ErrSilent, visit.ErrBrowser, fmt.Errorf("x")} {
		if problemText(w, err) == "" {
			t.Errorf("%v: no words", err)
		}
	}
}

// Without a secret it asks for the number and does nothing else; a server that is not there is said in the same window.
func TestAsksAgainWithTheReason(t *testing.T) {
	ui := &silent{}
	a := &App{UI: ui, Program: "/x/tasuki-helper", Knows: anyServer, Proxy: proxy.Direct(), Log: slog.New(slog.DiscardHandler)}
	a.Run(t.Context())
	want := []string{"", "http://127.0.0.1:1" + text.Current().ServerUnreachable, "http://127.0.0.1:1" + text.Current().ServerUnreachable}
	if !slices.Equal(ui.asks, want) {
		t.Errorf("asked %q", ui.asks)
	}
}

func anyServer(string) bool { return true }

// A build that was made for certain servers asks before it turns to another one, and names that.
func TestAsksBeforeAnotherServer(t *testing.T) {
	for program, host := range map[string]string{
		"/x/tasuki-helper-" + token(t, true):  "support.example",
		"/x/tasuki-helper-" + token(t, false): "127.0.0.1:1", // typed into the window
	} {
		ui := &silent{}
		// Anything beyond the question would need what is not set here.
		a := &App{UI: ui, Program: program, Knows: func(string) bool { return false }}
		a.Run(t.Context())
		if len(ui.consents) != 1 || !strings.HasSuffix(ui.consents[0][0], ": "+host) || len(ui.said) > 0 {
			t.Errorf("%s: asked %q, said %q", host, ui.consents, ui.said)
		}
	}
}

func TestConsentSaysWhatTheModeAllows(t *testing.T) {
	for _, language := range []string{"ja", "en"} {
		w := text.For(language)
		card := protocol.Card{Operator: "Olga", Company: "Acme"}
		for mode, want := range map[protocol.Mode][]string{
			protocol.ModeControl: {w.ConsentView, w.ConsentInput, clipboardLater(language), chosenWindows(language)},
			protocol.ModeView:    {w.ConsentView, chosenWindows(language)},
			protocol.ModeShare:   {watchAndOperate(language), nothingOfYours(language)},
			protocol.ModeShow:    {watchOnly(language), nothingOfYours(language)},
		} {
			lines := consentLines(w, origin, card, mode, true)
			middle := lines[2 : len(lines)-2]
			if !slices.Equal(middle, want) || !strings.Contains(lines[0], "Acme") ||
				!strings.Contains(lines[1], "support.example") || lines[len(lines)-1] != w.ConsentStop {
				t.Errorf("%s %s: %q", language, mode, lines)
			}
		}
		if limitedText(w, 61*time.Second) == limitedText(w, time.Second) {
			t.Error("the time is not said")
		}
	}
}

func FuzzFindStart(f *testing.F) {
	f.Add("tasuki:"+token(f, true), "/x/tasuki-helper-"+token(f, true)+" (1).exe")
	f.Add("tasuki:", "tasuki-helper-")
	f.Fuzz(func(t *testing.T, arg, program string) {
		if got := findStart([]string{arg}, program); got.link.Secret != nil && got.link.Origin == "" {
			t.Errorf("a secret for nowhere: %q %q", arg, program)
		}
	})
}
