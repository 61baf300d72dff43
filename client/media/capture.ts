/** The browser's own screen capture; what is shared is chosen in the browser's dialog and nowhere else. */

/** Why there is no picture. `gesture`: the browser wants a click first. */
export type CaptureFailure = 'refused' | 'gesture' | 'unsupported';

/** Phones lack `getDisplayMedia`, insecure pages all of `mediaDevices`, whatever the types say. */
export const canCapture = (): boolean =>
  'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;

/** Options of Screen Capture that the DOM types do not know yet. */
export interface DisplayOptions extends DisplayMediaStreamOptions {
  selfBrowserSurface?: 'include' | 'exclude';
  surfaceSwitching?: 'include' | 'exclude';
  monitorTypeSurfaces?: 'include' | 'exclude';
}

/**
 * What the browser's picker is asked for. With application selection it opens at the windows, and browsers that know
 * the option do not even list whole screens; the others are checked afterwards, by what was really captured.
 */
export function displayOptions(windowsOnly: boolean): DisplayOptions {
  return {
    video: {
      frameRate: { ideal: 30, max: 30 },
      width: { max: 3840 },
      height: { max: 2160 },
      ...(windowsOnly ? { displaySurface: 'window' } : {}),
    },
    audio: false,
    selfBrowserSurface: 'exclude',
    surfaceSwitching: windowsOnly ? 'exclude' : 'include',
    monitorTypeSurfaces: windowsOnly ? 'exclude' : 'include',
  };
}

/**
 * Opens the browser's picker.
 * @param windowsOnly application selection: ask for a window
 * @param stopped called when the share ends by itself: the browser's bar, or the captured window was closed
 */
export async function captureScreen(
  windowsOnly: boolean,
  stopped: (stream: MediaStream) => void,
): Promise<MediaStream | CaptureFailure> {
  if (!canCapture()) return 'unsupported';
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(displayOptions(windowsOnly));
    const [track] = stream.getVideoTracks();
    if (!track) return 'refused';
    track.contentHint = 'detail';
    track.addEventListener('ended', () => stopped(stream));
    return stream;
  } catch (error) {
    return error instanceof DOMException && error.name === 'InvalidStateError' ? 'gesture' : 'refused';
  }
}

/** Stops capturing; the browser's own bar disappears. */
export function releaseStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
