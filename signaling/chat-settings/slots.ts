/** How many of something one address may hold at the same time. In memory: what is held ends with the process. */
import type { Release } from '../clock';

export class Slots {
  readonly #held = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly onLimited: () => void,
  ) {}

  /** @returns what gives it back, or null when the address holds as many as it may */
  take(key: string): Release | null {
    const held = this.#held.get(key) ?? 0;
    if (held >= this.most) {
      this.onLimited();
      return null;
    }
    this.#held.set(key, held + 1);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const left = (this.#held.get(key) ?? 1) - 1;
      if (left > 0) this.#held.set(key, left);
      else this.#held.delete(key);
    };
  }
}
