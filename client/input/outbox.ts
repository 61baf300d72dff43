/**
 * The order in which input leaves: pointer moves at most one a frame and none while the channel is full, everything else
 * at once and after the move before it. Nothing here waits, unless somebody asks it to hold back.
 */
import type { InputMessage } from '../../shared/protocol/input';

export type Move = Extract<InputMessage, { t: 'move' }>;

export interface OutboxDeps {
  /** @returns false when nothing was sent */
  send(message: InputMessage): boolean;
  /** Bytes that wait to be sent. */
  buffered(): number;
  /** `requestAnimationFrame` */
  frame(act: () => void): void;
}

/** About a hundred moves; what waits behind them is as late as they are. */
const FULL_AT = 16_384;
/** More than anybody types within a hold. */
const MOST_HELD = 500;

export class Outbox {
  #move: Move | null = null;
  #framed = false;
  #held: InputMessage[] | null = null;
  #hold = 0;

  constructor(private readonly deps: OutboxDeps) {}

  /** The newest position; older ones that have not left are forgotten. */
  move(message: Move): void {
    const sendable = !this.#framed && this.#held === null && this.deps.buffered() <= FULL_AT;
    if (sendable) this.deps.send(message);
    else this.#move = message;
    this.#nextFrame();
  }

  /** Leaves before this returns, after the last move. */
  now(...messages: InputMessage[]): void {
    this.#flush();
    for (const message of messages) this.#post(message);
  }

  /**
   * Holds everything back until the promise settles, in order. The newest hold counts.
   * @param until must settle by itself
   */
  hold(until: Promise<void>): void {
    this.#flush();
    this.#held ??= [];
    const hold = ++this.#hold;
    const go = () => hold === this.#hold && this.#release();
    void until.then(go, go);
  }

  /** Forgets what has not left: it was meant for a picture or a grant that is gone. */
  clear(): void {
    this.#move = null;
    this.#held = null;
    this.#hold++;
  }

  #post(message: InputMessage): void {
    if (!this.#held) {
      this.deps.send(message);
      return;
    }
    this.#held.push(message);
    if (this.#held.length > MOST_HELD) this.#release();
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    this.#hold++;
    for (const message of held) this.deps.send(message);
    this.#flush();
  }

  #flush(): void {
    const move = this.#move;
    this.#move = null;
    if (move) this.#post(move);
  }

  #nextFrame(): void {
    if (this.#framed) return;
    this.#framed = true;
    this.deps.frame(() => {
      this.#framed = false;
      const move = this.#move;
      if (!move) return;
      this.#move = null;
      this.move(move);
    });
  }
}
