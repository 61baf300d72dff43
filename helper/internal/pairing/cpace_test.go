package pairing

import (
	"bytes"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/gtank/ristretto255"

	"tasuki/helper/internal/seal"
	"tasuki/helper/internal/vectors"
)

func TestCPaceAgainstTheDraft(t *testing.T) {
	var golden struct {
		PRS, CI, SID, Generator string
		SecretA                 string `json:"ya"`
		ADA                     string `json:"ada"`
		ShareA                  string `json:"Ya"`
		SecretB                 string `json:"yb"`
		ADB                     string `json:"adb"`
		ShareB                  string `json:"Yb"`
		Point, ISK              string
		PrependLength           [][2]string
		LvCat                   struct {
			Parts  []string
			Joined string
		}
		Valid         struct{ Scalar, Share, Point string }
		InvalidShares []string
	}
	// `ya` and `Ya` differ in case only: encoding/json prefers the exact name, which the tags give.
	vectors.Load(t, "cpace.json", &golden)
	unhex := func(text string) []byte { t.Helper(); return vectors.Hex(t, text) }
	same := func(what string, got []byte, want string) {
		t.Helper()
		if want == "" || hex.EncodeToString(got) != want {
			t.Errorf("%s: got %x, want %s", what, got, want)
		}
	}

	for _, pair := range golden.PrependLength {
		same("prepend_len", seal.PrependLength(unhex(pair[0])), pair[1])
	}
	var parts [][]byte
	for _, part := range golden.LvCat.Parts {
		parts = append(parts, unhex(part))
	}
	same("lv_cat", seal.LvCat(parts...), golden.LvCat.Joined)

	in := inputs{prs: unhex(golden.PRS), ci: unhex(golden.CI), sid: unhex(golden.SID)}
	same("generator", in.generator().Encode(nil), golden.Generator)
	a, b := scalarOf(t, golden.SecretA), scalarOf(t, golden.SecretB)
	same("Ya", in.share(a), golden.ShareA)
	same("Yb", in.share(b), golden.ShareB)
	for _, half := range []struct {
		scalar *ristretto255.Scalar
		share  string
	}{{a, golden.ShareB}, {b, golden.ShareA}} {
		point, err := sharedPoint(half.scalar, unhex(half.share))
		if err != nil {
			t.Fatal(err)
		}
		same("point", point, golden.Point)
	}
	isk := sessionKey(in.sid, unhex(golden.Point),
		message{unhex(golden.ShareA), unhex(golden.ADA)}, message{unhex(golden.ShareB), unhex(golden.ADB)})
	same("ISK", isk[:], golden.ISK)

	point, err := sharedPoint(scalarOf(t, golden.Valid.Scalar), unhex(golden.Valid.Share))
	if err != nil {
		t.Fatal(err)
	}
	same("valid point", point, golden.Valid.Point)
	if len(golden.InvalidShares) == 0 {
		t.Error("no invalid shares in the vectors")
	}
	for _, share := range append(golden.InvalidShares, "", "00", golden.ShareA+"00") {
		_, err := sharedPoint(a, unhex(share))
		requireTamper(t, seal.Share, err)
	}
}

// What libsodium's crypto_core_ristretto255_from_hash makes of 64 bytes.
func TestHashToGroupIsLibsodiums(t *testing.T) {
	digest := sha512.Sum512([]byte("tasuki"))
	for _, test := range []struct {
		in   []byte
		want string
	}{
		{bytes.Repeat([]byte{0x00}, 64), "0000000000000000000000000000000000000000000000000000000000000000"},
		{bytes.Repeat([]byte{0xff}, 64), "a64d86820abd393c6a5feef95b64945bc0c570adebae17a99882216945fbd37a"},
		{bytes.Repeat([]byte{0x80}, 64), "d8be598ee58e2326f6ba54a212e23c001c53a0379cc5b20440e8aa4b31f54a0b"},
		{digest[:], "e6eb77af4bf960ea0a98891003536c5d9b41da630b16543fa6bd96c56003523e"},
	} {
		got := ristretto255.NewElement().FromUniformBytes(test.in).Encode(nil)
		if hex.EncodeToString(got) != test.want {
			t.Errorf("%x…: got %x, want %s", test.in[:4], got, test.want)
		}
	}
}

func scalarOf(t *testing.T, text string) *ristretto255.Scalar {
	t.Helper()
	scalar := ristretto255.NewScalar()
	if err := scalar.Decode(vectors.Hex(t, text)); err != nil {
		t.Fatal(err)
	}
	return scalar
}

func requireTamper(t *testing.T, want seal.TamperKind, err error) {
	t.Helper()
	var tampered *seal.TamperError
	if !errors.As(err, &tampered) || tampered.Kind != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
