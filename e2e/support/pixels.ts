/** Real pixels: paints the shared screen and reads what arrived in the other browser's picture. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator } from '@playwright/test';
import { until } from './product';

const run = promisify(execFile);

export type Colour = readonly [red: number, green: number, blue: number];
export const RED: Colour = [220, 20, 20];
export const GREEN: Colour = [20, 180, 40];
export const BLUE: Colour = [20, 40, 220];

/** The codec shifts colours by up to 26 a channel. */
const TOLERANCE = 30;

/** Paints the whole X screen. */
export async function paintScreen([red, green, blue]: Colour): Promise<void> {
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
  await run('xsetroot', ['-solid', `#${hex}`]);
}

/** The colour at a place of the picture, x and y from 0 to 1; by default away from the middle, where the pointer stands. */
export function pixelAt(video: Locator, x = 0.3, y = 0.3): Promise<Colour> {
  return video.evaluate(
    (element, [atX, atY]) => {
      const picture = element as HTMLVideoElement;
      const canvas = document.createElement('canvas');
      canvas.width = picture.videoWidth;
      canvas.height = picture.videoHeight;
      const context = canvas.getContext('2d');
      if (!context || canvas.width === 0) throw new Error('no picture yet');
      context.drawImage(picture, 0, 0);
      const at = [Math.floor(atX * (canvas.width - 1)), Math.floor(atY * (canvas.height - 1))] as const;
      const [red = 0, green = 0, blue = 0] = context.getImageData(...at, 1, 1).data;
      return [red, green, blue] as const;
    },
    [x, y] as const,
  );
}

export const close = (a: Colour, b: Colour): boolean =>
  a.every((part, index) => Math.abs(part - (b[index] ?? 0)) <= TOLERANCE);

/** Waits until the picture shows a colour at a place. */
export async function showsColour(video: Locator, colour: Colour, x?: number, y?: number): Promise<void> {
  let seen: Colour | undefined;
  await until(
    async () => {
      seen = await pixelAt(video, x, y);
      return close(seen, colour);
    },
    () => `the colour ${colour.join()} (saw ${String(seen)})`,
  );
}
