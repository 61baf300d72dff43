/** Byte strings: base64url, UTF-8 and the length-prefixed concatenation of draft-irtf-cfrg-cpace. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** @throws TypeError when the bytes are not UTF-8 */
export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

export function concat(...parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** `prepend_len` of the CPace draft: LEB128 length, then the data. */
export function prependLength(data: Uint8Array): Uint8Array {
  const length: number[] = [];
  let rest = data.length;
  do {
    length.push(rest < 128 ? rest : (rest & 0x7f) | 0x80);
    rest >>>= 7;
  } while (rest > 0);
  return concat(Uint8Array.from(length), data);
}

/** `lv_cat` of the CPace draft: unambiguous concatenation. Text is taken as UTF-8. */
export function lvCat(...parts: (Uint8Array | string)[]): Uint8Array {
  return concat(...parts.map((part) => prependLength(typeof part === 'string' ? utf8(part) : part)));
}

/** Big-endian 64-bit counter. */
export function uint64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}

export const readUint64 = (bytes: Uint8Array): bigint =>
  new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
