/**
 * Sealed frames of one direction of one ordered stream: XChaCha20-Poly1305, nonce = 16 zero bytes ‖ 64-bit counter.
 * A key is used for one direction of one epoch or one link only, so a nonce never returns.
 *
 * frame = counter (8 bytes, big-endian) ‖ ciphertext ‖ tag (16 bytes); the counter is the associated data.
 */
import { concat, readUint64, uint64 } from './bytes';
import { TamperError } from './errors';
import type { Sodium } from './sodium';

export const SEAL_OVERHEAD = 24;

const nonceOf = (counter: Uint8Array) => concat(new Uint8Array(16), counter);

export class Sealer {
  #next = 0n;

  constructor(
    private readonly sodium: Sodium,
    private readonly key: Uint8Array,
  ) {}

  seal(plain: Uint8Array): Uint8Array {
    const counter = uint64(this.#next++);
    const box = this.sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
      plain,
      counter,
      null,
      nonceOf(counter),
      this.key,
    );
    return concat(counter, box);
  }
}

/** The stream is ordered and complete, so the counter must be the very next one. */
export class Opener {
  #expected = 0n;

  constructor(
    private readonly sodium: Sodium,
    private readonly key: Uint8Array,
  ) {}

  /** @throws TamperError `forged`, `replayed` or `missing` */
  open(frame: Uint8Array): Uint8Array {
    if (frame.length < SEAL_OVERHEAD) throw new TamperError('forged');
    const counter = frame.subarray(0, 8);
    const plain = this.#decrypt(frame.subarray(8), counter);
    const value = readUint64(counter);
    if (value < this.#expected) throw new TamperError('replayed');
    if (value > this.#expected) throw new TamperError('missing');
    this.#expected++;
    return plain;
  }

  #decrypt(box: Uint8Array, counter: Uint8Array): Uint8Array {
    try {
      return this.sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        null,
        box,
        counter,
        nonceOf(counter),
        this.key,
      );
    } catch {
      throw new TamperError('forged');
    }
  }
}
