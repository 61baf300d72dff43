/** Conversations as the administrator reads them afterwards. */
import type { ChatRow } from '../../shared/protocol/chat-desk';
import type { ChatRecord } from './chat-schema';
import { pageOf } from './page';
import type { Db } from './schema';

interface Who {
  id: string;
  name: string;
}

export interface Transfer {
  chatId: string;
  tenantId: string;
  at: number;
  from: Who;
  /** Null: to everybody. */
  to: Who | null;
}

/** Keeps that it was handed on; under the lock of the conversation's row, which makes `n` rise. */
export async function insertTransfer(db: Db, transfer: Transfer): Promise<void> {
  const row = await db
    .selectFrom('chat_transfers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('chat_id', '=', transfer.chatId)
    .executeTakeFirst();
  await db
    .insertInto('chat_transfers')
    .values({
      chat_id: transfer.chatId,
      n: Number(row?.count ?? 0) + 1,
      tenant_id: transfer.tenantId,
      at: transfer.at,
      from_id: transfer.from.id,
      from_name: transfer.from.name,
      to_id: transfer.to?.id ?? null,
      to_name: transfer.to?.name ?? null,
    })
    .execute();
}

/** Newest first. Never what was said. */
export async function listChats(
  db: Db,
  tenantId: string,
  page: { before?: number | undefined; limit: number },
): Promise<ChatRow[]> {
  const rows = db
    .selectFrom('chats')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('started_at', 'desc')
    .orderBy('id');
  const found = await pageOf<ChatRecord>(page, (row) => row.started_at, {
    first: (before, limit) =>
      (before === undefined ? rows : rows.where('started_at', '<', before)).limit(limit).execute(),
    at: (time) => rows.where('started_at', '=', time).execute(),
  });
  if (found.length === 0) return [];
  const ids = found.map((row) => row.id);
  const [claims, transfers, guests, sessions, enders] = [
    await claimRows(db, ids),
    await transferRows(db, ids),
    await guestRows(db, ids),
    await sessionRows(db, ids),
    await accountNames(db, found),
  ];
  return found.map((row) => ({
    id: row.id,
    language: row.language,
    address: row.address,
    startedAt: row.started_at,
    waitedMs: row.claimed_at === null ? null : row.claimed_at - row.started_at,
    claims: of(claims, row.id).map((each) => ({
      at: each.at,
      operatorId: each.operator_id,
      operatorName: each.operator_name,
      waitedMs: each.waited_ms,
    })),
    transfers: of(transfers, row.id).map((each) => ({
      at: each.at,
      fromId: each.from_id,
      fromName: each.from_name,
      toId: each.to_id,
      toName: each.to_name,
    })),
    guests: of(guests, row.id).map((each) => ({
      id: each.login_id,
      name: each.name,
      joinedAt: each.joined_at,
      leftAt: each.left_at,
    })),
    messages: row.next_seq,
    sessions: of(sessions, row.id).map((each) => ({
      id: each.id,
      mode: each.mode,
      issuedAt: each.issued_at,
      startedAt: each.started_at,
      endedAt: each.ended_at,
    })),
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    endedByStaff: enders.get(row.ended_account ?? '') ?? null,
    stars: row.stars,
  }));
}

const of = <Row extends { chat_id: string | null }>(rows: Row[], chatId: string): Row[] =>
  rows.filter((row) => row.chat_id === chatId);

const claimRows = (db: Db, ids: string[]) =>
  db
    .selectFrom('chat_epochs')
    .select(['chat_id', 'at', 'operator_id', 'operator_name', 'waited_ms'])
    .where('chat_id', 'in', ids)
    .orderBy('epoch')
    .execute();

const transferRows = (db: Db, ids: string[]) =>
  db.selectFrom('chat_transfers').selectAll().where('chat_id', 'in', ids).orderBy('n').execute();

/** Staff that never claimed it; who did stands among the claims. */
const guestRows = (db: Db, ids: string[]) =>
  db
    .selectFrom('chat_staff')
    .innerJoin('accounts', 'accounts.id', 'chat_staff.account_id')
    .select(['chat_staff.chat_id', 'chat_staff.joined_at', 'chat_staff.left_at'])
    .select(['accounts.login_id', 'accounts.name'])
    .where('chat_staff.chat_id', 'in', ids)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('chat_epochs')
            .select('chat_epochs.chat_id')
            .whereRef('chat_epochs.chat_id', '=', 'chat_staff.chat_id')
            .whereRef('chat_epochs.account_id', '=', 'chat_staff.account_id'),
        ),
      ),
    )
    .orderBy('chat_staff.joined_at')
    .execute();

/** Those of the staff who ended one of these conversations. */
async function accountNames(db: Db, rows: ChatRecord[]): Promise<Map<string, Who>> {
  const ids = rows.map((row) => row.ended_account).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const accounts = await db
    .selectFrom('accounts')
    .select(['id', 'login_id', 'name'])
    .where('id', 'in', ids)
    .execute();
  return new Map(accounts.map(({ id, login_id, name }) => [id, { id: login_id, name }]));
}

const sessionRows = (db: Db, ids: string[]) =>
  db
    .selectFrom('sessions')
    .select(['id', 'chat_id', 'mode', 'issued_at', 'started_at', 'ended_at'])
    .where('chat_id', 'in', ids)
    .orderBy('issued_at')
    .execute();

/** Removes conversations that ended before `before`, with all that was said in them; one that goes on is never removed. */
export async function purgeChats(db: Db, before: number): Promise<number> {
  const result = await db
    .deleteFrom('chats')
    .where('state', '=', 'ended')
    .where('ended_at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The customer's pages have had time enough to come back and rate. */
export async function forgetTokens(db: Db, endedBefore: number): Promise<void> {
  await db
    .updateTable('chats')
    .set({ token_hash: null })
    .where('state', '=', 'ended')
    .where('ended_at', '<', endedBefore)
    .where('token_hash', 'is not', null)
    .execute();
}
