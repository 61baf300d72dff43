/** Pours the parts of a clipboard text into its channel, waiting while that is full, and tells when all has arrived. */
import type { ClipboardMessage } from '../../shared/protocol/input';

export interface PourDeps {
  /** Whether the channel takes another part now. */
  takes(): boolean;
  send(part: ClipboardMessage): void;
  /** Sends a ping with this time, behind everything else. */
  ping(at: number): void;
}

export class ClipboardPour {
  #parts: ClipboardMessage[] = [];
  #awaited: (() => void)[] = [];
  #askedAt = Infinity;

  constructor(private readonly deps: PourDeps) {}

  /** A newer text takes the place of one still being sent. */
  start(parts: ClipboardMessage[]): void {
    this.#parts = parts;
    this.more();
  }

  /** The channel takes more again. */
  more(): void {
    while (this.#parts.length > 0 && this.deps.takes()) {
      const part = this.#parts.shift();
      if (part) this.deps.send(part);
    }
    this.#ask();
  }

  /** Settles when the other end has answered everything poured until now, or there is nobody to answer any more. */
  arrived(): Promise<void> {
    const settled = new Promise<void>((resolve) => this.#awaited.push(resolve));
    this.#ask();
    return settled;
  }

  /** @param at of the ping that is answered */
  onPong(at: number): void {
    if (at >= this.#askedAt) this.settle();
  }

  /** Forgets what was not sent. */
  forget(): void {
    this.#parts = [];
  }

  /** Lets whoever waits go on. */
  settle(): void {
    this.#askedAt = Infinity;
    for (const resolve of this.#awaited.splice(0)) resolve();
  }

  /** The pong to a ping sent after everything else tells that everything else has arrived. */
  #ask(): void {
    if (this.#awaited.length === 0 || this.#parts.length > 0) return;
    this.#askedAt = performance.now();
    this.deps.ping(this.#askedAt);
  }
}
