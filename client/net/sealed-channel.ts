/** A data channel, sealed once more with keys that only its two ends have (DESIGN §3, §5). */
import type { z } from '../../shared/protocol/zod';
import { fromUtf8, utf8 } from '../../shared/crypto/bytes';
import { TamperError } from '../../shared/crypto/errors';
import { channelKey, type NoncePair, type Sender } from '../../shared/crypto/keys';
import { Opener, Sealer } from '../../shared/crypto/seal';
import type { Sodium } from '../../shared/crypto/sodium';
import { otherSide } from '../../shared/protocol/common';

export interface ChannelSpec<M> {
  /** As in the channel's key. */
  name: string;
  /** What may travel here. */
  schema: z.ZodType<M>;
  /** Longest message, seal included. */
  maxBytes: number;
}

export class SealedChannel<M> {
  readonly #sealer: Sealer;
  readonly #opener: Opener;

  constructor(
    sodium: Sodium,
    key: Uint8Array,
    private readonly spec: ChannelSpec<M>,
    side: Sender,
    nonces: NoncePair,
  ) {
    this.#sealer = new Sealer(sodium, channelKey(sodium, key, spec.name, side, nonces));
    this.#opener = new Opener(sodium, channelKey(sodium, key, spec.name, otherSide(side), nonces));
  }

  /** What is sealed must be sent: the other end counts. */
  seal(message: M): Uint8Array {
    return this.#sealer.seal(utf8(JSON.stringify(message)));
  }

  /** @throws TamperError for anything that is not the next sealed, well-formed message */
  open(bytes: Uint8Array): M {
    if (bytes.length > this.spec.maxBytes) throw new TamperError('malformed');
    const plain = this.#opener.open(bytes);
    try {
      return this.spec.schema.parse(JSON.parse(fromUtf8(plain)));
    } catch {
      throw new TamperError('malformed');
    }
  }
}
