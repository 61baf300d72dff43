package pairing

import (
	"encoding/hex"
	"slices"
	"testing"
	"time"

	"tasuki/helper/internal/seal"
	"tasuki/helper/internal/vectors"
)

func TestStretch(t *testing.T) {
	var golden struct {
		Ops, MemoryBytes int
		Cases            []struct {
			Code, Origin, Hour, Salt, PRS string
			Rdv                           string `json:"rdv_base64url"`
		}
	}
	vectors.Load(t, "stretch.json", &golden)
	if golden.Ops != stretchPasses || golden.MemoryBytes != stretchMemoryKiB*1024 || len(golden.Cases) == 0 {
		t.Errorf("cost: %d passes, %d bytes", golden.Ops, golden.MemoryBytes)
	}
	for _, each := range golden.Cases {
		if salt := hex.EncodeToString(stretchSalt(each.Origin, each.Hour)); salt != each.Salt {
			t.Errorf("%s: salt %s, want %s", each.Code, salt, each.Salt)
		}
		out := Stretch(each.Code, each.Origin, each.Hour)
		if out.Rdv != each.Rdv || hex.EncodeToString(out.prs) != each.PRS {
			t.Errorf("%s: got %s %x, want %s %s", each.Code, out.Rdv, out.prs, each.Rdv, each.PRS)
		}
	}
}

func TestPairingAgainstTheVector(t *testing.T) {
	type side struct{ Scalar, AD, Share, Tag string }
	var golden struct {
		Code, Origin, Hour, CI, SID, PRS, Key string
		Customer, Operator                    side
	}
	vectors.Load(t, "pairing.json", &golden)
	stretched := Stretch(golden.Code, golden.Origin, golden.Hour)
	in, err := pairingInputs(stretched, golden.Origin)
	if err != nil {
		t.Fatal(err)
	}
	customer, err := newCustomer(stretched, golden.Origin, scalarOf(t, golden.Customer.Scalar))
	if err != nil {
		t.Fatal(err)
	}
	operatorShare := in.share(scalarOf(t, golden.Operator.Scalar))
	for _, each := range []struct {
		what string
		got  []byte
		want string
	}{
		{"prs", in.prs, golden.PRS},
		{"ci", in.ci, golden.CI},
		{"sid", in.sid, golden.SID},
		{"customer's AD", associated(seal.Customer), golden.Customer.AD},
		{"operator's AD", associated(seal.Operator), golden.Operator.AD},
		{"customer's share", customer.mine.share, golden.Customer.Share},
		{"operator's share", operatorShare, golden.Operator.Share},
	} {
		if hex.EncodeToString(each.got) != each.want {
			t.Errorf("%s: got %x, want %s", each.what, each.got, each.want)
		}
	}
	paired, err := customer.Finish(seal.ToBase64(operatorShare), seal.ToBase64(vectors.Hex(t, golden.Operator.Tag)))
	if err != nil {
		t.Fatal(err)
	}
	if hex.EncodeToString(paired.Key[:]) != golden.Key {
		t.Errorf("key: got %x, want %s", paired.Key, golden.Key)
	}
	if want := seal.ToBase64(vectors.Hex(t, golden.Customer.Tag)); paired.Tag != want {
		t.Errorf("tag: got %s, want %s", paired.Tag, want)
	}
	if _, err := customer.Finish(seal.ToBase64(operatorShare), paired.Tag); err == nil {
		t.Error("a pairing was finished twice")
	}
}

func TestOnlyTheCodePairs(t *testing.T) {
	const origin = "https://support.example"
	code := Stretch("12345678", origin, "2026-11-21T09Z")
	guess := Stretch("87654321", origin, "2026-11-21T09Z")
	guess.Rdv = code.Rdv
	for _, test := range []struct {
		name          string
		customerKnows Stretched
		customerAt    string
		spoil         func(*Answer)
		want          seal.TamperKind
	}{
		{"honest", code, origin, func(*Answer) {}, ""},
		{"another code", guess, origin, func(*Answer) {}, seal.Confirmation},
		{"another origin", code, "https://evil.example", func(*Answer) {}, seal.Confirmation},
		{"neutral share", code, origin, func(a *Answer) { a.Share = seal.ToBase64(make([]byte, 32)) }, seal.Share},
		{"its own tag back", code, origin, func(a *Answer) { a.Tag = a.ExpectedTag }, seal.Confirmation},
		{"no tag", code, origin, func(a *Answer) { a.Tag = "" }, seal.Confirmation},
		{"no base64", code, origin, func(a *Answer) { a.Share = "%" }, seal.Malformed},
	} {
		t.Run(test.name, func(t *testing.T) {
			customer, err := NewCustomer(test.customerKnows, test.customerAt)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := AnswerCustomer(code, origin, customer.Share())
			if err != nil {
				t.Fatal(err)
			}
			test.spoil(&answer)
			paired, err := customer.Finish(answer.Share, answer.Tag)
			if test.want != "" {
				requireTamper(t, test.want, err)
				return
			}
			if err != nil || paired.Key != answer.Key || paired.Tag != answer.ExpectedTag {
				t.Errorf("not paired: %v", err)
			}
		})
	}
	_, err := AnswerCustomer(code, origin, seal.ToBase64(make([]byte, 32)))
	requireTamper(t, seal.Share, err)
}

func TestCandidateHours(t *testing.T) {
	at := func(text string) time.Time {
		moment, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, test := range []struct {
		now  string
		want []string
	}{
		{"2026-11-21T09:00:00Z", []string{"2026-11-21T09Z", "2026-11-21T08Z"}},
		{"2026-11-21T09:49:59.999Z", []string{"2026-11-21T09Z", "2026-11-21T08Z"}},
		{"2026-11-21T09:50:00Z", []string{"2026-11-21T09Z", "2026-11-21T08Z", "2026-11-21T10Z"}},
		{"2026-12-31T23:59:59Z", []string{"2026-12-31T23Z", "2026-12-31T22Z", "2027-01-01T00Z"}},
		{"2027-01-01T08:30:00+09:00", []string{"2026-12-31T23Z", "2026-12-31T22Z"}},
		// A zone half an hour off: the UTC hour counts.
		{"2026-11-21T05:25:00+05:30", []string{"2026-11-20T23Z", "2026-11-20T22Z", "2026-11-21T00Z"}},
	} {
		if got := CandidateHours(at(test.now)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.now, got, test.want)
		}
	}
}

func TestPairingOrigin(t *testing.T) {
	for origin, want := range map[string]string{
		"http://127.0.0.1:8080":             "http://localhost:8080",
		"http://[::1]:8080":                 "http://localhost:8080",
		"https://[::1]":                     "https://localhost",
		"http://127.0.0.1":                  "http://localhost",
		"https://support.example":           "https://support.example",
		"http://127.0.0.1.example:80":       "http://127.0.0.1.example:80",
		"https://support.example/127.0.0.1": "https://support.example/127.0.0.1",
	} {
		if got := PairingOrigin(origin); got != want {
			t.Errorf("%s: got %s, want %s", origin, got, want)
		}
	}
}

func BenchmarkStretch(b *testing.B) {
	for b.Loop() {
		Stretch("12345678", "https://support.example", "2026-11-21T09Z")
	}
}
