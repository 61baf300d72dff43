/**
 * Walks over a GIF's blocks.
 * @returns the number of its pictures, or null unless it is whole, ends with its trailer, and every picture lies on the
 * screen that it declares
 */
export function framesOfGif(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
    let at = 13 + tableBytes(view.getUint8(10));
    for (let frames = 0; ;) {
      const block = view.getUint8(at);
      if (block === TRAILER) return at + 1 === bytes.length && frames > 0 ? frames : null;
      if (block === EXTENSION) {
        at = afterChain(view, at + 2);
      } else if (block === PICTURE) {
        const right = view.getUint16(at + 1, true) + view.getUint16(at + 5, true);
        const bottom = view.getUint16(at + 3, true) + view.getUint16(at + 7, true);
        if (right > width || bottom > height) return null;
        // Descriptor, its own colours, the LZW code size, then the data.
        at = afterChain(view, at + 10 + tableBytes(view.getUint8(at + 9)) + 1);
        frames++;
      } else return null;
    }
  } catch {
    return null; // it ends in the middle of a block
  }
}

const TRAILER = 0x3b;
const EXTENSION = 0x21;
const PICTURE = 0x2c;

/** Size of the colour table that such flags announce. */
const tableBytes = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

/** Data comes in blocks of up to 255 bytes, each behind its length; an empty one is the last. */
function afterChain(view: DataView, at: number): number {
  for (;;) {
    const length = view.getUint8(at);
    at += 1 + length;
    if (length === 0) return at;
  }
}
