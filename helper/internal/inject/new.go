package inject

// Stable words for Info.Reason of a "none" backend.
const (
	// ReasonWayland: the desktop is a Wayland session, where X input reaches X programs only.
	ReasonWayland = "wayland"
	// ReasonNoDisplay: there is no desktop to reach, or it refuses this program.
	ReasonNoDisplay = "no-display"
	// ReasonNoPermission: the system asks the person to allow it first (macOS: Accessibility).
	ReasonNoPermission = "no-permission"
	// ReasonNoExtension: the X server lacks XTEST or XInput 2.2, so input, or noticing the customer's own, is not possible.
	ReasonNoExtension = "no-extension"
)

// New connects to this computer's desktop. It never fails: where nothing can be injected, the answer is an injector with
// Info().Backend "none" and a Reason, whose methods answer ErrUnsupported.
func New() Injector { return newPlatform() }

// none is the injector of a desktop that cannot be reached.
type none struct{ reason string }

func (n none) Info() Info                                            { return Info{Backend: "none", Reason: n.reason} }
func (none) Move(Surface, float64, float64) error                    { return ErrUnsupported }
func (none) Button(Surface, float64, float64, int, bool) error       { return ErrUnsupported }
func (none) Wheel(Surface, float64, float64, float64, float64) error { return ErrUnsupported }
func (none) Key(string, bool) error                                  { return ErrUnsupported }
func (none) Address(Surface) error                                   { return ErrUnsupported }
func (none) Text(string) error                                       { return ErrUnsupported }
func (none) SecureAttention() error                                  { return ErrUnsupported }
func (none) ReleaseAll() error                                       { return nil }
func (none) Confine([]Surface) error                                 { return ErrUnsupported }
func (none) Protect(func() []uintptr)                                {}
func (none) ProtectFocused(bool)                                     {}
func (none) OwnInput() <-chan struct{}                               { return nil }
func (none) Close() error                                            { return nil }
