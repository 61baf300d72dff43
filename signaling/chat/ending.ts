import type { ChatEndedBy } from '../../shared/protocol/chat';
import type { ChatBlock } from '../../shared/protocol/chat-desk';
import { ProtocolError } from '../../shared/protocol/errors';
import { HOUR, MINUTE } from '../clock';
import { blockAddress } from '../store/chat-blocks';
import { endChatRow, findChat, idleChats, openToAll } from '../store/chats';
import type { AccountRow } from '../store/schema';
import type { ChatContext } from './context';
import { announceWaiting } from './queue';
import { requireOwner } from './staff';

/** A customer who stays away for so long has gone. */
export const IDLE_WAITING_MS = 5 * MINUTE;
export const IDLE_OPEN_MS = 30 * MINUTE;
/** What was handed on to one colleague is everybody's after this time. */
export const FOR_ONE_MS = 2 * MINUTE;

/** Ends a conversation; the first call counts and all are told once. */
export async function endChat(context: ChatContext, id: string, by: ChatEndedBy): Promise<void> {
  const { db, clock, metrics, notice } = context;
  const row = await endChatRow(db, { id, by, now: clock.now() });
  if (!row) return;
  metrics.chatsEnded.inc({ by });
  await context.withdrawRequest(id);
  // Without an owner it was waiting.
  if (row.owner === null) {
    notice.waitingOver(row.tenant_id, id, by === 'customer' || by === 'idle' ? 'left' : 'ended', null);
  }
  notice.ended(id, by);
}

/**
 * Its owner ends the conversation, and no new one is taken from that address for a while.
 * @throws ProtocolError `not_allowed` for anybody else of the staff, `session_gone`
 */
export async function blockVisitor(
  context: ChatContext,
  account: AccountRow,
  { chatId, hours }: ChatBlock,
): Promise<void> {
  const { db, clock } = context;
  await requireOwner(context, chatId, account.id);
  const row = await findChat(db, chatId);
  if (!row) throw new ProtocolError('session_gone');
  if (row.address_hash !== null) {
    const until = clock.now() + hours * HOUR;
    await blockAddress(db, { tenantId: row.tenant_id, addressHash: row.address_hash, until });
  }
  await endChat(context, chatId, 'blocked');
}

/** Everything whose time is up. Called every second; reads the store, so any node may do it. */
export async function sweepChats(context: ChatContext): Promise<void> {
  const { db, clock } = context;
  const now = clock.now();
  for (const row of await openToAll(db, now - FOR_ONE_MS)) await announceWaiting(context, row);
  const patience = { waitingMs: IDLE_WAITING_MS, openMs: IDLE_OPEN_MS };
  for (const id of await idleChats(db, now, patience)) await endChat(context, id, 'idle');
}
