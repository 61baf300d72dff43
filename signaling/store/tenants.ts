import type { VaultRecord } from '../../shared/protocol/http';
import type { Db, TenantRow, VaultRow } from './schema';

/** The one tenant, or undefined before set-up. */
export const findTenant = (db: Db): Promise<TenantRow | undefined> =>
  db.selectFrom('tenants').selectAll().executeTakeFirst();

/** @returns false if a tenant exists already; the unique slot decides between two at once. */
export async function insertTenant(db: Db, row: Omit<TenantRow, 'slot'>): Promise<boolean> {
  const result = await db
    .insertInto('tenants')
    .values({ ...row, slot: 1 })
    .onConflict((conflict) => conflict.column('slot').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

export async function insertVault(db: Db, tenantId: string, vault: VaultRecord): Promise<void> {
  await db
    .insertInto('vaults')
    .values({
      tenant_id: tenantId,
      public_key: vault.publicKey,
      identity_key: vault.identityKey,
      wrapped: vault.wrapped,
      card: vault.card,
    })
    .execute();
}

/** The tenant's vault, as the server may know it. */
export const findVault = (db: Db, tenantId: string): Promise<VaultRow | undefined> =>
  db.selectFrom('vaults').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();

/** For vaults that were made before there were cards. @returns false if it has one. */
export async function setVaultCard(db: Db, tenantId: string, card: string): Promise<boolean> {
  const result = await db
    .updateTable('vaults')
    .set({ card })
    .where('tenant_id', '=', tenantId)
    .where('card', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}
