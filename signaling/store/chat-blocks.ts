/** Addresses that no conversation is taken from for a while. */
import type { Db } from './schema';

export async function blockAddress(
  db: Db,
  block: { tenantId: string; addressHash: string; until: number },
): Promise<void> {
  await db
    .insertInto('chat_blocks')
    .values({ tenant_id: block.tenantId, address_hash: block.addressHash, until: block.until })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'address_hash']).doUpdateSet({ until: block.until }),
    )
    .execute();
}

/** @returns until when, or nothing if it is not blocked. */
export async function blockedUntil(
  db: Db,
  tenantId: string,
  addressHash: string,
  now: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('chat_blocks')
    .select('until')
    .where('tenant_id', '=', tenantId)
    .where('address_hash', '=', addressHash)
    .where('until', '>', now)
    .executeTakeFirst();
  return row?.until;
}

export async function purgeBlocks(db: Db, now: number): Promise<void> {
  await db.deleteFrom('chat_blocks').where('until', '<=', now).execute();
}
