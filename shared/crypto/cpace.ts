/**
 * CPace with ristretto255 and SHA-512, initiator-responder, after draft-irtf-cfrg-cpace-21 (sections 7, 8.3 and
 * "key confirmation"); checked against the draft's own vectors in `shared/vectors/cpace.json`.
 */
import { concat, lvCat, prependLength, utf8 } from './bytes';
import { TamperError } from './errors';
import type { Sodium } from './sodium';

const DSI = utf8('CPaceRistretto255');
const SHA512_BLOCK = 128;

export interface CpaceInputs {
  /** Password-related string. */
  prs: Uint8Array;
  /** Channel identifier: who talks to whom. */
  ci: Uint8Array;
  /** Session id. */
  sid: Uint8Array;
}

/** `generator_string`: padded so that the hash's first block depends on nothing but DSI and PRS. */
export function generatorString({ prs, ci, sid }: CpaceInputs): Uint8Array {
  const padding = Math.max(0, SHA512_BLOCK - 1 - prependLength(prs).length - prependLength(DSI).length);
  return lvCat(DSI, prs, new Uint8Array(padding), ci, sid);
}

/** `calculate_generator`: 32 bytes, an encoded group element. */
export function calculateGenerator(sodium: Sodium, inputs: CpaceInputs): Uint8Array {
  return sodium.crypto_core_ristretto255_from_hash(sodium.crypto_hash_sha512(generatorString(inputs)));
}

/** A party's ephemeral secret and public share. */
export function makeShare(
  sodium: Sodium,
  inputs: CpaceInputs,
  scalar = sodium.crypto_core_ristretto255_scalar_random(),
): { scalar: Uint8Array; share: Uint8Array } {
  return { scalar, share: sodium.crypto_scalarmult_ristretto255(scalar, calculateGenerator(sodium, inputs)) };
}

/**
 * `scalar_mult_vfy` with the abort that the draft demands.
 * @throws TamperError `share` when the peer's share is no group element or the result is the neutral one
 */
export function sharedPoint(sodium: Sodium, scalar: Uint8Array, peerShare: Uint8Array): Uint8Array {
  try {
    return sodium.crypto_scalarmult_ristretto255(scalar, peerShare);
  } catch {
    throw new TamperError('share');
  }
}

export interface Message {
  share: Uint8Array;
  /** Associated data, authenticated by the key. */
  ad: Uint8Array;
}

/** Intermediate session key, 64 bytes; `a` is the initiator's message, `b` the responder's. */
export function sessionKey(
  sodium: Sodium,
  sid: Uint8Array,
  point: Uint8Array,
  a: Message,
  b: Message,
): Uint8Array {
  const transcript = concat(lvCat(a.share, a.ad), lvCat(b.share, b.ad));
  return sodium.crypto_hash_sha512(concat(lvCat(concat(DSI, utf8('_ISK')), sid, point), transcript));
}

/** Key confirmation: HMAC-SHA-512 over a party's own message, keyed with H("CPaceMac" ‖ sid ‖ ISK). */
export function confirmationTag(
  sodium: Sodium,
  sid: Uint8Array,
  isk: Uint8Array,
  message: Message,
): Uint8Array {
  const key = sodium.crypto_hash_sha512(concat(utf8('CPaceMac'), sid, isk));
  return hmacSha512(sodium, key, lvCat(message.share, message.ad));
}

/** The streaming form: libsodium's one-shot HMAC takes 32-byte keys only. */
function hmacSha512(sodium: Sodium, key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = sodium.crypto_auth_hmacsha512_init(key);
  sodium.crypto_auth_hmacsha512_update(state, data);
  return sodium.crypto_auth_hmacsha512_final(state);
}
