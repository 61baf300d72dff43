/** How many of something one address may hold at the same time. In memory: what is held ends with the process. */
import { ProtocolError } from '../../shared/protocol/errors';
import type { Release } from '../clock';

export class Slots {
  readonly #held = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly onLimited: () => void,
  ) {}

  /** @throws ProtocolError `limited` */
  take(key: string): Release {
    const held = this.#held.get(key) ?? 0;
    if (held >= this.most) {
      this.onLimited();
      throw new ProtocolError('limited');
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
