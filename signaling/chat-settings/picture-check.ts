/** What a picture is, by its content alone, and whether it may be shown (RS-33–35). */
import { imageSize } from 'image-size';
import {
  MAX_BUTTON_SIDE,
  MAX_PICTURE_BYTES,
  PICTURE_KINDS,
  type PICTURE_FAULTS,
  type PictureKind,
} from '../../shared/protocol/embed';
import { framesOfGif } from './frames-gif';
import { framesOfPng } from './frames-png';
import { framesOfWebp } from './frames-webp';

export type PictureType = 'gif' | 'png' | 'webp';
type Checked =
  | { type: PictureType; width: number; height: number }
  | { fault: (typeof PICTURE_FAULTS)[number]; found?: string };

/** Pictures of an animation: each is decoded at full size. */
export const MAX_FRAMES = 60;

/**
 * Reads only headers, so nothing is ever unpacked here: a picture that would swell in the browser is recognised by the
 * size it declares and the number of its frames.
 * @returns what it is; or what is wrong with it, with its size as `500x60` where that is the reason
 */
export function checkPicture(bytes: Uint8Array, kind: PictureKind): Checked {
  if (bytes.length > MAX_PICTURE_BYTES) return { fault: 'bytes' };
  const type = typeOf(bytes);
  const frames = type && FRAMES[type](bytes);
  const size = frames && sizeOf(bytes);
  if (!type || !frames || !size) return { fault: 'type' };
  const { width, height } = size;
  const needed = PICTURE_KINDS[kind];
  const fits = needed
    ? width === needed[0] && height === needed[1]
    : width > 0 && height > 0 && width <= MAX_BUTTON_SIDE && height <= MAX_BUTTON_SIDE;
  if (!fits) return { fault: 'size', found: `${width}x${height}` };
  return frames > MAX_FRAMES ? { fault: 'animated' } : { type, width, height };
}

/** How many pictures the file holds, or null when it is not whole, or something else follows it. */
const FRAMES: Record<PictureType, (bytes: Uint8Array) => number | null> = {
  gif: framesOfGif,
  png: framesOfPng,
  webp: framesOfWebp,
};

const text = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

function typeOf(bytes: Uint8Array): PictureType | null {
  if (/^GIF8[79]a$/.test(text(bytes, 0, 6))) return 'gif';
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  return text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP' ? 'webp' : null;
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    return imageSize(bytes);
  } catch {
    return null;
  }
}
