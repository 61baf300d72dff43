// Package build says which build of the helper this is.
package build

// Version is set by the linker (scripts/helper-build.mjs) to the version in package.json.
var Version = "dev"
