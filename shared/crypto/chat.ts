/**
 * Keys and frames of the chat (docs/protocol.md, "Chat"). The customer starts with the tenant's pinned identity key and
 * trusts nothing else: not the server's word about the vault, not the operator's name.
 *
 *   epoch 0: a key of the customer's own, sealed for the vault, so that staff can read the question before one of them claims
 *   epoch n: X25519 between the customer's key and one that an approved device of the claiming operator has signed
 *
 * frame = nonce (24) ‖ XChaCha20-Poly1305 ciphertext ‖ tag (16); what is not secret about a message is its associated data.
 */
import type { ChatClaim, ChatFrom, SealedChat } from '../protocol/chat';
import type { DeviceCertificate } from '../protocol/device';
import { concat, fromUtf8, lvCat, uint64, utf8 } from './bytes';
import { checkCertificate, type DeviceKeys, type VaultAccess } from './device';
import { fromBase64, toBase64 } from './encoding';
import { TamperError } from './errors';
import { subkey } from './keys';
import type { Sodium } from './sodium';

export const CHAT_SEED_BYTES = 32;
const KEY_BYTES = 64;

export interface ChatVisitor {
  box: { publicKey: Uint8Array; privateKey: Uint8Array };
  /** base64url; names the conversation in everything that is signed or sealed. */
  visitorKey: string;
  /** 64 bytes: the key of epoch 0. */
  questionKey: Uint8Array;
}

/** The customer's keys from the seed of their conversation, which their browser keeps. */
export function chatVisitor(sodium: Sodium, seed: Uint8Array): ChatVisitor {
  const box = sodium.crypto_box_seed_keypair(
    sodium.crypto_generichash(32, lvCat('tasuki chat visitor 1'), seed),
  );
  return {
    box,
    visitorKey: toBase64(sodium, box.publicKey),
    questionKey: sodium.crypto_generichash(KEY_BYTES, lvCat('tasuki chat question 1', box.publicKey), seed),
  };
}

/** @param vaultKey base64url; only one that `checkVaultCard` accepted */
export const sealKey = (sodium: Sodium, key: Uint8Array, vaultKey: string): string =>
  toBase64(sodium, sodium.crypto_box_seal(key, fromBase64(sodium, vaultKey)));

/** @returns the 64-byte key, or null when the box is not for this vault */
export function openKey(sodium: Sodium, access: Pick<VaultAccess, 'box'>, keyBox: string): Uint8Array | null {
  try {
    const { publicKey, privateKey } = access.box;
    const key = sodium.crypto_box_seal_open(fromBase64(sodium, keyBox), publicKey, privateKey);
    return key.length === KEY_BYTES ? key : null;
  } catch {
    return null;
  }
}

type Unsigned = Omit<ChatClaim, 'signature' | 'keyBox'>;

const agreement = (
  sodium: Sodium,
  identityKey: string,
  visitorKey: string,
  claim: Unsigned,
  point: Uint8Array,
) =>
  sodium.crypto_generichash(
    KEY_BYTES,
    lvCat(
      'tasuki chat key 1',
      fromBase64(sodium, identityKey),
      fromBase64(sodium, visitorKey),
      uint64(BigInt(claim.epoch)),
      fromBase64(sodium, claim.key),
      fromBase64(sodium, claim.certificate.signKey),
    ),
    point,
  );

const claimText = (
  sodium: Sodium,
  identityKey: string,
  visitorKey: string,
  claim: Omit<ChatClaim, 'signature'>,
) =>
  lvCat(
    'tasuki chat claim 1',
    fromBase64(sodium, identityKey),
    fromBase64(sodium, visitorKey),
    uint64(BigInt(claim.epoch)),
    fromBase64(sodium, claim.key),
    claim.operator,
    fromBase64(sodium, claim.keyBox),
  );

/** What an operator needs to claim. */
export interface Claimant {
  device: DeviceKeys;
  certificate: DeviceCertificate;
  operator: string;
  identityKey: string;
  vaultKey: string;
}

/**
 * An operator's device takes a conversation.
 * @param epoch one more than the last claim's
 * @returns the claim to send, and the epoch's 64-byte key
 * @throws Error when the visitor's key is a point that makes no secret
 */
export function makeClaim(
  sodium: Sodium,
  { device, certificate, operator, identityKey, vaultKey }: Claimant,
  visitorKey: string,
  epoch: number,
): { claim: ChatClaim; key: Uint8Array } {
  const ephemeral = sodium.crypto_box_keypair();
  const point = sodium.crypto_scalarmult(ephemeral.privateKey, fromBase64(sodium, visitorKey));
  const unsigned = { epoch, key: toBase64(sodium, ephemeral.publicKey), operator, certificate };
  const key = agreement(sodium, identityKey, visitorKey, unsigned, point);
  const sealed = { ...unsigned, keyBox: sealKey(sodium, key, vaultKey) };
  const text = claimText(sodium, identityKey, visitorKey, sealed);
  const signature = sodium.crypto_sign_detached(text, device.sign.privateKey);
  return { claim: { ...sealed, signature: toBase64(sodium, signature) }, key };
}

