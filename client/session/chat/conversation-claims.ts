/** The claims of one conversation: each a new epoch with a key of its own, none ever changed or taken back. */
import { TamperError } from '../../../shared/crypto/errors';
import type { ChatClaim } from '../../../shared/protocol/chat';
import type { KeyOf } from './conversation-keys';

export class ConversationClaims {
  #all: readonly ChatClaim[] = [];
  readonly #keys = new Map<number, Uint8Array>();

  constructor(private readonly keyOf: KeyOf) {}

  get all(): readonly ChatClaim[] {
    return this.#all;
  }

  /** @returns null when the epoch has not begun, or when this side cannot make its key */
  key(epoch: number): Uint8Array | null {
    const known = this.#keys.get(epoch);
    if (known) return known;
    const key = epoch === 0 ? this.keyOf(0, null) : null;
    if (key) this.#keys.set(0, key);
    return key;
  }

  /** @throws TamperError when one is forged, changed or left out */
  load(claims: readonly ChatClaim[]): void {
    claims.forEach((claim) => this.add(claim));
    // Fewer than before is no fault: the newest was told while the snapshot was made.
  }

  /** @throws TamperError `claim`, `mismatch` or `missing` */
  add(claim: ChatClaim): void {
    const same = this.#all[claim.epoch - 1];
    if (same) {
      if (same.signature !== claim.signature) throw new TamperError('mismatch');
      return;
    }
    if (claim.epoch !== this.#all.length + 1) throw new TamperError('missing');
    const key = this.keyOf(claim.epoch, claim);
    if (!key) throw new TamperError('claim');
    this.#keys.set(claim.epoch, key);
    this.#all = [...this.#all, claim];
  }
}
