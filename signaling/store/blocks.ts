/** Addresses that no conversation and no message is taken from for a while. */
import type { BlockRow } from '../../shared/protocol/blocks';
import { newId } from '../secrets';
import type { Db } from './schema';

export interface Block {
  tenantId: string;
  addressHash: string;
  since: number;
  until: number;
  /** The operator, as they were called then. */
  by: { id: string; name: string };
  chatId: string;
}

/** The last word counts: a block of the same address is replaced. */
export async function blockAddress(
  db: Db,
  { tenantId, addressHash, since, until, by, chatId }: Block,
): Promise<void> {
  const said = { id: newId(), since, until, by_id: by.id, by_name: by.name, chat_id: chatId };
  await db
    .insertInto('blocks')
    .values({ ...said, tenant_id: tenantId, address_hash: addressHash })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'address_hash']).doUpdateSet(said))
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
    .selectFrom('blocks')
    .select('until')
    .where('tenant_id', '=', tenantId)
    .where('address_hash', '=', addressHash)
    .where('until', '>', now)
    .executeTakeFirst();
  return row?.until;
}

/** The blocks of this moment, those that last longest first. */
export async function listBlocks(db: Db, tenantId: string, now: number, limit: number): Promise<BlockRow[]> {
  const rows = await db
    .selectFrom('blocks')
    .leftJoin('chats', 'chats.id', 'blocks.chat_id')
    .select(['blocks.id', 'blocks.since', 'blocks.until', 'blocks.by_id', 'blocks.by_name', 'blocks.chat_id'])
    .select(['chats.started_at', 'chats.address'])
    .where('blocks.tenant_id', '=', tenantId)
    .where('blocks.until', '>', now)
    .orderBy('blocks.until', 'desc')
    .orderBy('blocks.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    since: row.since,
    until: row.until,
    byId: row.by_id,
    byName: row.by_name,
    chatId: row.chat_id,
    chatStartedAt: row.started_at,
    address: row.address,
  }));
}

/** @returns the lifted block, or nothing if there is none of that id. */
export const deleteBlock = (
  db: Db,
  tenantId: string,
  id: string,
): Promise<{ chat_id: string | null } | undefined> =>
  db
    .deleteFrom('blocks')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning('chat_id')
    .executeTakeFirst();

/** Forgets blocks that are over. */
export async function purgeBlocks(db: Db, now: number): Promise<void> {
  await db.deleteFrom('blocks').where('until', '<=', now).execute();
}
