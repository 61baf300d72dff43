/** A conversation goes to somebody else. */
import type { ChatTransfer } from '../../shared/protocol/chat-desk';
import { ProtocolError } from '../../shared/protocol/errors';
import { MINUTE } from '../clock';
import { accountById } from '../store/accounts';
import { insertTransfer } from '../store/chat-log';
import type { Present } from '../store/chat-presence';
import { abandonedChats } from '../store/chat-queries';
import { leaveStaff } from '../store/chat-staff';
import { requeueRow } from '../store/chats';
import type { AccountRow } from '../store/schema';
import { MAX_EPOCHS, type ChatContext } from './context';
import { announceWaiting } from './queue';
import { colleagueOf, tellStaff } from './staff';

/** After this time without a desk of its owner a conversation goes back to the queue. */
const ABANDONED_MS = 2 * MINUTE;

/**
 * The owner hands it on: it waits for a colleague, or for everybody. Whoever claims it makes a new epoch.
 * @throws ProtocolError `not_allowed` for anybody but the owner, `busy`, `limited` after too many claims
 */
export async function transferChat(
  context: ChatContext,
  account: AccountRow,
  { chatId, to }: ChatTransfer,
): Promise<void> {
  const target = to === null ? null : await colleagueOf(context, account, to);
  await handOn(context, account, chatId, target);
}

/**
 * The owner's desk has been closed for so long that nobody counts on it: the conversation is everybody's again.
 * Called every second; any node may do it.
 * @param beat writes down which desks are open here. After a pause of the machine all of them look long gone.
 */
export async function requeueAbandoned(context: ChatContext, beat: () => Promise<void>): Promise<void> {
  const { db, clock } = context;
  if ((await abandonedChats(db, clock.now() - ABANDONED_MS)).length > 0) await beat();
  for (const { id, owner } of await abandonedChats(db, clock.now() - ABANDONED_MS)) {
    const account = await accountById(db, owner);
    if (!account) continue;
    try {
      await handOn(context, account, id, null);
    } catch (error) {
      // Somebody else was quicker, or nobody may claim it any more.
      if (!(error instanceof ProtocolError)) throw error;
    }
  }
}

/**
 * Out of its owner's hands, to one colleague or to all.
 * @throws ProtocolError `not_allowed` when it is not theirs, `limited` after too many claims
 */
export async function handOn(
  context: ChatContext,
  account: AccountRow,
  chatId: string,
  target: Present | null,
): Promise<void> {
  const { db, clock, notice } = context;
  const now = clock.now();
  const row = await db.transaction().execute(async (store) => {
    const handed = await requeueRow(store, {
      id: chatId,
      owner: account.id,
      to: target?.accountId ?? null,
      from: target ? account.name : null,
      now,
    });
    if (!handed) throw new ProtocolError('not_allowed');
    if (handed.epoch >= MAX_EPOCHS) throw new ProtocolError('limited', { retryAt: now + MINUTE });
    await leaveStaff(store, chatId, account.id, now);
    await insertTransfer(store, {
      chatId,
      tenantId: handed.tenant_id,
      at: now,
      from: { id: account.login_id, name: account.name },
      to: target && { id: target.id, name: target.name },
    });
    return handed;
  });
  await context.withdrawRequest(chatId);
  notice.left(account.id, chatId, 'transferred');
  await tellStaff(context, chatId);
  await announceWaiting(context, row);
}
