/** Offline messages: one box for the vault each, which staff devices open. */
import type { VaultAccess } from './device';
import { fromUtf8, utf8 } from './bytes';
import { fromBase64, toBase64 } from './encoding';
import type { Sodium } from './sodium';

/**
 * Seals what a visitor leaves behind.
 * @param vaultKey base64url; only one that `checkVaultCard` accepted
 */
export const sealOffline = (sodium: Sodium, content: object, vaultKey: string): string =>
  toBase64(sodium, sodium.crypto_box_seal(utf8(JSON.stringify(content)), fromBase64(sodium, vaultKey)));

/**
 * Opens a message; the caller checks its shape (`OfflineContent`).
 * @returns the parsed JSON, or null when it is not for this vault, was changed, or is no JSON
 */
export function openOffline(sodium: Sodium, access: Pick<VaultAccess, 'box'>, box: string): unknown {
  try {
    const { publicKey, privateKey } = access.box;
    return JSON.parse(fromUtf8(sodium.crypto_box_seal_open(fromBase64(sodium, box), publicKey, privateKey)));
  } catch {
    return null;
  }
}
