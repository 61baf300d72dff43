package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"tasuki/helper/internal/pairing"
	"tasuki/helper/internal/relay"
	"tasuki/helper/internal/vectors"
)

// decoders of everything in shared/vectors/messages.json, which the browser's side runs against its schemas.
var decoders = map[string]func([]byte) (any, error){
	"Mode": as(DecodeMode), "Side": as(DecodeSide), "Party": as(DecodeParty), "EndReason": as(DecodeEndReason),
	"Language": as(DecodeLanguage), "ErrorCode": as(DecodeErrorCode), "Failure": as(DecodeFailure),
	"IceServer": as(DecodeIceServer), "IceConfig": as(DecodeIceConfig), "IceAnswer": as(DecodeIceAnswer),
	"HelperSystem": as(DecodeHelperSystem), "HelperEnd": as(DecodeHelperEnd), "HelperHost": as(DecodeHelperHost),
	"Attach": as(DecodeAttach), "Attached": as(DecodeAttached), "HelperResume": as(DecodeHelperResume),
	"HelperSnapshot": as(DecodeHelperSnapshot), "RelayEnvelope": as(relay.ParseEnvelope),
	"ToBrowser": as(DecodeToBrowser), "FromBrowser": as(DecodeFromBrowser), "BrowserPresence": as(DecodeBrowserPresence),
	"Grants": as(DecodeGrants), "ReportGrants": as(DecodeReportGrants), "Surface": as(DecodeSurface),
	"Card": as(DecodeCard), "LinkSignal": as(DecodeLinkSignal), "HostLineMessage": as(DecodeHostLineMessage),
	"PeerLineMessage": as(DecodePeerLineMessage), "InputMessage": as(DecodeInputMessage),
	"HelperSessionMessage": as(DecodeHelperSessionMessage), "ClipboardMessage": as(DecodeClipboardMessage),
	"Join": as(DecodeJoin), "Host": as(DecodeHost), "Joined": as(DecodeJoined), "OfSession": as(DecodeOfSession),
	"Relay": as(DecodeRelay), "Consent": as(DecodeConsent), "End": as(DecodeEnd), "Ended": as(DecodeEnded),
	"PeerPresence": as(DecodePeerPresence), "Picture": as(DecodePicture), "RelayMessage": as(DecodeRelayMessage),
}

func as[T any](decode func([]byte) (T, error)) func([]byte) (any, error) {
	return func(raw []byte) (any, error) { return decode(raw) }
}

type cases struct{ Accept, Refuse, AcceptText, RefuseText []json.RawMessage }

func loadCases(t testing.TB) map[string]cases {
	t.Helper()
	var all map[string]struct {
		Accept, Refuse         []any
		AcceptText, RefuseText []string
	}
	vectors.Load(t, "messages.json", &all)
	out := map[string]cases{}
	for name, each := range all {
		var c cases
		for _, value := range each.Accept {
			c.Accept = append(c.Accept, marshal(t, expand(value)))
		}
		for _, value := range each.Refuse {
			c.Refuse = append(c.Refuse, marshal(t, expand(value)))
		}
		for _, text := range each.AcceptText {
			c.Accept = append(c.Accept, json.RawMessage(text))
		}
		for _, text := range each.RefuseText {
			c.Refuse = append(c.Refuse, json.RawMessage(text))
		}
		out[name] = c
	}
	return out
}

// expand writes out the long values that the file abbreviates.
func expand(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = expand(v[i])
		}
	case map[string]any:
		if pair, ok := v["$repeat"].([]any); ok {
			return strings.Repeat(pair[0].(string), int(pair[1].(float64)))
		}
		if pair, ok := v["$times"].([]any); ok {
			list := make([]any, int(pair[1].(float64)))
			for i := range list {
				list[i] = expand(pair[0])
			}
			return list
		}
		for name := range v {
			v[name] = expand(v[name])
		}
	}
	return value
}

func marshal(t testing.TB, value any) []byte {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestSharedCases(t *testing.T) {
	all := loadCases(t)
	if len(all) != len(decoders) {
		t.Errorf("%d messages in the cases, %d decoders", len(all), len(decoders))
	}
	for name, each := range all {
		t.Run(name, func(t *testing.T) {
			decode := decoders[name]
			if decode == nil {
				t.Fatal("no decoder")
			}
			for _, raw := range each.Accept {
				first, err := decode(raw)
				if err != nil {
					t.Errorf("refused %.200s: %v", raw, err)
					continue
				}
				// What was read can be written and read again.
				again, err := decode(marshal(t, first))
				if err != nil || !reflect.DeepEqual(first, again) {
					t.Errorf("%.200s became %.200s (%v)", raw, marshal(t, first), err)
				}
			}
			for _, raw := range each.Refuse {
				if got, err := decode(raw); err == nil {
					t.Errorf("accepted %.200s as %v", raw, got)
				} else if !errors.Is(err, ErrMessage) && !errors.Is(err, relay.ErrEnvelope) {
					t.Errorf("%.200s: %v is no ErrMessage", raw, err)
				}
			}
		})
	}
}

func TestBadUTF8IsRefused(t *testing.T) {
	if _, err := DecodeInputMessage([]byte("{\"t\":\"text\",\"text\":\"a\xff\"}")); err == nil {
		t.Error("accepted")
	}
}

func TestVersionIsThePairings(t *testing.T) {
	if ProtocolVersion != pairing.ProtocolVersion {
		t.Errorf("%d and %d", ProtocolVersion, pairing.ProtocolVersion)
	}
}

// FuzzDecoders: no decoder panics, and what one accepts survives being written and read again.
func FuzzDecoders(f *testing.F) {
	for _, each := range loadCases(f) {
		for _, raw := range append(each.Accept, each.Refuse...) {
			if len(raw) < 2000 {
				f.Add([]byte(raw))
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		kept := bytes.Clone(raw)
		for name, decode := range decoders {
			message, err := decode(raw)
			if err != nil {
				continue
			}
			again, err := decode(marshal(t, message))
			if err != nil || !reflect.DeepEqual(message, again) {
				t.Errorf("%s: %q became %q (%v)", name, raw, marshal(t, message), err)
			}
		}
		if !bytes.Equal(kept, raw) {
			t.Error("a decoder changed its input")
		}
	})
}
