/** Who of the staff is in a conversation. */
import { sql } from 'kysely';
import type { ChatRecord } from './chat-schema';
import type { Db } from './schema';

interface Joining {
  chatId: string;
  accountId: string;
  tenantId: string;
  owner: boolean;
  at: number;
}

/** Whoever left is there as told. An owner who is there stays one: an invitation may meet their claim. */
export async function joinStaff(db: Db, { chatId, accountId, tenantId, owner, at }: Joining): Promise<void> {
  await db
    .insertInto('chat_staff')
    .values({
      chat_id: chatId,
      account_id: accountId,
      tenant_id: tenantId,
      owner: Number(owner),
      joined_at: at,
      left_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['chat_id', 'account_id']).doUpdateSet({
        owner: sql<number>`case when chat_staff.left_at is null and chat_staff.owner = 1 then 1 else excluded.owner end`,
        left_at: null,
      }),
    )
    .execute();
}

/** Out of it, owner or not; for whoever hands it on. @returns false if they were not in it. */
export async function leaveStaff(db: Db, chatId: string, accountId: string, at: number): Promise<boolean> {
  const result = await leaving(db, chatId, accountId, at).executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/**
 * Out of it as a guest. Who claims it at the same moment stays: an owner who is not in it could neither speak nor hand
 * it on.
 * @returns false if they were not in it, or it is theirs.
 */
export async function leaveAsGuest(db: Db, chatId: string, accountId: string, at: number): Promise<boolean> {
  const result = await leaving(db, chatId, accountId, at).where('owner', '=', 0).executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

const leaving = (db: Db, chatId: string, accountId: string, at: number) =>
  db
    .updateTable('chat_staff')
    .set({ left_at: at, owner: 0 })
    .where('chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null);

export interface StaffMember {
  accountId: string;
  id: string;
  name: string;
  owner: boolean;
  /** A desk of theirs was seen last at this time; null: not for long. */
  seenAt: number | null;
  leftAt: number | null;
}

/** Who is in it now, the owner first. */
export async function staffOf(db: Db, chatId: string): Promise<StaffMember[]> {
  const rows = await db
    .selectFrom('chat_staff')
    .innerJoin('accounts', 'accounts.id', 'chat_staff.account_id')
    .leftJoin('chat_presence', 'chat_presence.account_id', 'chat_staff.account_id')
    .select(['chat_staff.account_id', 'accounts.login_id', 'accounts.name', 'chat_staff.owner'])
    .select(['chat_presence.seen_at', 'chat_presence.left_at'])
    .where('chat_staff.chat_id', '=', chatId)
    .where('chat_staff.left_at', 'is', null)
    .orderBy('chat_staff.owner', 'desc')
    .orderBy('chat_staff.joined_at')
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    id: row.login_id,
    name: row.name,
    owner: row.owner === 1,
    seenAt: row.seen_at,
    leftAt: row.left_at,
  }));
}

/** Whether the account is in the conversation now. */
export async function isStaff(db: Db, chatId: string, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('chat_staff')
    .select('chat_id')
    .where('chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the account is in the conversation, or was once. */
export async function wasStaff(db: Db, chatId: string, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('chat_staff')
    .select('chat_id')
    .where('chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Conversations that go on and that the account is in; oldest first. */
export const chatsOfAccount = (db: Db, accountId: string, limit: number): Promise<ChatRecord[]> =>
  db
    .selectFrom('chats')
    .innerJoin('chat_staff', 'chat_staff.chat_id', 'chats.id')
    .selectAll('chats')
    .where('chat_staff.account_id', '=', accountId)
    .where('chat_staff.left_at', 'is', null)
    .where('chats.state', '<>', 'ended')
    .orderBy('chats.started_at')
    .limit(limit)
    .execute();

/** How many conversations go on, by the account that has them. */
export async function loads(db: Db, tenantId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('chats')
    .select(({ fn }) => ['owner', fn.countAll<number>().as('count')])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'open')
    .groupBy('owner')
    .execute();
  return new Map(rows.map((row) => [row.owner ?? '', Number(row.count)]));
}
