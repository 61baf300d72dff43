//go:build unix && !darwin

package dialog

import (
	"errors"
	"image"
	"math/bits"

	"github.com/jezek/xgb/xproto"
)

// pixelFormat is how the screen wants its pixels: 16 or 32 bits with the colours at these places.
type pixelFormat struct {
	depth            byte
	bytes            int
	pad              int
	bigEndian        bool
	red, green, blue channel
}

type channel struct{ shift, width int }

func newPixelFormat(setup *xproto.SetupInfo, screen *xproto.ScreenInfo) (pixelFormat, error) {
	p := pixelFormat{depth: screen.RootDepth, bigEndian: setup.ImageByteOrder == xproto.ImageOrderMSBFirst}
	for _, format := range setup.PixmapFormats {
		if format.Depth == screen.RootDepth {
			p.bytes, p.pad = int(format.BitsPerPixel)/8, int(format.ScanlinePad)/8
		}
	}
	for _, depth := range screen.AllowedDepths {
		for _, visual := range depth.Visuals {
			if visual.VisualId == screen.RootVisual {
				p.red, p.green, p.blue = channelOf(visual.RedMask), channelOf(visual.GreenMask), channelOf(visual.BlueMask)
			}
		}
	}
	if (p.bytes != 2 && p.bytes != 4) || p.red.width == 0 || p.green.width == 0 || p.blue.width == 0 {
		return p, errors.New("display: unknown pixel format")
	}
	return p, nil
}

func channelOf(mask uint32) channel {
	return channel{bits.TrailingZeros32(mask), bits.OnesCount32(mask)}
}

// put places an 8-bit value into a pixel.
func (c channel) put(value byte) uint32 {
	if c.width >= 8 {
		return uint32(value) << (c.shift + c.width - 8)
	}
	return uint32(value>>(8-c.width)) << c.shift
}

// encode gives rows top..bottom of the picture as the server wants them.
func (p pixelFormat) encode(img *image.RGBA, top, bottom int) []byte {
	width := img.Rect.Dx()
	stride := p.stride(width)
	out := make([]byte, stride*(bottom-top))
	for y := top; y < bottom; y++ {
		in, row := img.Pix[y*img.Stride:], out[(y-top)*stride:]
		for x := range width {
			value := p.red.put(in[4*x]) | p.green.put(in[4*x+1]) | p.blue.put(in[4*x+2])
			for n := range p.bytes {
				at := n
				if p.bigEndian {
					at = p.bytes - 1 - n
				}
				row[x*p.bytes+at] = byte(value >> (8 * n))
			}
		}
	}
	return out
}

func (p pixelFormat) stride(width int) int { return (width*p.bytes + p.pad - 1) / p.pad * p.pad }
