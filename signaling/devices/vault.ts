/** What the server knows of the tenant's vault, and the card that older vaults lack. */
import { loadSodium } from '../../shared/crypto/sodium';
import { checkVaultCard } from '../../shared/crypto/vault';
import type { VaultKeys, VaultState } from '../../shared/protocol/device';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Author } from '../accounts/operators';
import { writeLog } from '../audit/admin-log';
import { findVault, setVaultCard } from '../store/tenants';
import type { VaultRow } from '../store/schema';
import type { DevicesContext } from './context';

type Needs = Pick<DevicesContext, 'db' | 'clock'>;

/** @throws ProtocolError `not_found` */
export async function vaultOf({ db }: Pick<Needs, 'db'>, tenantId: string): Promise<VaultRow> {
  const vault = await findVault(db, tenantId);
  if (!vault) throw new ProtocolError('not_found');
  return vault;
}

/** Public keys only, for whoever is signed in. */
export const publicKeysOf = (vault: VaultRow): VaultKeys => ({
  identityKey: vault.identity_key,
  vaultKey: vault.public_key,
  vaultCard: vault.card,
});

/** With the box that the release key opens, for an administrator. */
export const stateOf = (vault: VaultRow): VaultState => ({
  publicKey: vault.public_key,
  identityKey: vault.identity_key,
  wrapped: vault.wrapped,
  card: vault.card,
});

/**
 * Keeps the identity key's signature on the vault's key. It has one value only, so doing it again changes nothing.
 * @throws ProtocolError `invalid` when it does not verify
 */
export async function addCard(context: Needs, tenantId: string, author: Author, card: string): Promise<void> {
  const vault = await vaultOf(context, tenantId);
  const sodium = await loadSodium();
  const { public_key: publicKey, identity_key: identityKey } = vault;
  if (!checkVaultCard(sodium, { publicKey, identityKey, card })) {
    throw new ProtocolError('invalid', { fields: ['card'] });
  }
  if (vault.card !== null) return;
  await context.db.transaction().execute(async (db) => {
    if (!(await setVaultCard(db, tenantId, card))) return;
    await writeLog({ ...context, db }, { ...author, tenantId, action: 'vault.card', subject: publicKey });
  });
}
