package visit

import (
	"crypto/rand"
	"encoding/json"

	"tasuki/helper/internal/link"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

// take is what the browser's page needs to take the customer's session over; it travels in the part of the address that is
// never sent to a server.
type take struct {
	V           int           `json:"v"`
	ID          string        `json:"id"`
	Resume      string        `json:"resume"`
	Key         string        `json:"key"`
	Mode        protocol.Mode `json:"mode"`
	Host        protocol.Host `json:"host"`
	WindowsOnly bool          `json:"windowsOnly"`
	// Secret of this very helper, which the page offers then, where this computer is operated.
	Secret string `json:"secret"`
}

// url is the page's address with everything in its fragment.
func (t take) url(origin string) (string, error) {
	raw, err := json.Marshal(t)
	if err != nil {
		return "", err
	}
	return origin + "/#take=" + seal.ToBase64(raw), nil
}

func fresh() *link.Secret {
	secret := new(link.Secret)
	rand.Read(secret[:]) // never fails: it ends the program instead
	return secret
}
