/** Sends what is written in a conversation: one after the other, again after an outage, never twice. */
import type { ChatFrom, SealedChat } from '../../../shared/protocol/chat';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import type { Ack } from '../../../shared/protocol/errors';
import type { Conversation } from './conversation';

/** When nobody knows when the server will take messages again. */
const PAUSE_MS = 2000;
/** A server that says `limited` until next year is asked again all the same. */
const LONGEST_PAUSE_MS = 60_000;

export interface OutboxOptions {
  send: (message: SealedChat) => Promise<Ack<{ seq: number; at: number }>>;
  /**
   * It is not known what the server has (no answer), or a claim has not arrived here: fetch the whole conversation, load
   * it, and only then call `flush`. Not called while there is nothing to send.
   */
  reload: () => void;
}

export class Outbox {
  #busy = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly conversation: Conversation,
    private readonly options: OutboxOptions,
  ) {}

  /** @returns the id of the new entry */
  write(content: ChatContent, from?: ChatFrom): string {
    const id = this.conversation.write(content, from);
    void this.flush();
    return id;
  }

  retry(id: string): void {
    this.conversation.retry(id);
    void this.flush();
  }

  /** Sends what waits; call it after each `load`. */
  async flush(): Promise<void> {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      for (;;) {
        const message = this.conversation.next();
        if (!message) return;
        const ack = await this.options.send(message);
        if (ack.ok) this.conversation.sent(message, ack);
        else if (ack.error === 'limited') return this.#later(() => void this.flush(), ack.retryAt);
        else if (ack.error === 'failed' || ack.error === 'conflict' || ack.error === 'busy') {
          return this.#later(this.options.reload);
        } else this.conversation.refused(message);
      }
    } finally {
      this.#busy = false;
    }
  }

  /** Stops trying. */
  close(): void {
    clearTimeout(this.#timer);
    this.#closed = true;
  }

  #later(work: () => void, at?: number): void {
    if (this.#closed) return;
    const pause = at === undefined ? PAUSE_MS : Math.max(0, at - Date.now());
    this.#timer = setTimeout(work, Math.min(pause, LONGEST_PAUSE_MS));
  }
}
