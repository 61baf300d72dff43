/** Runs inside the page with the picture: notes when its middle turned from dark to light or back. */

declare global {
  /** When each change was on the display, in epoch milliseconds. */
  var flips: number[];
  var onFlip: (() => void) | null;
}

/** Begins to watch the page's video, which already shows a frame. */
export function watchFlips(): void {
  globalThis.flips = [];
  globalThis.onFlip = null;
  const video = document.querySelector('video');
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!video || !context) throw new Error('no picture');
  const isLight = (): boolean => {
    context.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const [, green = 0] = context.getImageData(0, 0, 1, 1).data;
    return green > 127;
  };
  let light = isLight();
  const onFrame = (_now: number, { expectedDisplayTime }: VideoFrameCallbackMetadata) => {
    const now = isLight();
    if (now !== light) {
      globalThis.flips.push(performance.timeOrigin + expectedDisplayTime);
      globalThis.onFlip?.();
    }
    light = now;
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
}

/** Resolves with the time of the change that follows the first `seen`. */
export function flipAfter(seen: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the picture did not change within 10 s')), 10_000);
    const look = () => {
      const at = globalThis.flips[seen];
      if (at === undefined) return;
      clearTimeout(timer);
      globalThis.onFlip = null;
      resolve(at);
    };
    globalThis.onFlip = look;
    look();
  });
}
