/** What of a conversation the person has seen, what is new, and where the line between the two stands. */
import type { ChatMarks } from '../../../shared/protocol/chat';
import type { Entry } from './conversation';

const fromThere = ({ mine, seq }: Entry, after: number) => !mine && seq !== null && seq > after;

export class VisitorReading {
  #entries = $state.raw<readonly Entry[]>([]);
  #seen = $state(-1);
  #divider = $state<number | null>(null);
  /** Last `seq` that a sound was made for. */
  #heard = -1;
  #last = -1;
  #looking = false;

  /**
   * @param tell how far this page is
   * @param arrived something new is there
   */
  constructor(
    private readonly tell: (marks: ChatMarks) => void,
    private readonly arrived: () => void,
  ) {}

  /** Messages of the other side that nobody has looked at. */
  get unread(): number {
    return this.#entries.filter((entry) => fromThere(entry, this.#seen)).length;
  }

  /** A line stands after this `seq`: the person was away when the rest came. */
  get divider(): number | null {
    return this.#divider;
  }

  /** The end of the conversation is in front of the person. */
  look(looking: boolean): void {
    this.#looking = looking;
    this.#settle();
  }

  /** The person answers: everything before is old. */
  answered(): void {
    this.#divider = null;
  }

  /** @param first what is there was read before a reload, or in another tab */
  update(entries: readonly Entry[], last: number, first = false): void {
    this.#entries = entries;
    this.#last = last;
    if (first) this.#seen = this.#heard = last;
    if (entries.some((entry) => fromThere(entry, this.#heard))) {
      this.#heard = last;
      if (!this.#looking) this.#divider ??= this.#seen;
      this.arrived();
    }
    this.#settle();
  }

  #settle(): void {
    if (this.#looking) this.#seen = Math.max(this.#seen, this.#last);
    if (this.#last >= 0) this.tell({ delivered: this.#last, seen: this.#seen });
  }
}
