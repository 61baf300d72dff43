/**
 * What one open page writes, in order. A message is sealed only when its turn comes and one is under way at a time, so
 * that a refused one leaves no gap in the numbers that the other side counts.
 */
import { sealChat } from '../../../shared/crypto/chat';
import { toBase64 } from '../../../shared/crypto/encoding';
import type { Sodium } from '../../../shared/crypto/sodium';
import type { ChatFrom, SealedChat } from '../../../shared/protocol/chat';
import type { ChatContent } from '../../../shared/protocol/chat-content';

/** Written here and not confirmed by the server. */
export interface Pending {
  id: string;
  from: ChatFrom;
  content: ChatContent;
  /** Epoch ms by this computer's clock. */
  at: number;
  sealed: SealedChat | null;
  failed: boolean;
}

type Head = Pick<SealedChat, 'epoch' | 'from' | 'sender' | 'n'>;
/** Names a message within its conversation, whatever the server calls it. */
export const identity = ({ epoch, from, sender, n }: Head): string => `${epoch} ${from} ${sender} ${n}`;

export class ConversationQueue {
  #pending: Pending[] = [];
  #written = 0;
  /** How many were confirmed, by epoch and kind: the next number. */
  readonly #counts = new Map<string, number>();
  /** Random for each open page, so that two tabs never use a number twice. */
  readonly sender: string;

  constructor(
    private readonly sodium: Sodium,
    private readonly visitorKey: string,
  ) {
    this.sender = toBase64(sodium, sodium.randombytes_buf(8));
  }

  get pending(): readonly Pending[] {
    return this.#pending;
  }

  write(content: ChatContent, from: ChatFrom): string {
    const id = `${this.sender} ${this.#written++}`;
    this.#pending.push({ id, from, content, at: Date.now(), sealed: null, failed: false });
    return id;
  }

  /**
   * The first one in line that there is a key for, sealed; again the same until it is confirmed, or until the epoch has
   * changed.
   */
  next(epoch: number, keyFor: (from: ChatFrom) => Uint8Array | null): SealedChat | null {
    for (const each of this.#pending) {
      const key = each.failed ? null : keyFor(each.from);
      if (!key) continue;
      if (each.sealed?.epoch !== epoch) {
        const n = this.#counts.get(`${epoch} ${each.from}`) ?? 0;
        const head = { epoch, from: each.from, sender: this.sender, n };
        each.sealed = sealChat(this.sodium, key, this.visitorKey, head, each.content);
      }
      return each.sealed;
    }
    return null;
  }

  /** The server has it. @returns what was written, or null when it is not of this page or known already */
  confirm(message: SealedChat): Pending | null {
    const at = this.#indexOf(message);
    const [found] = at < 0 ? [] : this.#pending.splice(at, 1);
    if (!found) return null;
    this.#counts.set(`${message.epoch} ${message.from}`, message.n + 1);
    return found;
  }

  /** The server will not have it; its number is free again. */
  refuse(message: SealedChat): void {
    const found = this.#pending[this.#indexOf(message)];
    if (!found) return;
    found.sealed = null;
    found.failed = true;
  }

  /** Tries a refused one again, after everything else. */
  retry(id: string): void {
    const found = this.#pending.find((each) => each.id === id && each.failed);
    if (!found) return;
    this.discard(id);
    this.#pending.push({ ...found, failed: false });
  }

  /** Gives up a refused one. */
  discard(id: string): void {
    this.#pending = this.#pending.filter((each) => each.id !== id || !each.failed);
  }

  #indexOf(message: SealedChat): number {
    const name = identity(message);
    return this.#pending.findIndex(({ sealed }) => sealed && identity(sealed) === name);
  }
}
