/** The steps of a conversation's life, each one atomic statement: whoever changes the row has won. */
import { sql } from 'kysely';
import type { ChatEndedBy, SealedChat } from '../../shared/protocol/chat';
import type { Side } from '../../shared/protocol/common';
import { lockAddress } from './chat-addresses';
import { countFrom, type FromAddress } from './chat-queries';
import type { ChatRecord } from './chat-schema';
import type { Db } from './schema';

type NewChat = Pick<
  ChatRecord,
  | 'id'
  | 'tenant_id'
  | 'language'
  | 'visitor_key'
  | 'key_box'
  | 'token_hash'
  | 'address'
  | 'address_hash'
  | 'started_at'
>;

const UNBORN = {
  state: 'waiting',
  epoch: 0,
  next_seq: 1,
  owner: null,
  for_account: null,
  for_from: null,
  claimed_at: null,
  customer_away_at: null,
  customer_delivered: -1,
  customer_seen: -1,
  staff_delivered: -1,
  staff_seen: -1,
  ended_at: null,
  ended_by: null,
  ended_account: null,
  stars: null,
  comment: null,
} as const;

/**
 * Begins a conversation with its question.
 * @param most how many one address may have
 * @returns what stood against it, if anything: `taken` – a visitor's key is for one conversation
 */
export function insertChat(
  db: Db,
  row: NewChat,
  question: SealedChat,
  most: FromAddress,
): Promise<'taken' | 'limited' | undefined> {
  const { from, ...message } = question;
  return db.transaction().execute(async (store) => {
    if (row.address_hash) {
      await lockAddress(store, row.tenant_id, row.address_hash, row.started_at);
      const { all, present } = await countFrom(store, row.tenant_id, row.address_hash);
      if (present >= most.present || all >= most.all) return 'limited';
    }
    const result = await store
      .insertInto('chats')
      .values({ ...UNBORN, ...row, bytes: question.frame.length, waiting_since: row.started_at })
      .onConflict((conflict) => conflict.column('visitor_key').doNothing())
      .executeTakeFirst();
    if (Number(result.numInsertedOrUpdatedRows) !== 1) return 'taken';
    const place = { chat_id: row.id, tenant_id: row.tenant_id, seq: 0, at: row.started_at };
    await store
      .insertInto('chat_messages')
      .values({ ...message, ...place, speaker: from })
      .execute();
    return undefined;
  });
}

/** Holds a conversation as it is until the transaction ends. @returns nothing if it has ended */
export const lockChat = (db: Db, id: string): Promise<ChatRecord | undefined> =>
  db
    .updateTable('chats')
    .set((is) => ({ epoch: is.ref('epoch') }))
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .returningAll()
    .executeTakeFirst();

/** The conversation as it is now. */
export const findChat = (db: Db, id: string): Promise<ChatRecord | undefined> =>
  db.selectFrom('chats').selectAll().where('id', '=', id).executeTakeFirst();

/** The customer's: an unknown conversation and a wrong token are one answer by one statement. */
export const findOwnChat = (db: Db, id: string, tokenHash: string): Promise<ChatRecord | undefined> =>
  db
    .selectFrom('chats')
    .selectAll()
    .where('id', '=', id)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();

/**
 * An operator takes a conversation that waits for them or for everybody; of any number at once exactly one gets it.
 * @param epoch of the claim: one more than the last
 */
export const claimRow = (
  db: Db,
  wish: { id: string; account: string; epoch: number; now: number },
): Promise<ChatRecord | undefined> =>
  db
    .updateTable('chats')
    .set({
      state: 'open',
      epoch: wish.epoch,
      owner: wish.account,
      for_account: null,
      for_from: null,
      waiting_since: null,
      claimed_at: sql<number>`coalesce(claimed_at, ${wish.now})`,
    })
    .where('id', '=', wish.id)
    .where('state', '=', 'waiting')
    .where('epoch', '=', wish.epoch - 1)
    .where((is) => is.or([is('for_account', 'is', null), is('for_account', '=', wish.account)]))
    .returningAll()
    .executeTakeFirst();

