// Package build says which build of the helper this is.
package build

import "strings"

// Version is set by the linker (scripts/helper-build.mjs) to the version in package.json.
var Version = "dev"

// Origins is set by the linker to the servers this build is for, separated by commas; empty: for any.
var Origins = ""

// Knows tells whether this build is for the server with this origin.
func Knows(origin string) bool { return knows(Origins, origin) }

func knows(origins, origin string) bool {
	if strings.TrimSpace(origins) == "" {
		return true
	}
	for each := range strings.SplitSeq(origins, ",") {
		if strings.TrimSpace(each) == origin {
			return true
		}
	}
	return false
}
