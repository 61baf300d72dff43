package socketio

import (
	"bytes"
	"reflect"
	"testing"
)

func TestPackets(t *testing.T) {
	for raw, want := range map[string]packet{
		"0":                      {kind: '0', namespace: "/", id: -1, data: []byte{}},
		`0/helper,{"version":1}`: {kind: '0', namespace: "/helper", id: -1, data: []byte(`{"version":1}`)},
		`2["a"]`:                 {kind: '2', namespace: "/", id: -1, data: []byte(`["a"]`)},
		`2/helper,12["a",1]`:     {kind: '2', namespace: "/helper", id: 12, data: []byte(`["a",1]`)},
		"1/helper,":              {kind: '1', namespace: "/helper", id: -1, data: []byte{}},
	} {
		got, err := parsePacket([]byte(raw))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
		if again := string(got.encode()); again != "4"+raw {
			t.Errorf("%s written as %s", raw, again)
		}
	}
}

func FuzzPacket(f *testing.F) {
	for _, raw := range []string{
		"", "0", `0/helper,{"sid":"x"}`, `2/helper,["session:relay",{"a":[1,2]}]`, `3/helper,12[{"ok":true}]`, `4/helper,{"message":"version"}`,
		"1/helper,", "2/helper,999999999999[]", "51-[]", "2/no comma", `2["a"]`, `3[1]`, "2[null]", "2/,0[\"\\ud800\"]",
	} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := parsePacket(raw)
		if err != nil {
			return
		}
		// What was read is written and read again alike, and none of its readers panics.
		again, err := parsePacket(got.encode()[1:])
		if err != nil || again.kind != got.kind || again.namespace != got.namespace || again.id != got.id ||
			!bytes.Equal(again.data, got.data) {
			t.Errorf("%q: %+v became %+v, %v", raw, got, again, err)
		}
		if name, _, err := got.event(); err == nil && name == "" {
			t.Errorf("%q is an event without a name", raw)
		}
		_, _ = got.answer()
		if got.refusal() == nil {
			t.Errorf("%q refuses without an error", raw)
		}
	})
}

func FuzzOpening(f *testing.F) {
	f.Add([]byte(hello[1:]))
	f.Add([]byte(`{"sid":"x","pingInterval":-1,"pingTimeout":1,"maxPayload":1}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := parseOpening(raw)
		if err == nil && (got.silence <= 0 || got.silence > 2*maxInterval || got.maxPayload <= 0 || got.maxPayload > maxMessage) {
			t.Errorf("%q: %+v", raw, got)
		}
	})
}
