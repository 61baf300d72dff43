/** The vault of the sample tenant; the tests know its secret, the server does not. */
import { loadSodium } from '../../shared/crypto/sodium';
import { signVaultCard, vaultKeys } from '../../shared/crypto/vault';
import { toBase64 } from '../../shared/crypto/encoding';
import type { VaultRecord } from '../../shared/protocol/http';

const sodium = await loadSodium();

/** The vault's secret. */
export const ROOT: Uint8Array = sodium.crypto_generichash(32, 'a vault of the tests', null);

const keys = vaultKeys(sodium, ROOT);

/** What the server is given of it; nothing opens `wrapped`. */
export const VAULT: VaultRecord = {
  publicKey: toBase64(sodium, keys.box.publicKey),
  identityKey: toBase64(sodium, keys.identity.publicKey),
  card: signVaultCard(sodium, ROOT),
  wrapped: 'C'.repeat(96),
};
