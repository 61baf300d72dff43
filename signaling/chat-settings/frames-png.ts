/**
 * Walks over a PNG's chunks.
 * @returns the number of its pictures (APNG), or null unless it begins with its header, is whole and ends with IEND
 */
export function framesOfPng(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let frames = 0;
  let packed = 0;
  let data = false;
  try {
    for (let at = 8, first = true; ; first = false) {
      const length = view.getUint32(at);
      const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (PACKED.has(type)) packed += length;
      if (first !== (type === 'IHDR') || packed > MAX_PACKED) return null;
      data ||= type === 'IDAT';
      if (type === 'fcTL') frames++;
      at += 12 + length;
      if (at > bytes.length) return null;
      if (type === 'IEND') return data && at === bytes.length ? Math.max(1, frames) : null;
    }
  } catch {
    return null; // it ends in the middle of a chunk
  }
}

/** Texts and profiles, which may be packed: too many would swell without showing anything. */
const PACKED = new Set(['zTXt', 'iTXt', 'iCCP']);
const MAX_PACKED = 65_536;
