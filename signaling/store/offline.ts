/** Messages that were left while nobody was there: sealed boxes with a state, and the proofs of work they cost. */
import type { OfflineRow, OfflineState } from '../../shared/protocol/mail';
import { pageOf } from './page';
import type { Db, OfflineMessageTable } from './schema';

export type NewMessage = Pick<OfflineMessageTable, 'id' | 'tenant_id' | 'at' | 'language' | 'box'>;

/** Keeps a message, as a new one. */
export async function insertMessage(db: Db, message: NewMessage): Promise<void> {
  await db
    .insertInto('offline_messages')
    .values({ ...message, state: 'new', changed_by: null, changed_at: null })
    .execute();
}

const rowOf = (row: Omit<OfflineMessageTable, 'tenant_id'>): OfflineRow => ({
  id: row.id,
  at: row.at,
  language: row.language,
  state: row.state,
  by: row.changed_by,
  changedAt: row.changed_at,
  box: row.box,
});

/** Newest first. */
export async function listMessages(
  db: Db,
  tenantId: string,
  page: { before?: number | undefined; limit: number; state?: OfflineState | undefined },
): Promise<OfflineRow[]> {
  const all = db
    .selectFrom('offline_messages')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc');
  const rows = page.state === undefined ? all : all.where('state', '=', page.state);
  const found = await pageOf<OfflineMessageTable>(page, (row) => row.at, {
    first: (before, limit) =>
      (before === undefined ? rows : rows.where('at', '<', before)).limit(limit).execute(),
    at: (time) => rows.where('at', '=', time).execute(),
  });
  return found.map(rowOf);
}

/** @returns the row as it is now, or undefined if there is none */
export async function changeMessage(
  db: Db,
  message: { id: string; tenantId: string; state: OfflineState; by: string; now: number },
): Promise<OfflineRow | undefined> {
  const row = await db
    .updateTable('offline_messages')
    .set({ state: message.state, changed_by: message.by, changed_at: message.now })
    .where('tenant_id', '=', message.tenantId)
    .where('id', '=', message.id)
    .returningAll()
    .executeTakeFirst();
  return row && rowOf(row);
}

/** How many messages nobody has answered or closed. */
export async function countNew(db: Db, tenantId: string): Promise<number> {
  const { count } = await db
    .selectFrom('offline_messages')
    .select((e) => e.fn.countAll().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'new')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** When the newest message came that nobody has answered or closed; 0: there is none. */
export async function newestNew(db: Db, tenantId: string): Promise<number> {
  const { at } = await db
    .selectFrom('offline_messages')
    .select((e) => e.fn.max<number | null>('at').as('at'))
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'new')
    .executeTakeFirstOrThrow();
  return Number(at ?? 0);
}

/** @returns false if the proof was used before */
export async function spendProof(db: Db, nonce: string, expiresAt: number): Promise<boolean> {
  const result = await db
    .insertInto('spent_proofs')
    .values({ nonce, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('nonce').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

/** Forgets proofs that nobody can use any more. */
export async function purgeProofs(db: Db, now: number): Promise<void> {
  await db.deleteFrom('spent_proofs').where('expires_at', '<', now).execute();
}

/** @returns how many were too old to be kept */
export async function purgeMessages(db: Db, before: number): Promise<number> {
  const result = await db.deleteFrom('offline_messages').where('at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
