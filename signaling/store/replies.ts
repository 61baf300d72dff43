/** Canned replies. `owner` is the operator's account, or empty for the tenant's. */
import type { Db, ReplyRow } from './schema';

/** Owner of the tenant's replies; no account has an empty id. */
export const TENANT_OWNER = '';

/** Of any of these owners, by shortcut. */
export const listReplies = (db: Db, tenantId: string, owners: string[]): Promise<ReplyRow[]> =>
  db
    .selectFrom('replies')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('owner', 'in', owners)
    .orderBy('shortcut')
    .orderBy('owner')
    .execute();

/** @returns false if the owner has that shortcut already, or the id is somebody else's. */
export async function insertReply(db: Db, row: ReplyRow): Promise<boolean> {
  const result = await db
    .insertInto('replies')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

/** @returns the shortcut it had, or undefined if there was none of that owner. */
export async function deleteReply(
  db: Db,
  { tenantId, owner, id }: { tenantId: string; owner: string; id: string },
): Promise<string | undefined> {
  const row = await db
    .deleteFrom('replies')
    .where('id', '=', id)
    .where('tenant_id', '=', tenantId)
    .where('owner', '=', owner)
    .returning('shortcut')
    .executeTakeFirst();
  return row?.shortcut;
}

export async function countReplies(db: Db, tenantId: string, owner: string): Promise<number> {
  const { count } = await db
    .selectFrom('replies')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
  return Number(count);
}
