// Package text holds every word the helper shows, in Japanese and English, and knows which of the two to use.
package text

import (
	"os"
	"strings"
	"sync"
)

// Words are all texts of one language. A %s stands for one plain-text value; use fmt.Sprintf.
type Words struct {
	// Language is "ja" or "en".
	Language string

	// Buttons and the tray entry; the other parts and the tests rely on these words.
	Accept, Cancel, Stop, Close string

	// AppName is the title of every window.
	AppName string

	// The number window.
	CodeHeading, CodeHint, CodeLabel, ServerShown, ServerLabel, ServerHint, ServerInvalid, CodeExplained string

	// The consent window: heading, %s = who asks; the points it lists; what can be done about it later.
	ConsentHeading, ConsentCompany, ConsentView, ConsentInput, ConsentStop string

	// The question about a server this helper was not made for.
	OtherHeading, OtherExplained, OtherCan, OtherOnlyIf string

	// The connected dialog and the tray menu.
	Connected, Interrupted, ConnectedWith, ConnectedCompany, ConnectedCustomer        string
	MayOperate, MayWatchOnly, PausedByYou, CustomerOperates, CustomerWatches, Offline string
	GrantInput, GrantClipboard, GrantInputShare                                       string
	// The tray menu takes grants back, never gives them: what can be taken back, and what is not there.
	TakeInput, TakeClipboard, TakeInputShare, InputOff, ClipboardOff, InputShareOff string

	// Waiting lines.
	Connecting, Waiting string

	// Ends and problems, each a full sentence for Message or under the number box.
	CodeRefused, LinkUsed, ServerUnreachable, ProxyScript, VersionTooOld, KeysDiffer, TooManyTries string
	EndedByOther, EndedByYou, LineLost                                                             string
	ProblemHeading, EndedHeading                                                                   string
}

// Unreachable says that the server cannot be reached; script: the way out is decided by a script that the helper cannot
// follow, which may be why.
func (w *Words) Unreachable(script bool) string {
	if script {
		return w.ServerUnreachable + w.ProxyScript
	}
	return w.ServerUnreachable
}

var current = sync.OnceValue(func() *Words { return For(choose(os.Getenv("TASUKI_LANG"), system)) })

// Current gives the words of this computer's language, settled at the first call. TASUKI_LANG=ja|en overrides it.
func Current() *Words { return current() }

// For gives the words of a language: Japanese for "ja", English for everything else.
func For(language string) *Words {
	if language == "ja" {
		return &japanese
	}
	return &english
}

func choose(override string, system func() string) string {
	switch override {
	case "ja", "en":
		return override
	}
	return fromTag(system())
}

// fromTag reads "ja", "ja_JP.UTF-8", "ja-JP"; anything else is English.
func fromTag(tag string) string {
	tag = strings.ToLower(tag)
	if tag == "ja" || strings.HasPrefix(tag, "ja_") || strings.HasPrefix(tag, "ja-") || strings.HasPrefix(tag, "ja.") {
		return "ja"
	}
	return "en"
}
