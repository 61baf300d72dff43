/** The pictures of a session: what this side shows and what the other side shows, each by its place. */
import type { Surface } from '../../shared/protocol/helper';
import type { Picture } from '../../shared/protocol/relay';
import type { Capture } from '../../shared/session/machine';
import { ScreenShare, type PickProblem, type Shared } from './screen-share.svelte';

/** A place whose window was closed, as the helper hears of it: nothing can be operated there. */
const CLOSED: Surface = { kind: 'unknown', id: '', width: 0, height: 0 };

/** One picture of the other side, as far as it has arrived. */
export interface SeenPicture {
  /** How input names it: its place among the pictures, arrived or not; the same for the whole session. */
  index: number;
  kind: Picture['kind'];
  stream: MediaStream;
}

export interface PicturesEvents {
  /** Application selection: only chosen windows may be shown. */
  windowsOnly(): boolean;
  /** This side may choose at the moment. */
  choosing(): boolean;
  /** How far the capture is; the other side is to be told. */
  capture(capture: Capture): void;
  /** What was chosen is shown from now on. */
  shown(): void;
  /** This browser cannot capture. */
  unsupported(): void;
  /** A picture was closed, or changed its size. */
  changed(): void;
  /** For the audit: how many chosen windows are shown. @returns whether the server took it */
  tellSelection(windows: number): Promise<boolean>;
}

export class SessionPictures {
  #theirs = $state.raw<readonly (Picture | null)[]>([]);
  #streams = $state.raw<readonly MediaStream[]>([]);
  #problem = $state.raw<PickProblem | null>(null);
  #shown = false;
  /** How many chosen windows the server knows of. */
  #toldWindows = 0;

  constructor(
    private readonly events: PicturesEvents,
    private readonly share = new ScreenShare(() => this.events.changed()),
  ) {}

  /** What this side shows or is about to show. */
  get shared(): readonly Shared[] {
    return this.share.list;
  }
  get full(): boolean {
    return this.share.full;
  }
  /** Why what was chosen last is not shown. */
  get problem(): PickProblem | null {
    return this.#problem;
  }

  /** What this side shows, for the other side's viewer. */
  get own(): (Picture | null)[] {
    return this.share.places.map((each) => each && { stream: each.stream.id, kind: each.surface.kind });
  }

  /** The same for the helper: nothing before it is shown. */
  get surfaces(): Surface[] {
    return this.#shown ? this.share.places.map((each) => each?.surface ?? CLOSED) : [];
  }

  /** What the other side shows and has arrived. */
  get seen(): SeenPicture[] {
    return this.#theirs.flatMap((picture, index) => {
      const stream = this.#streams.find(({ id }) => id === picture?.stream);
      return picture && stream ? [{ index, kind: picture.kind, stream }] : [];
    });
  }

  /** The first picture that has arrived, named or not. */
  get first(): MediaStream | null {
    return this.seen[0]?.stream ?? this.#streams[0] ?? null;
  }

  /** Opens the browser's picker. */
  async choose(): Promise<void> {
    const { events } = this;
    const windowsOnly = events.windowsOnly();
    this.#problem = null;
    events.capture('picking');
    const got = await this.share.choose(windowsOnly, () => events.choosing());
    if (!events.choosing()) return;
    if (got === 'unsupported') {
      events.unsupported();
    } else if (got === 'on' && !windowsOnly) {
      this.show();
    } else {
      const known = got === 'none' || got === 'refused' || got === 'on' || got === 'picking';
      this.#problem = known ? null : got;
      // With something on the list, closing the picker refuses nothing.
      events.capture(got === 'refused' && this.shared.length === 0 ? 'refused' : 'none');
    }
  }

  /** What was chosen is shown from now on. */
  show(): void {
    this.#problem = null;
    this.#shown = true;
    this.share.fix();
    this.events.shown();
    void this.tellSelection();
  }

  /** Takes one off the list again. */
  remove(stream: MediaStream): void {
    this.share.remove(stream);
  }

  /** Looks after what is shown. */
  tick(): void {
    this.share.refresh(this.events.windowsOnly());
  }

  async tellSelection(): Promise<void> {
    const windows = this.#shown && this.events.windowsOnly() ? this.shared.length : 0;
    if (windows === 0 || windows === this.#toldWindows) return;
    const before = this.#toldWindows;
    this.#toldWindows = windows;
    if (!(await this.events.tellSelection(windows)) && this.#toldWindows === windows)
      this.#toldWindows = before; // again with the next socket
  }

  /** The other side's pictures, as its message names them. */
  take(pictures: readonly (Picture | null)[] | undefined): void {
    if (!pictures) return;
    this.#theirs = pictures;
    // After a new capture the old one's streams would be kept for ever.
    this.#streams = this.#streams.filter(({ id }) => pictures.some((each) => each?.stream === id));
  }

  /** A stream of the other side has arrived. */
  arrived(stream: MediaStream): void {
    this.#streams = [...this.#streams.filter(({ id }) => id !== stream.id), stream];
  }

  close(): void {
    this.#shown = false;
    this.share.release();
    this.#streams = [];
    this.#theirs = [];
  }
}
