/** Which operators are told of offline messages by mail, and up to when they were told. */
import type { AccountRow, Db } from './schema';

/** Whether an operator wants to be told. */
export async function wantsNotices(db: Db, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('notices')
    .select('offline_mail')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.offline_mail === 1;
}

/** Who begins to be told now is not told of what came before. Wishing the same again changes nothing. */
export async function setNotices(
  db: Db,
  account: Pick<AccountRow, 'id' | 'tenant_id'>,
  on: boolean,
  now: number,
): Promise<void> {
  const change = { offline_mail: Number(on), told_at: now, next_at: 0 };
  await db
    .insertInto('notices')
    .values({ account_id: account.id, tenant_id: account.tenant_id, ...change })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet(change).where('notices.offline_mail', '<>', Number(on)),
    )
    .execute();
}

export interface DueNotice {
  account: string;
  name: string;
  email: string;
  toldAt: number;
}

/** Enabled operators with an address who want to know and have not been told of the message of time `newest`. */
export async function dueNotices(
  db: Db,
  tenantId: string,
  newest: number,
  now: number,
): Promise<DueNotice[]> {
  const rows = await db
    .selectFrom('notices')
    .innerJoin('accounts', 'accounts.id', 'notices.account_id')
    .select(['accounts.id as account', 'accounts.name', 'accounts.email', 'notices.told_at as toldAt'])
    .where('notices.tenant_id', '=', tenantId)
    .where('notices.offline_mail', '=', 1)
    .where('notices.told_at', '<', newest)
    .where('notices.next_at', '<=', now)
    .where('accounts.state', '=', 'enabled')
    .where('accounts.email', '<>', '')
    .limit(500)
    .execute();
  return rows;
}

/** Of several nodes that want to tell the same operator, one may. */
export async function claimNotice(
  db: Db,
  due: DueNotice,
  change: { toldAt: number; nextAt: number },
): Promise<boolean> {
  const result = await db
    .updateTable('notices')
    .set({ told_at: change.toldAt, next_at: change.nextAt })
    .where('account_id', '=', due.account)
    .where('told_at', '=', due.toldAt)
    .where('offline_mail', '=', 1)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** It could not be sent: the operator counts as not told, for a later try. */
export async function returnNotice(db: Db, due: DueNotice, claimedAt: number): Promise<void> {
  await db
    .updateTable('notices')
    .set({ told_at: due.toldAt })
    .where('account_id', '=', due.account)
    .where('told_at', '=', claimedAt)
    .execute();
}
