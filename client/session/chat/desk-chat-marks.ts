/** Tells the customer how far this desk is: one message under way at a time, always the newest state. */
import type { ChatMarks } from '../../../shared/protocol/chat';
import type { Ack } from '../../../shared/protocol/errors';

export class MarkTeller {
  #told: ChatMarks = { delivered: -1, seen: -1 };
  #wanted: ChatMarks = { delivered: -1, seen: -1 };
  #busy = false;

  constructor(private readonly send: (marks: ChatMarks) => Promise<Ack<object>>) {}

  /** Never goes back. */
  async tell({ delivered, seen }: ChatMarks): Promise<void> {
    this.#wanted = {
      delivered: Math.max(this.#wanted.delivered, delivered, seen),
      seen: Math.max(this.#wanted.seen, seen),
    };
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#told.delivered < this.#wanted.delivered || this.#told.seen < this.#wanted.seen) {
        const marks = this.#wanted;
        // Unanswered: told again with the next change, or after the next connection.
        if (!(await this.send(marks)).ok) return;
        this.#told = marks;
      }
    } finally {
      this.#busy = false;
    }
  }
}
