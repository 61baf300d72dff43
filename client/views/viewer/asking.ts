/** Asks the person there for a grant, and says what has become of the question: nobody is told "asked" who was not. */
import type { Grants } from '../../../shared/protocol/helper';

/** An answer of the other page takes one round trip. */
export const ANSWER_MS = 5_000;

/** `asked`: the person sees it. `notShown`: not now. `notAsked`: it did not get there. */
export type Asked = 'asked' | 'notShown' | 'notAsked';

export class Asking {
  readonly #waiting = new Map<keyof Grants, ReturnType<typeof setTimeout>>();

  /** @param send returns false while there is no link */
  constructor(
    private readonly send: (grant: keyof Grants) => boolean,
    private readonly say: (what: Asked) => void,
  ) {}

  ask(grant: keyof Grants): void {
    this.#forget(grant);
    if (!this.send(grant)) {
      this.say('notAsked');
      return;
    }
    const late = () => {
      this.#waiting.delete(grant);
      this.say('notAsked');
    };
    this.#waiting.set(grant, setTimeout(late, ANSWER_MS));
  }

  /** The other page's answer; one that nobody waits for says nothing. */
  answered(grant: keyof Grants, shown: boolean): void {
    if (this.#forget(grant)) this.say(shown ? 'asked' : 'notShown');
  }

  stop(): void {
    for (const grant of [...this.#waiting.keys()]) this.#forget(grant);
  }

  #forget(grant: keyof Grants): boolean {
    clearTimeout(this.#waiting.get(grant));
    return this.#waiting.delete(grant);
  }
}
