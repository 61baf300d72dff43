/**
 * The chord that gives the keyboard back: Ctrl, Alt and Shift pressed and released together, with nothing else. It is the
 * only one that no program uses, since it writes and does nothing by itself.
 */

const KINDS = ['Control', 'Alt', 'Shift'] as const;

export class ReleaseChord {
  #state: 'open' | 'armed' | 'spoilt' = 'open';

  /** A key went down. @param held all that are down now */
  down(held: ReadonlySet<string>): void {
    if (this.#state === 'spoilt') return;
    const codes = [...held];
    if (!codes.every((code) => KINDS.some((kind) => code.startsWith(kind)))) this.#state = 'spoilt';
    else if (KINDS.every((kind) => codes.some((code) => code.startsWith(kind)))) this.#state = 'armed';
  }

  /** A key went up. @returns whether that completed the chord */
  up(held: ReadonlySet<string>): boolean {
    if (held.size > 0) return false;
    const complete = this.#state === 'armed';
    this.#state = 'open';
    return complete;
  }

  /** Something else was used while keys are down. */
  spoil(held: ReadonlySet<string>): void {
    if (held.size > 0) this.#state = 'spoilt';
  }

  reset(): void {
    this.#state = 'open';
  }
}
