import type { ChatEndedBy } from '../../shared/protocol/chat';
import { MINUTE } from '../clock';
import { endChatRow, idleChats, openToAll, type Ending } from '../store/chats';
import type { ChatContext } from './context';
import { announceWaiting } from './queue';

/** A customer who stays away for so long has gone: while waiting, and later. */
const IDLE_WAITING_MS = 5 * MINUTE;
const IDLE_OPEN_MS = 30 * MINUTE;
/** What was handed on to one colleague is everybody's after this time. */
const FOR_ONE_MS = 2 * MINUTE;

/**
 * Ends a conversation; the first call counts and all are told once.
 * @param only `account`: who of the staff ends it, while it is theirs; `awaySince`: the customer has not come back since
 */
export async function endChat(
  context: ChatContext,
  id: string,
  by: ChatEndedBy,
  only: Pick<Ending, 'account' | 'awaySince'> = {},
): Promise<void> {
  const { db, clock, metrics, notice } = context;
  const row = await endChatRow(db, { ...only, id, by, now: clock.now() });
  if (!row) return;
  metrics.chatsEnded.inc({ by });
  await context.withdrawRequest(id);
  // Without an owner it was waiting.
  if (row.owner === null) {
    notice.waitingOver(row.tenant_id, id, by === 'customer' || by === 'idle' ? 'left' : 'ended', null);
  }
  notice.ended(id, by);
}

/** Everything whose time is up. Called every second; reads the store, so any node may do it. */
export async function sweepChats(context: ChatContext): Promise<void> {
  const { db, clock } = context;
  const now = clock.now();
  for (const row of await openToAll(db, now - FOR_ONE_MS)) await announceWaiting(context, row);
  const patience = { waitingMs: IDLE_WAITING_MS, openMs: IDLE_OPEN_MS };
  for (const { id, awaySince } of await idleChats(db, now, patience)) {
    await endChat(context, id, 'idle', { awaySince });
  }
}
