/** Whether operators take chats, and whether a desk of theirs is open. */
import type { Db } from './schema';

/** A desk of theirs is open now. Who is new here takes no chats until they say so. */
export async function touchPresence(
  db: Db,
  who: { accountId: string; tenantId: string; now: number },
): Promise<void> {
  await db
    .insertInto('chat_presence')
    .values({
      account_id: who.accountId,
      tenant_id: who.tenantId,
      available: 0,
      seen_at: who.now,
      left_at: null,
    })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ seen_at: who.now, left_at: null }))
    .execute();
}

/** The same for many at once: the beat of a node's open desks. */
export async function beatPresence(db: Db, accountIds: string[], now: number): Promise<void> {
  if (accountIds.length === 0) return;
  await db
    .updateTable('chat_presence')
    .set({ seen_at: now, left_at: null })
    .where('account_id', 'in', accountIds)
    .execute();
}

/** The last desk of theirs was closed. */
export async function leavePresence(db: Db, accountId: string, now: number): Promise<void> {
  await db
    .updateTable('chat_presence')
    .set({ seen_at: now, left_at: now })
    .where('account_id', '=', accountId)
    .execute();
}

/** @returns false if it was so before. */
export async function setAvailable(db: Db, accountId: string, available: boolean): Promise<boolean> {
  const result = await db
    .updateTable('chat_presence')
    .set({ available: Number(available) })
    .where('account_id', '=', accountId)
    .where('available', '<>', Number(available))
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** Whether the operator takes chats, at an open desk or not. */
export async function isAvailable(db: Db, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('chat_presence')
    .select('available')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.available === 1;
}

export interface Present {
  accountId: string;
  id: string;
  name: string;
  available: boolean;
}

/** Enabled operators with an approved device, signed in, whose desk was open after `since`. */
export async function presentOperators(db: Db, tenantId: string, since: number): Promise<Present[]> {
  const rows = await db
    .selectFrom('chat_presence')
    .innerJoin('accounts', 'accounts.id', 'chat_presence.account_id')
    .select(['accounts.id', 'accounts.login_id', 'accounts.name', 'chat_presence.available'])
    .where('chat_presence.tenant_id', '=', tenantId)
    .where('chat_presence.seen_at', '>', since)
    .where('accounts.role', '=', 'operator')
    .where('accounts.state', '=', 'enabled')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('devices')
          .select('devices.id')
          .whereRef('devices.account_id', '=', 'accounts.id')
          .where('devices.state', '=', 'approved'),
      ),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('sign_ins').select('sign_ins.id').whereRef('sign_ins.account_id', '=', 'accounts.id'),
      ),
    )
    .orderBy('accounts.login_key')
    .execute();
  return rows.map((row) => ({
    accountId: row.id,
    id: row.login_id,
    name: row.name,
    available: row.available === 1,
  }));
}
