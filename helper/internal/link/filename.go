package link

import (
	"regexp"
	"strings"
)

// FilePrefix begins the name of a downloaded helper; the token follows.
const FilePrefix = "tasuki-helper-"

const (
	maxNameBytes = 2048
	// The shortest token there can be; less is a name such as `tasuki-helper-linux-amd64`.
	minTokenChars = 19
)

// What a browser or file manager appends to a second copy and that looks like more of the token: `-2`, `_2`.
var copyNumber = regexp.MustCompile(`[-_][0-9]{1,4}$`)

// ParseFileName reads the token in the program's own path or name: `tasuki-helper-TOKEN`, with whatever a browser or file
// manager put behind it: an extension, ` (1)`, `(1)`, `-2`, ` - Copy`, ` - コピー`, before or after the extension. found is
// false when the name is not of that form: it was renamed, and the helper asks for the number. Errors are those of Parse.
func ParseFileName(path string) (link Link, found bool, err error) {
	if len(path) > maxNameBytes {
		return Link{}, false, nil
	}
	name := path[strings.LastIndexAny(path, `/\`)+1:]
	rest, found := strings.CutPrefix(name, FilePrefix)
	if !found {
		return Link{}, false, nil
	}
	// Everything appended begins with a character that is none of base64url's, except a number behind a dash: the check
	// tells which dash is the token's own.
	token := rest[:tokenChars(rest)]
	if len(token) < minTokenChars {
		return Link{}, false, nil
	}
	link, err = ParseToken(token)
	for token, shorter := token, ""; err != nil; token = shorter {
		if shorter = copyNumber.ReplaceAllString(token, ""); shorter == token {
			return Link{}, true, err
		}
		if copied, wrong := ParseToken(shorter); wrong == nil || wrong == ErrOrigin {
			return copied, true, wrong
		}
	}
	return link, true, nil
}

// tokenChars counts the characters of base64url that text begins with.
func tokenChars(text string) int {
	for i := range len(text) {
		c := text[i]
		if !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			return i
		}
	}
	return len(text)
}
