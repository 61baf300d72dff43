package online

import (
	"encoding/json"
	"errors"
	"testing"

	"tasuki/helper/internal/protocol"
)

func TestAnswers(t *testing.T) {
	network := errors.New("network")
	for name, test := range map[string]struct {
		raw  string
		err  error
		want error
	}{
		"yes":                    {`{"ok":true}`, nil, nil},
		"network":                {``, network, network},
		"no answer that we know": {`{"ok":"true"}`, nil, protocol.ErrMessage},
		"nothing":                {`null`, nil, protocol.ErrMessage},
		"cut":                    {`{"ok":tr`, nil, protocol.ErrMessage},
		"an unknown reason":      {`{"ok":false,"error":"teapot"}`, nil, protocol.ErrMessage},
	} {
		if err := Done(json.RawMessage(test.raw), test.err); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := Answer(json.RawMessage(`{"sessionId":1}`), nil, protocol.DecodeOfSession)
	if !errors.Is(err, protocol.ErrMessage) {
		t.Errorf("unreadable: %v", err)
	}
}

func TestRefusalsSayWhyAndWhen(t *testing.T) {
	err := Done(json.RawMessage(`{"ok":false,"error":"limited","retryAt":1790000000000}`), nil)
	if !IsRefusal(err, protocol.ErrorCodeLimited) || IsRefusal(err, protocol.ErrorCodeVersion) {
		t.Errorf("got %v", err)
	}
	if at := RetryAt(err); at.UnixMilli() != 1_790_000_000_000 {
		t.Errorf("at %v", at)
	}
	plain := Done(json.RawMessage(`{"ok":false,"error":"version"}`), nil)
	if !IsRefusal(plain, protocol.ErrorCodeVersion) || !RetryAt(plain).IsZero() || !RetryAt(ErrOffline).IsZero() {
		t.Errorf("got %v", plain)
	}
}
