/** Runs inside the page with the picture: notes when its middle turned from dark to light or back. */

/** One change, in epoch milliseconds. */
export interface Flip {
  /** When it was on the display: the time of the animation frame, which headless Chromium also expects of a video's. */
  shown: number;
  /** Of a video: when the frame's last packet arrived. */
  arrived?: number;
  /** Of a video: how long the decoder took, in milliseconds. */
  decoding?: number;
}

declare global {
  var flips: Flip[];
  var onFlip: (() => void) | null;
  /** What the middle of the picture is at the moment. */
  var pictureIsLight: boolean;
  /** Ends the watching that went on before. */
  var stopFlips: (() => void) | undefined;
}

/** Begins to watch the page's video, which already shows a frame; where there is none, its canvas. */
export function watchFlips(): void {
  globalThis.stopFlips?.();
  globalThis.flips = [];
  globalThis.onFlip = null;
  let watching = true;
  globalThis.stopFlips = () => (watching = false);
  const note = (flip: Flip) => {
    globalThis.flips.push(flip);
    globalThis.onFlip?.();
  };

  const video = document.querySelector('video');
  const pixel = document.createElement('canvas');
  pixel.width = pixel.height = 1;
  const context = pixel.getContext('2d', { willReadFrequently: true });
  const canvas = video ? null : document.querySelector('canvas');
  const drawn = canvas?.getContext('2d');
  if (!context || (!video && !drawn)) throw new Error('no picture');
  const isLight = (): boolean => {
    if (canvas && drawn)
      return (drawn.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[1] ?? 0) > 127;
    if (video) context.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    return (context.getImageData(0, 0, 1, 1).data[1] ?? 0) > 127;
  };
  globalThis.pictureIsLight = isLight();
  const changed = (): boolean => {
    const before = globalThis.pictureIsLight;
    globalThis.pictureIsLight = isLight();
    return globalThis.pictureIsLight !== before;
  };
  if (!video) {
    const onAnimation = (now: number) => {
      if (changed()) note({ shown: performance.timeOrigin + now });
      if (watching) requestAnimationFrame(onAnimation);
    };
    requestAnimationFrame(onAnimation);
    return;
  }
  const onFrame = (_now: number, frame: VideoFrameCallbackMetadata) => {
    const { expectedDisplayTime, receiveTime, processingDuration } = frame;
    if (changed()) {
      note({
        shown: performance.timeOrigin + expectedDisplayTime,
        arrived: performance.timeOrigin + (receiveTime ?? NaN),
        decoding: 1000 * (processingDuration ?? NaN),
      });
    }
    if (watching) video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
}

/** Resolves with the change that follows the first `seen`. */
export function flipAfter(seen: number): Promise<Flip> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the picture did not change within 10 s')), 10_000);
    const look = () => {
      const flip = globalThis.flips[seen];
      if (flip === undefined) return;
      clearTimeout(timer);
      globalThis.onFlip = null;
      resolve(flip);
    };
    globalThis.onFlip = look;
    look();
  });
}
