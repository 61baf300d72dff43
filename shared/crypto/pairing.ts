/** The two halves of pairing by code: CPace with the roles, identifiers and confirmation fixed (DESIGN §3). */
import { PROTOCOL_VERSION } from '../protocol/common';
import { lvCat } from './bytes';
import { confirmationTag, makeShare, sessionKey, sharedPoint, type CpaceInputs, type Message } from './cpace';
import { fromBase64, toBase64 } from './encoding';
import { TamperError } from './errors';
import type { Sodium } from './sodium';
import type { Stretched } from './stretch';

const associated = (side: 'customer' | 'operator') => lvCat('tasuki', side, String(PROTOCOL_VERSION));

function inputs(sodium: Sodium, { rdv, prs }: Stretched, origin: string): CpaceInputs {
  return { prs, ci: lvCat('tasuki pair 1', origin), sid: fromBase64(sodium, rdv) };
}

function requireTag(sodium: Sodium, expected: Uint8Array, received: string): void {
  if (!sodium.memcmp(expected, fromBase64(sodium, received))) throw new TamperError('confirmation');
}

/** What a finished pairing leaves: the session key and the nonces of epoch 0 (the two shares). */
export interface Paired {
  key: Uint8Array;
  shares: { customer: Uint8Array; operator: Uint8Array };
}

/** Initiator: the customer's browser. */
export class CustomerPairing {
  readonly #inputs: CpaceInputs;
  readonly #scalar: Uint8Array;
  readonly #mine: Message;

  constructor(
    private readonly sodium: Sodium,
    stretched: Stretched,
    origin: string,
  ) {
    this.#inputs = inputs(sodium, stretched, origin);
    const { scalar, share } = makeShare(sodium, this.#inputs);
    this.#scalar = scalar;
    this.#mine = { share, ad: associated('customer') };
  }

  /** Ya, for `session:join`. */
  get share(): string {
    return toBase64(this.sodium, this.#mine.share);
  }

  /**
   * @returns the key and the tag that proves to the operator that the code was known
   * @throws TamperError when the other side does not know the code, or somebody sits in between
   */
  finish(reply: { share: string; tag: string }): Paired & { tag: string } {
    const { sodium } = this;
    const theirs: Message = { share: fromBase64(sodium, reply.share), ad: associated('operator') };
    const point = sharedPoint(sodium, this.#scalar, theirs.share);
    const key = sessionKey(sodium, this.#inputs.sid, point, this.#mine, theirs);
    requireTag(sodium, confirmationTag(sodium, this.#inputs.sid, key, theirs), reply.tag);
    const tag = toBase64(sodium, confirmationTag(sodium, this.#inputs.sid, key, this.#mine));
    return { key, tag, shares: { customer: this.#mine.share, operator: theirs.share } };
  }
}

/**
 * Responder: the operator's browser. `expectedTag` is what the customer's confirmation must be.
 * @throws TamperError `share` when the customer's share is unusable
 */
export function answerPairing(
  sodium: Sodium,
  stretched: Stretched,
  origin: string,
  customerShare: string,
): Paired & { share: string; tag: string; expectedTag: string } {
  const given = inputs(sodium, stretched, origin);
  const theirs: Message = { share: fromBase64(sodium, customerShare), ad: associated('customer') };
  const { scalar, share } = makeShare(sodium, given);
  const mine: Message = { share, ad: associated('operator') };
  const key = sessionKey(sodium, given.sid, sharedPoint(sodium, scalar, theirs.share), theirs, mine);
  return {
    key,
    shares: { customer: theirs.share, operator: share },
    share: toBase64(sodium, share),
    tag: toBase64(sodium, confirmationTag(sodium, given.sid, key, mine)),
    expectedTag: toBase64(sodium, confirmationTag(sodium, given.sid, key, theirs)),
  };
}