/** The owner hands it on; it waits anew. */
export const requeueRow = (
  db: Db,
  wish: { id: string; owner: string; to: string | null; from: string | null; now: number },
): Promise<ChatRecord | undefined> =>
  db
    .updateTable('chats')
    .set({
      state: 'waiting',
      owner: null,
      for_account: wish.to,
      for_from: wish.from,
      waiting_since: wish.now,
    })
    .where('id', '=', wish.id)
    .where('state', '=', 'open')
    .where('owner', '=', wish.owner)
    .returningAll()
    .executeTakeFirst();

/** What was handed on to one colleague only, and not taken, is everybody's; its age stays. */
export const openToAll = (db: Db, waitingBefore: number): Promise<ChatRecord[]> =>
  db
    .updateTable('chats')
    .set({ for_account: null, for_from: null })
    .where('state', '=', 'waiting')
    .where('for_account', 'is not', null)
    .where('waiting_since', '<=', waitingBefore)
    .returningAll()
    .execute();

export interface Ending {
  id: string;
  by: ChatEndedBy;
  /** Who of the staff ends it: only while it is theirs. */
  account?: string | null;
  /** For a customer who stays away: only if they have not come back since. */
  awaySince?: number | undefined;
  now: number;
}

/** @returns nothing if it had ended before, or if what was to end it does not hold any more. */
export function endChatRow(
  db: Db,
  { id, by, account = null, awaySince, now }: Ending,
): Promise<ChatRecord | undefined> {
  return db
    .updateTable('chats')
    .set({
      state: 'ended',
      ended_at: now,
      ended_by: by,
      ended_account: account,
      for_account: null,
      for_from: null,
      waiting_since: null,
    })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .$if(account !== null, (rows) => rows.where('owner', '=', account))
    .$if(awaySince !== undefined, (rows) => rows.where('customer_away_at', '=', awaySince ?? null))
    .returningAll()
    .executeTakeFirst();
}

export interface Patience {
  /** How long a customer may stay away while waiting, and later. */
  waitingMs: number;
  openMs: number;
}

/** Conversations that nobody comes back to, and since when the customer is away. */
export async function idleChats(
  db: Db,
  now: number,
  patience: Patience,
): Promise<{ id: string; awaySince: number }[]> {
  const rows = await db
    .selectFrom('chats')
    .select(['id', 'customer_away_at'])
    .where((is) =>
      is.or([
        is.and([is('state', '=', 'waiting'), is('customer_away_at', '<=', now - patience.waitingMs)]),
        is.and([is('state', '=', 'open'), is('customer_away_at', '<=', now - patience.openMs)]),
      ]),
    )
    .limit(500)
    .execute();
  return rows.map(({ id, customer_away_at }) => ({ id, awaySince: customer_away_at ?? now }));
}

/** @returns false if it has not ended, or was rated before. */
export async function rateRow(
  db: Db,
  { id, stars, comment }: { id: string; stars: number; comment: string | null },
): Promise<boolean> {
  const result = await db
    .updateTable('chats')
    .set({ stars, comment })
    .where('id', '=', id)
    .where('state', '=', 'ended')
    .where('stars', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

const MARKS = {
  customer: ['customer_delivered', 'customer_seen'],
  operator: ['staff_delivered', 'staff_seen'],
} as const;

/** Marks only grow, and never past the last message. @returns the marks now, or nothing if they were so before. */
export function raiseMarks(
  db: Db,
  side: Side,
  { id, delivered, seen }: { id: string; delivered: number; seen: number },
): Promise<ChatRecord | undefined> {
  const [first, second] = MARKS[side];
  const larger = (column: string, value: number) =>
    sql<number>`case when ${sql.ref(column)} < ${value} then ${value} else ${sql.ref(column)} end`;
  return db
    .updateTable('chats')
    .set({ [first]: larger(first, delivered), [second]: larger(second, seen) })
    .where('id', '=', id)
    .where('next_seq', '>', Math.max(delivered, seen))
    .where((is) => is.or([is(first, '<', delivered), is(second, '<', seen)]))
    .returningAll()
    .executeTakeFirst();
}

/**
 * After the end it stays as it was: how long somebody waited for an answer is told from it.
 * @returns false if nothing has changed.
 */
export async function setCustomerPresence(
  db: Db,
  { id, awayAt }: { id: string; awayAt: number | null },
): Promise<boolean> {
  const result = await db
    .updateTable('chats')
    .set({ customer_away_at: awayAt })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .where('customer_away_at', awayAt === null ? 'is not' : 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}
