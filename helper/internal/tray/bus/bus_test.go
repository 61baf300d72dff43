package bus

import (
	"bytes"
	"reflect"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	sent := Message{Kind: Call, Serial: 7, ReplyTo: 3, Path: "/a", Interface: "b.c", Member: "D", ErrorName: "e.f", Destination: "g.h",
		Signature: "ybiusoga{sv}a(iiay)avai(sb)", Body: []any{
			byte(1), true, int32(-2), uint32(3), "四", "/五", "ai",
			[]any{[]any{"k", Variant{"s", "v"}}, []any{"l", Variant{"a(ii)", []any{}}}},
			[]any{[]any{int32(1), int32(2), []byte{1, 2, 3}}, []any{int32(1), int32(2), []byte{}}},
			[]any{Variant{"(ia{sv}av)", []any{int32(0), []any{}, []any{}}}},
			[]any{int32(9)}, []any{"", false},
		}}
	data, err := sent.marshal()
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(*got, sent) {
		t.Errorf("sent %+v\n got %+v", sent, *got)
	}
	for n := range data {
		if _, err := read(bytes.NewReader(data[:n])); err == nil {
			t.Errorf("cut to %d bytes it was accepted", n)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ in, first, rest string }{
		{"a{sv}i", "a{sv}", "i"}, {"aai", "aai", ""}, {"(i(s))v", "(i(s))", "v"}, {"", "", ""}, {"a", "", ""}, {")", "", ""}, {"(i", "", ""},
	} {
		first, rest, err := split(c.in)
		if first != c.first || rest != c.rest || (err == nil) != (c.first != "") {
			t.Errorf("split(%q) = %q, %q, %v", c.in, first, rest, err)
		}
	}
}

func TestSocketName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"unix:path=/run/user/1/bus,guid=12", "/run/user/1/bus"}, {"unix:guid=1,path=/a%20b", "/a b"},
		{"unix:abstract=/tmp/x", "@/tmp/x"}, {"tcp:host=a,port=1", ""}, {"nonsense", ""}, {"unix:", ""},
	} {
		if got, ok := socketName(c.in); got != c.want || ok != (c.want != "") {
			t.Errorf("socketName(%q) = %q, %v", c.in, got, ok)
		}
	}
}

// Whatever comes over the bus is read or refused, and what was read has the types its signature names.
func FuzzRead(f *testing.F) {
	m := Message{Kind: Signal, Serial: 1, Path: "/a", Member: "B", Signature: "a{sv}(iu)", Body: []any{[]any{[]any{"k", Variant{"i", int32(1)}}}, []any{int32(1), uint32(2)}}}
	data, err := m.marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("l\x01\x00\x01\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := read(bytes.NewReader(data))
		if err != nil || bytes.ContainsAny([]byte(got.Signature), "nqxtdh") {
			return
		}
		signature := got.Signature
		for _, value := range got.Body {
			first, rest, err := split(signature)
			if err != nil {
				t.Fatal(err)
			}
			switch _, isText := value.(string); {
			case first == "i" && reflect.TypeOf(value) != reflect.TypeFor[int32](), (first == "s") && !isText:
				t.Fatalf("%q came as %T", first, value)
			}
			signature = rest
		}
	})
}
