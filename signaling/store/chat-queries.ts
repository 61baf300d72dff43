/** Questions about many conversations: who waits, in which order, how many an address or an operator has. */
import type { ChatState } from '../../shared/protocol/chat';
import type { ChatRecord } from './chat-schema';
import type { Db } from './schema';

/** Who waits, the next one first. */
export const waitingChats = (db: Db, tenantId: string, limit: number): Promise<ChatRecord[]> =>
  db
    .selectFrom('chats')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'waiting')
    .orderBy('waiting_since')
    .orderBy('id')
    .limit(limit)
    .execute();

type Queued = Pick<ChatRecord, 'id' | 'epoch' | 'for_account' | 'started_at' | 'waiting_since'>;

/** Whether each conversation waits for everybody or for one operator, and since when; in the queue's order. */
export const queueOf = (db: Db, tenantId: string): Promise<Queued[]> =>
  db
    .selectFrom('chats')
    .select(['id', 'epoch', 'for_account', 'started_at', 'waiting_since'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'waiting')
    .orderBy('waiting_since')
    .orderBy('id')
    .execute();

export interface FromAddress {
  all: number;
  /** Those whose page is open. */
  present: number;
}

/** Conversations from one address that have not ended. */
export async function countFrom(db: Db, tenantId: string, addressHash: string): Promise<FromAddress> {
  const row = await db
    .selectFrom('chats')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.count<number>('customer_away_at').as('away')])
    .where('tenant_id', '=', tenantId)
    .where('address_hash', '=', addressHash)
    .where('state', 'in', ['waiting', 'open'])
    .executeTakeFirst();
  const all = Number(row?.count ?? 0);
  return { all, present: all - Number(row?.away ?? 0) };
}

/** Conversations that one account has now. */
export async function countOf(db: Db, accountId: string): Promise<number> {
  const row = await db
    .selectFrom('chats')
    .innerJoin('chat_staff', 'chat_staff.chat_id', 'chats.id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('chat_staff.account_id', '=', accountId)
    .where('chat_staff.left_at', 'is', null)
    .where('chats.state', '<>', 'ended')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** How many conversations are in each state short of the end, for the metrics. */
export async function countChatStates(db: Db): Promise<Map<ChatState, number>> {
  const rows = await db
    .selectFrom('chats')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('state', 'in', ['waiting', 'open'])
    .groupBy('state')
    .execute();
  return new Map(rows.map((row) => [row.state, Number(row.count)]));
}

/** After a start: whoever is there will say so. */
export async function detachCustomers(db: Db, now: number): Promise<void> {
  await db
    .updateTable('chats')
    .set({ customer_away_at: now })
    .where('state', '<>', 'ended')
    .where('customer_away_at', 'is', null)
    .execute();
}

/** Customers who are there, while the operator who has them was last seen before `since`. */
export const abandonedChats = (
  db: Db,
  since: number,
): Promise<(Pick<ChatRecord, 'id'> & { owner: string })[]> =>
  db
    .selectFrom('chats')
    .innerJoin('accounts', 'accounts.id', 'chats.owner')
    .leftJoin('chat_presence', 'chat_presence.account_id', 'chats.owner')
    .select(['chats.id', 'accounts.id as owner'])
    .where('chats.state', '=', 'open')
    .where('chats.customer_away_at', 'is', null)
    .where((is) => is.or([is('chat_presence.seen_at', 'is', null), is('chat_presence.seen_at', '<=', since)]))
    .limit(100)
    .execute();

const CHUNK = 500;

/** Which of these customers, who are here, the store has as absent: another node has started meanwhile. */
export async function wronglyAway(db: Db, chatIds: string[]): Promise<string[]> {
  const found: string[] = [];
  for (let at = 0; at < chatIds.length; at += CHUNK) {
    const rows = await db
      .selectFrom('chats')
      .select('id')
      .where('id', 'in', chatIds.slice(at, at + CHUNK))
      .where('state', '<>', 'ended')
      .where('customer_away_at', 'is not', null)
      .execute();
    found.push(...rows.map((row) => row.id));
  }
  return found;
}
