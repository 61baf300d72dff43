//go:build !linux && !windows && !darwin

package inject

func newPlatform() Injector { return none{ReasonNoDisplay} }
