/** Mouse and pen over the picture, as moves and buttons of the other computer. Knows no DOM; fingers are in `touch.ts`. */
import type { Outbox } from './outbox';
import type { SurfacePoint } from './position';

/** A point of the shared surface: which one, and where on it. */
export interface Spot extends SurfacePoint {
  s: number;
}

export interface ButtonsLike {
  /** As in a MouseEvent: one bit a button. */
  buttons: number;
}

/** Bit of `buttons` and number of `button`. */
const BUTTONS = [
  [1, 0],
  [4, 1],
  [2, 2],
  [8, 3],
  [16, 4],
] as const;

export class PointerInput {
  #down = 0;

  constructor(private readonly outbox: Outbox) {}

  /** Bits of the buttons that are down over there. */
  get down(): number {
    return this.#down;
  }

  /**
   * Every event of the pointer: presses and releases go at once with their exact position, a bare move when its turn
   * comes.
   * @param mayPress false beside the picture: buttons can only be let go there
   */
  pointer(event: ButtonsLike, spot: Spot, mayPress = true): void {
    const wanted = mayPress ? event.buttons : event.buttons & this.#down;
    const changed = BUTTONS.filter(([bit]) => (wanted & bit) !== (this.#down & bit));
    if (changed.length === 0) this.outbox.move({ t: 'move', ...spot });
    for (const [bit, button] of changed) {
      const down = (wanted & bit) !== 0;
      this.#down = down ? this.#down | bit : this.#down & ~bit;
      this.outbox.now({ t: 'button', ...spot, button, down });
    }
  }

  /** One whole click, as a finger makes it. */
  click(spot: Spot, button: number): void {
    this.outbox.now(
      { t: 'move', ...spot },
      { t: 'button', ...spot, button, down: true },
      { t: 'button', ...spot, button, down: false },
    );
  }

  wheel(spot: Spot, { dx, dy }: { dx: number; dy: number }): void {
    if (dx !== 0 || dy !== 0) this.outbox.now({ t: 'wheel', ...spot, dx, dy });
  }

  /** Forgets what is down; the caller sends `release`. */
  clear(): void {
    this.#down = 0;
  }
}
