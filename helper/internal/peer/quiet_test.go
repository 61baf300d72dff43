package peer_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

func TestSilenceIsToldOnceAndAgainAfterAWord(t *testing.T) {
	r := connectWith(t, 50*time.Millisecond)
	// Nobody has said a word since the link came up; then only the browser's ICE keeps answering, as a frozen tab's does.
	for n := range 3 {
		wait(t, "silence", r.quiet)
		r.browser.Say(t, "input", protocol.InputKey{Code: "KeyA", Down: true})
		wait(t, fmt.Sprint("key ", n), r.input)
	}
	wait(t, "silence", r.quiet)
	if !r.link.IsUp() || len(r.dead)+len(r.down) > 0 {
		t.Error("silence alone ended the link")
	}
}

func TestAControllerThatTalksIsNotQuiet(t *testing.T) {
	const after = time.Second
	r := connectWith(t, after)
	began := time.Now()
	ping := time.NewTicker(after / 10)
	defer ping.Stop()
	for at := range ping.C {
		if at.Sub(began) > 3*after/2 {
			break
		}
		r.browser.Say(t, "session", protocol.SessionPing{At: 1})
		wait(t, "ping", r.session)
	}
	if len(r.quiet) > 0 {
		t.Error("quiet in the middle of pings")
	}
	wait(t, "silence", r.quiet)
}

func TestSilenceIsToldLongBeforeICENotices(t *testing.T) {
	r := connect(t)
	began := time.Now()
	wait(t, "silence", r.quiet)
	// Longer than two pings, shorter than ICE takes.
	if after := time.Since(began); after < 2*time.Second || after > 4500*time.Millisecond {
		t.Errorf("told after %v", after)
	}
}

func TestAChannelNobodyAskedForEndsTheLink(t *testing.T) {
	r := connect(t)
	for n := range 50 {
		if r.browser.OpenChannel(fmt.Sprint("more ", n)) != nil {
			break // already torn down
		}
	}
	var tampered *seal.TamperError
	if err := wait(t, "end", r.dead); !errors.As(err, &tampered) || tampered.Kind != seal.Unexpected {
		t.Errorf("got %v, want %s", err, seal.Unexpected)
	}
}
