package pairing

import "strings"

// PairingOrigin makes the names of this very machine one, so that an operator at `localhost` and a customer at
// `127.0.0.1` meet. origin is the server's as a browser's location.origin gives it.
func PairingOrigin(origin string) string {
	for _, scheme := range []string{"http://", "https://"} {
		for _, host := range []string{"127.0.0.1", "[::1]"} {
			rest, found := strings.CutPrefix(origin, scheme+host)
			if found && (rest == "" || rest[0] == ':') {
				return scheme + "localhost" + rest
			}
		}
	}
	return origin
}
