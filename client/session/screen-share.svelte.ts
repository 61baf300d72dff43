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

/**
 * What this side shows: one capture, or several chosen windows; released when it is not wanted any more. Input names a
 * picture by its place, so from the first showing on a place is never given to another picture.
 */
export class ScreenShare {
  #places = $state.raw<readonly (Shared | null)[]>([]);
  readonly #list = $derived(this.#places.filter((each) => each !== null));
  #fixed = false;

  /**
   * @param changed a picture ended by itself (the browser's bar, a closed window) or took another size
   * @param capture the browser's, unless a test puts something else in its place
   */
  constructor(
    private readonly changed: () => void,
    private readonly capture: typeof captureScreen = captureScreen,
  ) {}

  /** In the order in which the other side names them; null where one was. */
  get places(): readonly (Shared | null)[] {
    return this.#places;
  }

  /** What is there. */
  get list(): readonly Shared[] {
    return this.#list;
  }

  /** No place is left. */
  get full(): boolean {
    return this.#places.length >= MAX_SURFACES;
  }

  /** The other side hears of the places: they stay as they are. */
  fix(): void {
    this.#fixed = true;
  }

  /**
   * Opens the browser's picker and takes what is chosen: as a further picture under application selection, as the only
   * one otherwise.
   * @param wanted asked again after the picker: the session may have ended meanwhile
   * @returns `none` when the browser wants a click first
   */
  async choose(windowsOnly: boolean, wanted: () => boolean): Promise<Picked> {
    if (windowsOnly && this.full) return 'on';
    const got = await this.capture(windowsOnly, (stream) => this.#gone(stream));
    if (typeof got === 'string') return got === 'gesture' ? 'none' : got;
    const surface = surfaceOfStream(got);
    const problem = wanted() ? this.#problem(windowsOnly, surface) : 'refused';
    if (problem) {
      releaseStream(got);
      return problem;
    }
    if (!windowsOnly) this.#release();
    this.#places = [...this.#places, { stream: got, surface }];
    return 'on';
  }

  /** Takes one picture away. */
  remove(stream: MediaStream): void {
    releaseStream(stream);
    this.#put(this.#places.map((each) => (each?.stream === stream ? null : each)));
  }

  /** Notices new sizes; under application selection ends a picture that has become something else than a window. */
  refresh(windowsOnly: boolean): void {
    const next = this.#places.map((each) => {
      if (!each) return null;
      const surface = surfaceOfStream(each.stream);
      if (windowsOnly && notAWindow(surface)) {
        releaseStream(each.stream);
        return null;
      }
      return same(surface, each.surface) ? each : { stream: each.stream, surface };
    });
    if (next.every((each, index) => each === this.#places[index])) return;
    this.#put(next);
    this.changed();
  }

  /** Ends all of it. */
  release(): void {
    this.#release();
    this.#fixed = false;
  }

  #release(): void {
    for (const { stream } of this.#list) releaseStream(stream);
    this.#put(this.#places.map(() => null));
  }

  /** Before anybody heard of them, places close up. */
  #put(places: (Shared | null)[]): void {
    this.#places = this.#fixed ? places : places.filter((each) => each !== null);
  }

  #problem(windowsOnly: boolean, surface: Surface): PickProblem | null {
    if (!windowsOnly) return null;
    const known = ({ surface: { kind, id } }: Shared) =>
      id !== '' && id === surface.id && kind === surface.kind;
    return notAWindow(surface) ?? (this.#list.some(known) ? 'twice' : null);
  }

  #gone(stream: MediaStream): void {
    if (!this.#list.some((each) => each.stream === stream)) return;
    this.remove(stream);
    this.changed();
  }
}

const same = (a: Surface, b: Surface): boolean =>
  a.kind === b.kind && a.id === b.id && a.width === b.width && a.height === b.height;

function surfaceOfStream(stream: MediaStream): Surface {
  const [track] = stream.getVideoTracks();
  return track ? surfaceOf(track) : { kind: 'unknown', id: '', width: 0, height: 0 };
}
