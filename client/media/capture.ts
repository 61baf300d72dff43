/** The browser's own screen capture; what is shared is chosen in the browser's dialog and nowhere else. */

/** Why there is no picture. `gesture`: the browser wants a click first. */
export type CaptureFailure = 'refused' | 'gesture' | 'unsupported';

/** Phones lack `getDisplayMedia`, insecure pages all of `mediaDevices`, whatever the types say. */
export const canCapture = (): boolean =>
  'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;

interface DisplayOptions extends DisplayMediaStreamOptions {
  selfBrowserSurface?: 'include' | 'exclude';
  surfaceSwitching?: 'include' | 'exclude';
  monitorTypeSurfaces?: 'include' | 'exclude';
}

/**
 * Opens the browser's picker.
 * @param stopped called when the share ends by itself: the browser's bar, or the captured window was closed
 */
export async function captureScreen(stopped: () => void): Promise<MediaStream | CaptureFailure> {
  if (!canCapture()) return 'unsupported';
  const options: DisplayOptions = {
    video: { frameRate: { ideal: 30, max: 30 }, width: { max: 3840 }, height: { max: 2160 } },
    audio: false,
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    monitorTypeSurfaces: 'include',
  };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(options);
    const [track] = stream.getVideoTracks();
    if (!track) return 'refused';
    track.contentHint = 'detail';
    track.addEventListener('ended', stopped);
    return stream;
  } catch (error) {
    return error instanceof DOMException && error.name === 'InvalidStateError' ? 'gesture' : 'refused';
  }
}

/** Stops capturing; the browser's own bar disappears. */
export function releaseStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
