/** Pictures made by hand: small, whole, and as wrong as a test wants them. */
import { crc32, deflateSync } from 'node:zlib';

const u16 = (value: number) => [value & 255, value >> 8];

/** A GIF with one-coloured pictures. */
export function gif(width: number, height: number, frames = 1): Buffer {
  const picture = [0x2c, 0, 0, 0, 0, ...u16(width), ...u16(height), 0, 2, 2, 0x4c, 0x01, 0];
  return Buffer.from([
    ...Buffer.from('GIF89a'),
    ...[...u16(width), ...u16(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    ...Array.from({ length: frames }, () => picture).flat(),
    0x3b,
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey PNG that decodes. */
export function png(width: number, height: number, extra: [string, Uint8Array][] = []): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    ...extra.map(([type, data]) => chunk(type, data)),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * Math.min(height, 1000)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A lossless WebP, as far as its headers go. */
export function webp(width: number, height: number): Buffer {
  const bits = (width - 1) | ((height - 1) << 14);
  const data = Buffer.from([0x2f, bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, (bits >> 24) & 255, 0]);
  return riff([['VP8L', data]]);
}

/** An animated WebP: a canvas and so many pictures. */
export function movingWebp(width: number, height: number, frames: number): Buffer {
  const canvas = Buffer.alloc(10);
  canvas[0] = 2;
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  const picture: [string, Buffer] = ['ANMF', Buffer.alloc(24)];
  return riff([['VP8X', canvas], ...Array.from({ length: frames }, () => picture)]);
}

function riff(chunks: [string, Buffer][]): Buffer {
  const body = Buffer.concat(
    chunks.map(([type, data]) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(data.length);
      return Buffer.concat([Buffer.from(type), length, data, Buffer.alloc(data.length % 2)]);
    }),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length + 4);
  return Buffer.concat([Buffer.from('RIFF'), size, Buffer.from('WEBP'), body]);
}
