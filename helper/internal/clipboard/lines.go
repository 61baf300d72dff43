package clipboard

import "strings"

// crlf writes line ends as Windows programs expect them.
func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}
