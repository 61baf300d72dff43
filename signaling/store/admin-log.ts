import type { AdminLogRow } from '../../shared/protocol/http';
import { pageOf } from './page';
import type { Db } from './schema';

export type LogEntry = AdminLogRow & { tenantId: string };

export async function insertLogRow(db: Db, { tenantId, ...entry }: LogEntry): Promise<void> {
  await db
    .insertInto('admin_log')
    .values({ ...entry, tenant_id: tenantId })
    .execute();
}

/** Newest first. */
export function listLogRows(
  db: Db,
  tenantId: string,
  page: { before?: number | undefined; limit: number },
): Promise<AdminLogRow[]> {
  const rows = db
    .selectFrom('admin_log')
    .select(['id', 'at', 'actor', 'action', 'subject', 'address'])
    .where('tenant_id', '=', tenantId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc');
  return pageOf(page, (row) => row.at, {
    first: (before, limit) =>
      (before === undefined ? rows : rows.where('at', '<', before)).limit(limit).execute(),
    at: (time) => rows.where('at', '=', time).execute(),
  });
}

export async function purgeLog(db: Db, before: number): Promise<number> {
  const result = await db.deleteFrom('admin_log').where('at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
