/**
 * Tells the pages that show a button when its state changes. Looks into the store for each set that is shown, so that
 * what happened at another node is seen too; a change at this one is told at once.
 */
import type { ButtonState } from '../../shared/protocol/embed';
import type { Release } from '../clock';

type Tell = (state: ButtonState) => void;

interface Watched {
  last: string;
  tell: Set<Tell>;
}

export class ButtonWatch {
  readonly #watched = new Map<string, Watched>();
  #running: Promise<void> | null = null;
  #asked = 0;

  /** @param read the state of a set; the empty name is the button that the loader draws */
  constructor(private readonly read: (name: string) => Promise<ButtonState>) {}

  /** Tells the state now and whenever it changes, until released. */
  async watch(name: string, tell: Tell): Promise<Release> {
    const state = await this.read(name);
    const watched = this.#watched.get(name) ?? { last: JSON.stringify(state), tell: new Set() };
    this.#watched.set(name, watched);
    watched.tell.add(tell);
    tell(state);
    // Somebody looked before: those who came earlier hear of what was just read as well.
    if (watched.last !== JSON.stringify(state)) await this.refresh();
    return () => {
      watched.tell.delete(tell);
      if (watched.tell.size === 0 && this.#watched.get(name) === watched) this.#watched.delete(name);
    };
  }

  /** Looks again; calls at the same time share one look, and one more after it. */
  refresh(): Promise<void> {
    this.#asked += 1;
    this.#running ??= this.#look().finally(() => (this.#running = null));
    return this.#running;
  }

  async #look(): Promise<void> {
    let answered: number;
    do {
      answered = this.#asked;
      for (const [name, watched] of [...this.#watched]) {
        const state = await this.read(name);
        const text = JSON.stringify(state);
        if (text === watched.last) continue;
        watched.last = text;
        for (const tell of watched.tell) tell(state);
      }
    } while (answered !== this.#asked);
  }
}
