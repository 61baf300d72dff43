/** How long visitors waited for the first answer: those who got one, and those who gave up before. */
import type { Db } from './schema';

/**
 * From the question to the first claim, for the last conversations claimed since `since`; newest first. Later claims
 * are no such waits: a conversation that is handed on begins to wait anew.
 */
export async function firstWaits(db: Db, tenantId: string, since: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('chat_epochs')
    .select('waited_ms')
    .where('tenant_id', '=', tenantId)
    .where('at', '>', since)
    .where('epoch', '=', 1)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.waited_ms);
}

/** From the question until the visitor left without an answer, for the last who did since `since`; newest first. */
export async function givenUpWaits(
  db: Db,
  tenantId: string,
  since: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('chats')
    .select(['started_at', 'ended_at', 'customer_away_at'])
    .where('tenant_id', '=', tenantId)
    .where('claimed_at', 'is', null)
    .where('ended_at', '>', since)
    .where('ended_by', 'in', ['customer', 'idle'])
    .orderBy('ended_at', 'desc')
    .limit(limit)
    .execute();
  // Who closed the page waited until then, not until the server gave them up.
  return rows.map((row) => Math.max(0, (row.customer_away_at ?? row.ended_at ?? 0) - row.started_at));
}
