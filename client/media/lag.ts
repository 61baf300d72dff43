/** How late the picture is, measured by the browser: from capture at the other side to display here. */

interface FrameTimes extends VideoFrameCallbackMetadata {
  /** Of a received frame: the sender's capture time on this page's clock, once RTCP has told the offset. */
  captureTime?: number;
}

const SMOOTHING = 0.2;

/**
 * Watches the frames of a received video.
 * @param note called with the smoothed lag in milliseconds; never, where the browser does not know capture times
 * @returns stops watching
 */
export function watchLag(video: HTMLVideoElement, note: (ms: number) => void): () => void {
  if (!('requestVideoFrameCallback' in video)) return () => undefined;
  let smoothed: number | null = null;
  let handle = 0;
  const onFrame = (_now: number, times: FrameTimes) => {
    if (times.captureTime !== undefined) {
      const lag = times.expectedDisplayTime - times.captureTime;
      if (lag >= 0 && lag < 60_000) {
        smoothed = smoothed === null ? lag : smoothed + SMOOTHING * (lag - smoothed);
        note(smoothed);
      }
    }
    handle = video.requestVideoFrameCallback(onFrame);
  };
  handle = video.requestVideoFrameCallback(onFrame);
  return () => video.cancelVideoFrameCallback(handle);
}
