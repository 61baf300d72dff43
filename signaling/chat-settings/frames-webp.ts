/**
 * Walks over a WebP's chunks.
 * @returns the number of its pictures, or null unless it is whole and nothing follows it
 */
export function framesOfWebp(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const seen = { still: 0, animated: 0 };
  try {
    if (view.getUint32(4, true) + 8 !== bytes.length) return null;
    for (let at = 12; at < bytes.length;) {
      const type = String.fromCharCode(...bytes.subarray(at, at + 4));
      const length = view.getUint32(at + 4, true);
      if (type === 'ANMF') seen.animated++;
      if (type === 'VP8 ' || type === 'VP8L') seen.still++;
      at += 8 + length + (length % 2); // chunks begin at even places
      if (at > bytes.length) return null;
    }
  } catch {
    return null; // it ends in the middle of a chunk
  }
  if (seen.animated > 0) return seen.still === 0 ? seen.animated : null;
  return seen.still === 1 ? 1 : null;
}
