import type { Capture } from '../../shared/session/machine';
import { captureScreen, releaseStream } from '../media/capture';

/** The screen this side shows: at most one capture, released when it is not wanted any more. */
export class ScreenShare {
  #stream = $state.raw<MediaStream | null>(null);

  /** @param stopped the browser's own bar, or the captured window was closed */
  constructor(private readonly stopped: () => void) {}

  get stream(): MediaStream | null {
    return this.#stream;
  }

  /**
   * Opens the browser's picker.
   * @param wanted asked again after the picker: the session may have ended meanwhile
   * @returns `none` when the browser wants a click first
   */
  async choose(wanted: () => boolean): Promise<Capture | 'unsupported'> {
    const got = await captureScreen(this.stopped);
    if (typeof got === 'string') return got === 'gesture' ? 'none' : got;
    if (!wanted()) {
      releaseStream(got);
      return 'refused';
    }
    this.#stream = got;
    return 'on';
  }

  release(): void {
    releaseStream(this.#stream);
    this.#stream = null;
  }
}
