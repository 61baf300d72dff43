/**
 * The tenant's vault (DESIGN §7): a 32-byte secret whose public keys the server knows, kept there only as a box that
 * the release key (解除キー) opens. The release key is 160 random bits in Crockford's base32, eight groups of four.
 */
import type { VaultRecord } from '../protocol/http';
import { concat, lvCat, utf8 } from './bytes';
import { fromBase64, toBase64 } from './encoding';
import { loadSodium, type Sodium } from './sodium';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function toBase32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const digits = (bytes.length * 8) / 5;
  const at = (index: number) => Number((bits >> BigInt((digits - 1 - index) * 5)) & 31n);
  return Array.from({ length: digits }, (_, index) => ALPHABET.charAt(at(index))).join('');
}

function fromBase32(text: string): Uint8Array {
  let bits = 0n;
  for (const char of text) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(char));
  return Uint8Array.from({ length: 20 }, (_, at) => Number((bits >> BigInt((19 - at) * 8)) & 255n));
}

/**
 * Reads a release key as people type it: any case, any spacing, O for 0 and I or L for 1.
 * @returns the 32 characters, or null
 */
export function parseReleaseKey(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{32}$/.test(plain) ? plain : null;
}

const groupReleaseKey = (plain: string): string => plain.match(/.{4}/g)!.join('-');

const wrapKey = (sodium: Sodium, releaseKey: string) =>
  sodium.crypto_generichash(32, lvCat('tasuki vault wrap 1'), fromBase32(releaseKey));

const WRAP_AD = utf8('tasuki vault 1');

const derive = (sodium: Sodium, secret: Uint8Array, label: string) =>
  sodium.crypto_generichash(32, lvCat(label), secret);

/** Seed of the key pair that opens what is sealed for staff; all that an operator's device is given. */
export const vaultBoxSeed = (sodium: Sodium, secret: Uint8Array): Uint8Array =>
  derive(sodium, secret, 'tasuki vault box 1');

/** Key pairs of a vault secret: X25519 for sealed boxes, Ed25519 for the tenant's identity. */
export function vaultKeys(sodium: Sodium, secret: Uint8Array) {
  return {
    box: sodium.crypto_box_seed_keypair(vaultBoxSeed(sodium, secret)),
    identity: sodium.crypto_sign_seed_keypair(derive(sodium, secret, 'tasuki tenant identity 1')),
  };
}

const VAULT_CARD = 'tasuki vault card 1';

/**
 * The tenant's word about its vault: with it a visitor who knows only the pinned identity key seals for the right vault.
 * @returns base64url of an Ed25519 signature
 */
export function signVaultCard(sodium: Sodium, secret: Uint8Array): string {
  const { box, identity } = vaultKeys(sodium, secret);
  const text = lvCat(VAULT_CARD, identity.publicKey, box.publicKey);
  return toBase64(sodium, sodium.crypto_sign_detached(text, identity.privateKey));
}

/** Whether `publicKey` is the vault of the tenant with this identity key. All three base64url. */
export function checkVaultCard(
  sodium: Sodium,
  { publicKey, identityKey, card }: { publicKey: string; identityKey: string; card: string },
): boolean {
  try {
    const identity = fromBase64(sodium, identityKey);
    const text = lvCat(VAULT_CARD, identity, fromBase64(sodium, publicKey));
    return sodium.crypto_sign_verify_detached(fromBase64(sodium, card), text, identity);
  } catch {
    return false;
  }
}

/** Whether the public keys belong to the secret; if not, somebody names other keys as the tenant's. */
export function ownsVault(
  sodium: Sodium,
  secret: Uint8Array,
  { publicKey, identityKey }: { publicKey: string; identityKey: string },
): boolean {
  const { box, identity } = vaultKeys(sodium, secret);
  return (
    toBase64(sodium, box.publicKey) === publicKey && toBase64(sodium, identity.publicKey) === identityKey
  );
}

/** Makes a vault. Only `record` goes to the server; `releaseKey` is shown to the administrator, once. */
export async function createVault(): Promise<{ record: VaultRecord; releaseKey: string }> {
  const sodium = await loadSodium();
  const secret = sodium.randombytes_buf(32);
  const plain = toBase32(sodium.randombytes_buf(20));
  const nonce = sodium.randombytes_buf(24);
  const box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    secret,
    WRAP_AD,
    null,
    nonce,
    wrapKey(sodium, plain),
  );
  const keys = vaultKeys(sodium, secret);
  return {
    record: {
      publicKey: toBase64(sodium, keys.box.publicKey),
      identityKey: toBase64(sodium, keys.identity.publicKey),
      card: signVaultCard(sodium, secret),
      wrapped: toBase64(sodium, concat(nonce, box)),
    },
    releaseKey: groupReleaseKey(plain),
  };
}

/**
 * Opens a vault with its release key.
 * @returns the 32-byte secret, or null when the key is not the right one
 */
export async function openVault(
  record: Pick<VaultRecord, 'wrapped'>,
  releaseKey: string,
): Promise<Uint8Array | null> {
  const sodium = await loadSodium();
  const plain = parseReleaseKey(releaseKey);
  if (!plain) return null;
  const box = fromBase64(sodium, record.wrapped);
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      box.subarray(24),
      WRAP_AD,
      box.subarray(0, 24),
      wrapKey(sodium, plain),
    );
  } catch {
    return null;
  }
}
