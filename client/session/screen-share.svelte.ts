import { MAX_SURFACES, type Surface } from '../../shared/protocol/helper';
import type { Capture } from '../../shared/session/machine';
import { captureScreen, releaseStream } from '../media/capture';
import { notAWindow, surfaceOf, type NotAWindow } from '../media/surface';

/** One picture this side shows. */
export interface Shared {
  readonly stream: MediaStream;
  readonly surface: Surface;
}

/** Why what was just chosen is not shown: not a window, or shown already. */
export type PickProblem = NotAWindow | 'twice';

export type Picked = Capture | 'unsupported' | PickProblem;

/** What this side shows: one capture, or several chosen windows; released when it is not wanted any more. */
export class ScreenShare {
  #list = $state.raw<readonly Shared[]>([]);

  /** @param changed a picture ended by itself (the browser's bar, a closed window) or took another size */
  constructor(private readonly changed: () => void) {}

  /** In the order in which the other side names them. */
  get list(): readonly Shared[] {
    return this.#list;
  }

  get full(): boolean {
    return this.#list.length >= MAX_SURFACES;
  }

  /**
   * Opens the browser's picker and takes what is chosen: as a further picture under application selection, as the only
   * one otherwise.
   * @param wanted asked again after the picker: the session may have ended meanwhile
   * @returns `none` when the browser wants a click first
   */
  async choose(windowsOnly: boolean, wanted: () => boolean): Promise<Picked> {
    if (windowsOnly && this.full) return 'on';
    const got = await captureScreen(windowsOnly, (stream) => this.#gone(stream));
    if (typeof got === 'string') return got === 'gesture' ? 'none' : got;
    const surface = surfaceOfStream(got);
    const problem = wanted() ? this.#problem(windowsOnly, surface) : 'refused';
    if (problem) {
      releaseStream(got);
      return problem;
    }
    if (!windowsOnly) this.release();
    this.#list = [...this.#list, { stream: got, surface }];
    return 'on';
  }

  /** Takes one picture away. */
  remove(stream: MediaStream): void {
    releaseStream(stream);
    this.#list = this.#list.filter((each) => each.stream !== stream);
  }

  /** Notices new sizes; under application selection ends a picture that has become something else than a window. */
  refresh(windowsOnly: boolean): void {
    const next = this.#list.map(({ stream }) => ({ stream, surface: surfaceOfStream(stream) }));
    const kept = windowsOnly ? next.filter(({ surface }) => !notAWindow(surface)) : next;
    for (const each of next) if (!kept.includes(each)) releaseStream(each.stream);
    if (JSON.stringify(kept.map(surfaceIn)) === JSON.stringify(this.#list.map(surfaceIn))) return;
    this.#list = kept;
    this.changed();
  }

  release(): void {
    for (const { stream } of this.#list) releaseStream(stream);
    this.#list = [];
  }

  #problem(windowsOnly: boolean, surface: Surface): PickProblem | null {
    if (!windowsOnly) return null;
    const same = ({ kind, id }: Surface) => id !== '' && id === surface.id && kind === surface.kind;
    return notAWindow(surface) ?? (this.#list.map(surfaceIn).some(same) ? 'twice' : null);
  }

  #gone(stream: MediaStream): void {
    if (!this.#list.some((each) => each.stream === stream)) return;
    this.remove(stream);
    this.changed();
  }
}

const surfaceIn = ({ surface }: Shared): Surface => surface;

function surfaceOfStream(stream: MediaStream): Surface {
  const [track] = stream.getVideoTracks();
  return track ? surfaceOf(track) : { kind: 'unknown', id: '', width: 0, height: 0 };
}
