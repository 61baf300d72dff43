/** One row for each address that began a conversation lately: the lock under which its conversations are counted. */
import type { Db } from './schema';

/**
 * Holds the address until the transaction ends. PostgreSQL runs starts side by side; each must count those before it.
 * @param at when it was used last
 */
export async function lockAddress(db: Db, tenantId: string, addressHash: string, at: number): Promise<void> {
  await db
    .insertInto('chat_addresses')
    .values({ tenant_id: tenantId, address_hash: addressHash, at })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'address_hash']).doUpdateSet({ at }))
    .execute();
}

/** Nobody has begun a conversation from there since `before`. */
export async function purgeAddresses(db: Db, before: number): Promise<void> {
  await db.deleteFrom('chat_addresses').where('at', '<=', before).execute();
}
