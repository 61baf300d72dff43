package inject

import (
	"testing"

	"tasuki/helper/internal/inject/testwindow"
)

// BenchmarkMoves is what one move of the pointer costs: go test -bench Moves ./internal/inject
func BenchmarkMoves(b *testing.B) {
	d := newDesk(b, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "speed", Width: 800, Height: 600})
	for _, tt := range []struct {
		name    string
		surface Surface
		confine bool
	}{{"monitor", screen, false}, {"window", surface(w), false}, {"confined", surface(w), true}} {
		b.Run(tt.name, func(b *testing.B) {
			if tt.confine {
				ok(b, x.Confine([]Surface{surface(w)}))
			}
			for n := 0; b.Loop(); n++ {
				ok(b, x.Move(tt.surface, float64(n%800)/800, 0.5))
			}
			ok(b, x.sync())
		})
	}
}
