/** Key schedule: everything comes from the session key (CPace's 64-byte ISK) by a label. See docs/protocol.md. */
import { lvCat } from './bytes';
import type { Sodium } from './sodium';

export type Sender = 'operator' | 'customer';

/** BLAKE2b-256 keyed with the session key over lv_cat(label, …context). */
export function subkey(
  sodium: Sodium,
  key: Uint8Array,
  label: string,
  ...context: (Uint8Array | string)[]
): Uint8Array {
  return sodium.crypto_generichash(32, lvCat(label, ...context), key);
}

/** Two fresh nonces that make a key the two sides have never used before: customer's, then operator's. */
export interface NoncePair {
  customer: Uint8Array;
  operator: Uint8Array;
}

/** Key of the relayed frames that `sender` sends in one epoch. */
export const relayKey = (sodium: Sodium, key: Uint8Array, sender: Sender, epoch: NoncePair) =>
  subkey(sodium, key, 'relay', sender, epoch.customer, epoch.operator);

/** Names an epoch on the wire; 8 bytes. */
export const epochId = (sodium: Sodium, key: Uint8Array, epoch: NoncePair) =>
  subkey(sodium, key, 'epoch', epoch.customer, epoch.operator).subarray(0, 8);

/** Key of one direction of one data channel of one peer link. */
export const channelKey = (
  sodium: Sodium,
  key: Uint8Array,
  channel: string,
  sender: Sender,
  link: NoncePair,
) => subkey(sodium, key, 'channel', channel, sender, link.customer, link.operator);

/** Authenticates the nonces with which a new epoch begins. */
export const nonceMac = (
  sodium: Sodium,
  key: Uint8Array,
  sender: Sender,
  nonce: Uint8Array,
  re: Uint8Array,
) => subkey(sodium, key, 'epoch nonce', sender, nonce, re);
