/** The data channel `session`, sealed once more with keys that only the two browsers have (DESIGN §3, §5). */
import { fromUtf8, utf8 } from '../../shared/crypto/bytes';
import { TamperError } from '../../shared/crypto/errors';
import { channelKey, type NoncePair } from '../../shared/crypto/keys';
import { Opener, Sealer } from '../../shared/crypto/seal';
import type { Sodium } from '../../shared/crypto/sodium';
import { MAX_CHANNEL_BYTES, SessionMessage } from '../../shared/protocol/channel';
import { otherSide, type Side } from '../../shared/protocol/common';

export class SealedChannel {
  readonly #sealer: Sealer;
  readonly #opener: Opener;

  constructor(sodium: Sodium, key: Uint8Array, name: string, side: Side, nonces: NoncePair) {
    this.#sealer = new Sealer(sodium, channelKey(sodium, key, name, side, nonces));
    this.#opener = new Opener(sodium, channelKey(sodium, key, name, otherSide(side), nonces));
  }

  seal(message: SessionMessage): Uint8Array {
    return this.#sealer.seal(utf8(JSON.stringify(message)));
  }

  /** @throws TamperError for anything that is not the next sealed, well-formed message */
  open(bytes: Uint8Array): SessionMessage {
    if (bytes.length > MAX_CHANNEL_BYTES) throw new TamperError('malformed');
    const plain = this.#opener.open(bytes);
    try {
      return SessionMessage.parse(JSON.parse(fromUtf8(plain)));
    } catch {
      throw new TamperError('malformed');
    }
  }
}
