/** A conversation goes to somebody else, or somebody else comes along. */
import type { ChatInvite, ChatTransfer } from '../../shared/protocol/chat-desk';
import { ProtocolError } from '../../shared/protocol/errors';
import { MINUTE } from '../clock';
import { accountById } from '../store/accounts';
import { insertTransfer } from '../store/chat-log';
import { presentOperators, type Present } from '../store/chat-presence';
import { abandonedChats } from '../store/chat-queries';
import { joinStaff, leaveStaff, staffOf } from '../store/chat-staff';
import { findChat, requeueRow } from '../store/chats';
import type { AccountRow } from '../store/schema';
import { MAX_EPOCHS, type ChatContext } from './context';
import { AWAY_AFTER_MS } from './presence';
import { announceWaiting } from './queue';
import { deskChat } from './snapshot';
import { tellStaff } from './staff';

const MAX_STAFF = 20;
/** After this time without a desk of its owner a conversation goes back to the queue. */
export const ABANDONED_MS = 2 * MINUTE;

/** @throws ProtocolError `busy` for a colleague who is not there, or does not exist */
async function colleague({ db, clock }: ChatContext, account: AccountRow, id: string): Promise<Present> {
  const present = await presentOperators(db, account.tenant_id, clock.now() - AWAY_AFTER_MS);
  const found = present.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (!found || found.accountId === account.id) throw new ProtocolError('busy');
  return found;
}

/**
 * The owner hands it on: it waits for a colleague, or for everybody. Whoever claims it makes a new epoch.
 * @throws ProtocolError `not_allowed` for anybody but the owner, `busy`, `limited` after too many claims
 */
export async function transferChat(
  context: ChatContext,
  account: AccountRow,
  { chatId, to }: ChatTransfer,
): Promise<void> {
  const target = to === null ? null : await colleague(context, account, to);
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
  notice.peer(chatId, 'customer', false);
  await tellStaff(context, chatId);
  await announceWaiting(context, row);
}

/**
 * Brings a colleague in beside the owner.
 * @throws ProtocolError `busy`, `session_gone`, `limited`
 */
export async function inviteColleague(
  context: ChatContext,
  account: AccountRow,
  { chatId, who }: ChatInvite,
): Promise<void> {
  const { db, clock, notice } = context;
  const target = await colleague(context, account, who);
  const row = await findChat(db, chatId);
  if (!row || row.state === 'ended') throw new ProtocolError('session_gone');
  const staff = await staffOf(db, chatId);
  if (staff.some((each) => each.accountId === target.accountId)) return;
  if (staff.length >= MAX_STAFF) throw new ProtocolError('limited', { retryAt: clock.now() + MINUTE });
  const at = clock.now();
  const about = { chatId, accountId: target.accountId, tenantId: row.tenant_id, at };
  await joinStaff(db, { ...about, owner: false });
  notice.follow(target.accountId, chatId);
  const chat = await deskChat(context, row);
  // Over meanwhile: what is told of the end need not find them.
  if (chat.state === 'ended') throw new ProtocolError('session_gone');
  notice.joined(target.accountId, chat);
  await tellStaff(context, chatId);
}

/**
 * Goes out of a conversation that somebody else has.
 * @throws ProtocolError `not_allowed` for the owner, who hands it on or ends it
 */
export async function leaveChat(context: ChatContext, account: AccountRow, chatId: string): Promise<void> {
  const { db, clock, notice } = context;
  const row = await findChat(db, chatId);
  if (row?.owner === account.id) throw new ProtocolError('not_allowed');
  await leaveStaff(db, chatId, account.id, clock.now());
  notice.left(account.id, chatId, 'left');
  await tellStaff(context, chatId);
}
