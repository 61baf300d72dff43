package relay

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"tasuki/helper/internal/seal"
)

var (
	a16 = strings.Repeat("A", 22)
	a32 = strings.Repeat("A", 43)
	a64 = strings.Repeat("A", 86)
)

var goodEnvelopes = []string{
	`{"t":"reply","share":"` + a32 + `","tag":"` + a64 + `","frame":"AA"}`,
	`{"t":"confirm","tag":"` + a64 + `","frame":"AA"}`,
	`{"t":"hello","nonce":"` + a16 + `","mac":"` + a32 + `"}`,
	`{"t":"welcome","nonce":"` + a16 + `","re":"` + a16 + `","mac":"` + a32 + `"}`,
	`{"t":"knock"}`,
	`{"t":"sealed","epoch":"AAAAAAAAAAA","frame":"` + strings.Repeat("A", MaxFrameChars) + `"}`,
}

var badEnvelopes = []string{
	``, `null`, `[]`, `"knock"`, `{}`, `{"t":null}`, `{"t":1}`, `{"t":"other"}`,
	`{"T":"knock"}`, `{"t":"knock","t2":"x"}`, `{"t":"knock"} {}`,
	`{"t":"hello","nonce":"` + a16 + `"}`,
	`{"t":"hello","nonce":"` + a16 + `","mac":null}`,
	`{"t":"hello","Nonce":"` + a16 + `","mac":"` + a32 + `"}`,
	`{"t":"hello","nonce":"` + a16 + `A","mac":"` + a32 + `"}`,
	`{"t":"hello","nonce":"` + a16[1:] + `+","mac":"` + a32 + `"}`,
	`{"t":"hello","nonce":"` + a16[1:] + `\n","mac":"` + a32 + `"}`,
	`{"t":"hello","nonce":"` + a16 + `","mac":"` + a32 + `","frame":"AA"}`,
	`{"t":"sealed","epoch":"AAAAAAAAAAA","frame":""}`,
	`{"t":"sealed","epoch":"AAAAAAAAAAA","frame":"` + strings.Repeat("A", MaxFrameChars+1) + `"}`,
	strings.Repeat("[", 30_000),
	"{\"t\":\"knock\xff\"}",
}

func TestParseEnvelope(t *testing.T) {
	for _, raw := range goodEnvelopes {
		envelope, err := ParseEnvelope([]byte(raw))
		if err != nil {
			t.Errorf("%.60s: %v", raw, err)
			continue
		}
		var want Envelope
		if err := json.Unmarshal([]byte(raw), &want); err != nil || envelope != want {
			t.Errorf("got %+v", envelope)
		}
	}
	for _, raw := range badEnvelopes {
		if _, err := ParseEnvelope([]byte(raw)); !errors.Is(err, ErrEnvelope) {
			t.Errorf("%.60s was taken: %v", raw, err)
		}
	}
}

func FuzzParseEnvelope(f *testing.F) {
	for _, raw := range append(append([]string(nil), goodEnvelopes...), badEnvelopes...) {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		envelope, err := ParseEnvelope(raw)
		if err != nil {
			return
		}
		again, err := json.Marshal(envelope)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := ParseEnvelope(again); err != nil || back != envelope {
			t.Errorf("%s became %s: %v", raw, again, err)
		}
		// No envelope makes either side panic, or believe a stranger.
		for _, side := range []seal.Sender{seal.Customer, seal.Operator} {
			line := Restore(side, seal.SessionKey{5}, parse)
			line.Attach()
			if out, err := line.Receive(envelope); err == nil && (out.Opened || len(out.Messages) != 0) {
				t.Errorf("%s was believed by %s", raw, side)
			}
		}
	})
}
