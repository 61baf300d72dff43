/** Colleagues whom the owner of a conversation brings in, and who go out again. */
import type { ChatInvite } from '../../shared/protocol/chat-desk';
import { ProtocolError } from '../../shared/protocol/errors';
import { MINUTE } from '../clock';
import { lockAccount } from '../store/accounts';
import type { Present } from '../store/chat-presence';
import { countOf } from '../store/chat-queries';
import type { ChatRecord } from '../store/chat-schema';
import { joinStaff, leaveAsGuest, leaveStaff, staffOf } from '../store/chat-staff';
import { findChat, lockChat } from '../store/chats';
import { hasApprovedDevice } from '../store/devices';
import type { AccountRow } from '../store/schema';
import { MAX_CHATS_OF_OPERATOR, MAX_STAFF, type ChatContext } from './context';
import { deskChat } from './snapshot';
import { colleagueOf, tellStaff } from './staff';

/**
 * Brings a colleague in beside the owner.
 * @throws ProtocolError `busy`, `session_gone`; `limited` when so many are in it, or the colleague in so many, that it
 *   would not stand on their desk
 */
export async function inviteColleague(
  context: ChatContext,
  account: AccountRow,
  { chatId, who }: ChatInvite,
): Promise<void> {
  const { db, clock, notice } = context;
  const target = await colleagueOf(context, account, who);
  const row = await bringIn(context, chatId, target);
  if (!row) return;
  notice.follow(target.accountId, chatId);
  // Revoked at this moment: who looked through its conversations may have come too early for this one.
  if (!(await hasApprovedDevice(db, target.accountId))) {
    await leaveStaff(db, chatId, target.accountId, clock.now());
    notice.left(target.accountId, chatId, 'left');
    throw new ProtocolError('busy');
  }
  const chat = await deskChat(context, row);
  // Over meanwhile: what is told of the end need not find them.
  if (chat.state === 'ended') {
    notice.left(target.accountId, chatId, 'left');
    throw new ProtocolError('session_gone');
  }
  notice.joined(target.accountId, chat);
  await tellStaff(context, chatId);
}

/** Counted under locks, the account's first as in a claim. @returns nothing if they are in it already */
async function bringIn(
  { db, clock, metrics }: ChatContext,
  chatId: string,
  { accountId }: Present,
): Promise<ChatRecord | undefined> {
  const at = clock.now();
  return db.transaction().execute(async (store) => {
    await lockAccount(store, accountId);
    const row = await lockChat(store, chatId);
    if (!row) throw new ProtocolError('session_gone');
    const staff = await staffOf(store, chatId);
    if (staff.some((each) => each.accountId === accountId)) return undefined;
    if (staff.length >= MAX_STAFF || (await countOf(store, accountId)) >= MAX_CHATS_OF_OPERATOR) {
      metrics.limited('chats_of_operator');
      throw new ProtocolError('limited', { retryAt: at + MINUTE });
    }
    await joinStaff(store, { chatId, accountId, tenantId: row.tenant_id, at, owner: false });
    return row;
  });
}

/**
 * Goes out of a conversation that somebody else has.
 * @throws ProtocolError `not_allowed` for the owner, who hands it on or ends it
 */
export async function leaveChat(context: ChatContext, account: AccountRow, chatId: string): Promise<void> {
  const { db, clock, notice } = context;
  const left = await leaveAsGuest(db, chatId, account.id, clock.now());
  if (!left && (await findChat(db, chatId))?.owner === account.id) throw new ProtocolError('not_allowed');
  notice.left(account.id, chatId, 'left');
  await tellStaff(context, chatId);
}