/** Whether an approved device of the tenant with this (pinned) identity key made the claim, for this conversation. */
export function checkClaim(
  sodium: Sodium,
  identityKey: string,
  visitorKey: string,
  claim: ChatClaim,
): boolean {
  if (!checkCertificate(sodium, identityKey, claim.certificate)) return false;
  try {
    return sodium.crypto_sign_verify_detached(
      fromBase64(sodium, claim.signature),
      claimText(sodium, identityKey, visitorKey, claim),
      fromBase64(sodium, claim.certificate.signKey),
    );
  } catch {
    return false;
  }
}

/**
 * The customer's way to the key of a claim.
 * @throws TamperError `forged` when no approved device made it
 */
export function acceptClaim(
  sodium: Sodium,
  identityKey: string,
  visitor: ChatVisitor,
  claim: ChatClaim,
): Uint8Array {
  if (!checkClaim(sodium, identityKey, visitor.visitorKey, claim)) throw new TamperError('forged');
  try {
    const point = sodium.crypto_scalarmult(visitor.box.privateKey, fromBase64(sodium, claim.key));
    return agreement(sodium, identityKey, visitor.visitorKey, claim, point);
  } catch {
    throw new TamperError('forged');
  }
}

/** Key of the staff's notes about one conversation; the customer cannot make it. 64 bytes. */
export const noteKey = (sodium: Sodium, access: Pick<VaultAccess, 'box'>, visitorKey: string): Uint8Array =>
  sodium.crypto_generichash(
    KEY_BYTES,
    lvCat('tasuki chat note 1', fromBase64(sodium, visitorKey)),
    access.box.privateKey,
  );

/** Key of a remote session that was agreed to in the chat, where the number path has the outcome of CPace. 64 bytes. */
export const chatSessionKey = (sodium: Sodium, key: Uint8Array, sessionId: string): Uint8Array =>
  sodium.crypto_generichash(KEY_BYTES, lvCat('tasuki chat session 1', fromBase64(sodium, sessionId)), key);

type Open = Omit<SealedChat, 'frame'>;

const associated = (sodium: Sodium, visitorKey: string, { epoch, from, sender, n }: Open) =>
  lvCat(
    'tasuki chat message 1',
    fromBase64(sodium, visitorKey),
    uint64(BigInt(epoch)),
    from,
    fromBase64(sodium, sender),
    uint64(BigInt(n)),
  );

const frameKey = (sodium: Sodium, key: Uint8Array, from: ChatFrom) => subkey(sodium, key, 'chat', from);

/** Seals one message. @param key of its epoch, or the note key */
export function sealChat(
  sodium: Sodium,
  key: Uint8Array,
  visitorKey: string,
  head: Open,
  content: object,
): SealedChat {
  const nonce = sodium.randombytes_buf(24);
  const box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    utf8(JSON.stringify(content)),
    associated(sodium, visitorKey, head),
    null,
    nonce,
    frameKey(sodium, key, head.from),
  );
  return { ...head, frame: toBase64(sodium, concat(nonce, box)) };
}

/**
 * Opens one message. The caller checks order (`ChatOrder`) and shape (`ChatContent`).
 * @returns the parsed JSON
 * @throws TamperError `forged` or `malformed`
 */
export function openChat(sodium: Sodium, key: Uint8Array, visitorKey: string, message: SealedChat): unknown {
  const frame = fromBase64(sodium, message.frame);
  let plain: Uint8Array;
  try {
    plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      frame.subarray(24),
      associated(sodium, visitorKey, message),
      frame.subarray(0, 24),
      frameKey(sodium, key, message.from),
    );
  } catch {
    throw new TamperError('forged');
  }
  try {
    return JSON.parse(fromUtf8(plain));
  } catch {
    throw new TamperError('malformed');
  }
}

/** Sees to it that of each sender every message comes, once, in its order. Feed it the whole conversation. */
export class ChatOrder {
  readonly #next = new Map<string, number>();

  /** @throws TamperError `replayed` or `missing` */
  take({ epoch, from, sender, n }: Open): void {
    const id = `${epoch} ${from} ${sender}`;
    const expected = this.#next.get(id) ?? 0;
    if (n < expected) throw new TamperError('replayed');
    if (n > expected) throw new TamperError('missing');
    this.#next.set(id, n + 1);
  }
}
