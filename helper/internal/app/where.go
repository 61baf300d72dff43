package app

import (
	"strings"

	"tasuki/helper/internal/link"
)

// start is what the program was started with.
type start struct {
	// link has a secret, or only the server's origin, or nothing at all.
	link link.Link
	// damaged: there was a link, but it is not whole.
	damaged bool
}

// findStart looks for a `tasuki:` link in the arguments, then at the program's own name.
func findStart(args []string, program string) start {
	for _, arg := range args {
		if !strings.HasPrefix(strings.ToLower(arg), link.Scheme) {
			continue
		}
		found, err := link.Parse(link.Scheme + arg[len(link.Scheme):])
		return start{link: found, damaged: err != nil}
	}
	found, _, err := link.ParseFileName(program)
	if err != nil {
		// A renamed or damaged file asks for the number, as one downloaded in advance does.
		return start{}
	}
	return start{link: found}
}
