package seal_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"

	"tasuki/helper/internal/seal"
	"tasuki/helper/internal/vectors"
)

func TestKeySchedule(t *testing.T) {
	var golden struct {
		Key     string
		Nonces  struct{ Customer, Operator string }
		Subkeys []struct {
			Label   string
			Context []string
			Subkey  string
		}
		Relay      map[seal.Sender]string
		Channel    map[string]string
		EpochID    string `json:"epochId"`
		HelloMAC   string `json:"helloMac"`
		WelcomeMAC string `json:"welcomeMac"`
	}
	vectors.Load(t, "keys.json", &golden)
	key := seal.SessionKey(vectors.Hex(t, golden.Key))
	nonces := seal.NoncePair{
		Customer: vectors.Hex(t, golden.Nonces.Customer),
		Operator: vectors.Hex(t, golden.Nonces.Operator),
	}
	same := func(what string, got []byte, want string) {
		t.Helper()
		if want == "" || hex.EncodeToString(got) != want {
			t.Errorf("%s: got %x, want %s", what, got, want)
		}
	}
	for _, each := range golden.Subkeys {
		out := seal.Subkey(&key, each.Label, each.Context...)
		same("subkey "+each.Label, out[:], each.Subkey)
	}
	for _, side := range []seal.Sender{seal.Customer, seal.Operator} {
		relay := seal.RelayKey(&key, side, nonces)
		same("relay "+string(side), relay[:], golden.Relay[side])
		channel := seal.ChannelKey(&key, golden.Channel["name"], side, nonces)
		same("channel "+string(side), channel[:], golden.Channel[string(side)])
	}
	same("epoch id", seal.EpochID(&key, nonces), golden.EpochID)
	hello := seal.NonceMAC(&key, seal.Customer, nonces.Customer, nil)
	same("hello", hello[:], golden.HelloMAC)
	welcome := seal.NonceMAC(&key, seal.Operator, nonces.Operator, nonces.Customer)
	same("welcome", welcome[:], golden.WelcomeMAC)
	key.Wipe()
	if key != (seal.SessionKey{}) {
		t.Error("Wipe left something")
	}
}

func TestFrames(t *testing.T) {
	var golden struct {
		Key    string
		Frames []struct{ Plain, Frame string }
	}
	vectors.Load(t, "seal.json", &golden)
	key := [seal.KeySize]byte(vectors.Hex(t, golden.Key))
	sealer, opener := seal.NewSealer(key), seal.NewOpener(key)
	for i, each := range golden.Frames {
		frame := sealer.Seal(vectors.Hex(t, each.Plain))
		if hex.EncodeToString(frame) != each.Frame {
			t.Errorf("frame %d: got %x, want %s", i, frame, each.Frame)
		}
		plain, err := opener.Open(frame)
		if err != nil || hex.EncodeToString(plain) != each.Plain {
			t.Errorf("frame %d opens to %x, %v", i, plain, err)
		}
	}
	if len(golden.Frames) == 0 {
		t.Error("no frames in the vectors")
	}
}

func TestOpenerFindsInterference(t *testing.T) {
	key := [seal.KeySize]byte{1}
	sealer := seal.NewSealer(key)
	frames := [][]byte{sealer.Seal([]byte("a")), sealer.Seal([]byte("b")), sealer.Seal([]byte("c"))}
	for _, test := range []struct {
		name string
		feed [][]byte
		want seal.TamperKind
	}{
		{"twice", [][]byte{frames[0], frames[0]}, seal.Replayed},
		{"late", [][]byte{frames[0], frames[1], frames[0]}, seal.Replayed},
		{"dropped", [][]byte{frames[0], frames[2]}, seal.Missing},
		{"short", [][]byte{frames[0][:seal.Overhead-1]}, seal.Forged},
		{"empty", [][]byte{nil}, seal.Forged},
		{"cut", [][]byte{frames[0][:len(frames[0])-1]}, seal.Forged},
	} {
		t.Run(test.name, func(t *testing.T) {
			opener := seal.NewOpener(key)
			for _, frame := range test.feed[:len(test.feed)-1] {
				if _, err := opener.Open(frame); err != nil {
					t.Fatal(err)
				}
			}
			requireTamper(t, test.want, func() error {
				_, err := opener.Open(test.feed[len(test.feed)-1])
				return err
			})
		})
	}
	for at := range frames[0] {
		bad := bytes.Clone(frames[0])
		bad[at] ^= 1
		requireTamper(t, seal.Forged, func() error { _, err := seal.NewOpener(key).Open(bad); return err })
	}
}

func requireTamper(t *testing.T, want seal.TamperKind, act func() error) {
	t.Helper()
	var tampered *seal.TamperError
	if err := act(); !errors.As(err, &tampered) || tampered.Kind != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
