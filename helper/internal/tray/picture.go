package tray

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/vector"
)

// Picture draws the helper's mark, a sash across a disc, size pixels square, with a transparent ground.
func Picture(size int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, size, size))
	s := float32(size)
	disc := vector.NewRasterizer(size, size)
	circle(disc, s/2, s/2, s*0.47)
	disc.Draw(out, out.Bounds(), image.NewUniform(color.RGBA{0x0f, 0x6b, 0x5c, 0xff}), image.Point{})

	// The sash is cut to the disc: its coverage is drawn through the disc's.
	mask := image.NewAlpha(out.Bounds())
	inner := vector.NewRasterizer(size, size)
	circle(inner, s/2, s/2, s*0.47)
	inner.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	band := image.NewRGBA(out.Bounds())
	sash := vector.NewRasterizer(size, size)
	for _, offset := range []float32{-0.17, 0.07} {
		o := offset * s
		sash.MoveTo(o, 0)
		sash.LineTo(o+s*0.14, 0)
		sash.LineTo(s+o+s*0.14, s)
		sash.LineTo(s+o, s)
		sash.ClosePath()
	}
	sash.Draw(band, band.Bounds(), image.NewUniform(color.RGBA{0xff, 0xff, 0xff, 0xff}), image.Point{})
	draw.DrawMask(out, out.Bounds(), band, image.Point{}, mask, image.Point{}, draw.Over)
	return out
}

// circle adds a disc as four cubic curves.
func circle(z *vector.Rasterizer, x, y, r float32) {
	const k = 0.5523
	z.MoveTo(x+r, y)
	z.CubeTo(x+r, y+k*r, x+k*r, y+r, x, y+r)
	z.CubeTo(x-k*r, y+r, x-r, y+k*r, x-r, y)
	z.CubeTo(x-r, y-k*r, x-k*r, y-r, x, y-r)
	z.CubeTo(x+k*r, y-r, x+r, y-k*r, x+r, y)
	z.ClosePath()
}
