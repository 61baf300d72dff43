/**
 * The mail server's password at rest: XChaCha20-Poly1305 with a key that is not in the store, bound to host, port and
 * user, so that whoever can write to the database cannot have it sent elsewhere.
 */
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import type { MailSettings } from '../../shared/protocol/mail';
import type { ServerSecret } from '../server-secret';

const NONCE_BYTES = 24;

/** For whom the password is good. */
export type LoginPlace = Pick<MailSettings, 'host' | 'port' | 'user'>;

const boundTo = ({ host, port, user }: LoginPlace): string =>
  JSON.stringify([host.toLowerCase(), port, user]);

const keyOf = (secret: ServerSecret): Uint8Array => new Uint8Array(secret.key('mail password'));

/** @returns base64url of nonce and box */
export async function sealPassword(
  secret: ServerSecret,
  place: LoginPlace,
  password: string,
): Promise<string> {
  const sodium = await loadSodium();
  const nonce = sodium.randombytes_buf(NONCE_BYTES);
  const box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    password,
    boundTo(place),
    null,
    nonce,
    keyOf(secret),
  );
  return Buffer.concat([nonce, box]).toString('base64url');
}

/** @returns null when the box was made with another secret or for another place */
export async function openPassword(
  secret: ServerSecret,
  place: LoginPlace,
  sealed: string,
): Promise<string | null> {
  const sodium = await loadSodium();
  const bytes = new Uint8Array(Buffer.from(sealed, 'base64url'));
  try {
    return decrypt(sodium, bytes, place, keyOf(secret));
  } catch {
    return null;
  }
}

const decrypt = (sodium: Sodium, bytes: Uint8Array, place: LoginPlace, key: Uint8Array): string =>
  sodium.to_string(
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      bytes.subarray(NONCE_BYTES),
      boundTo(place),
      bytes.subarray(0, NONCE_BYTES),
      key,
    ),
  );
