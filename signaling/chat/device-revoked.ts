/** An operator's browser may read chats no more: the server stops telling it, whether it forgets its keys or not. */
import { ProtocolError } from '../../shared/protocol/errors';
import { claimsOf } from '../store/chat-epochs';
import { chatsOfAccount, leaveStaff } from '../store/chat-staff';
import { hasApprovedDevice } from '../store/devices';
import type { AccountRow } from '../store/schema';
import type { ChatContext } from './context';
import { MAX_CHATS_OF_OPERATOR } from './desk';
import { endChat } from './ending';
import { tellStaff } from './staff';
import { handOn } from './transfer';

/**
 * What the device has claimed goes back to the queue, where a colleague agrees on a new key with the customer. Without
 * another approved device the account is out of everything.
 */
export async function deviceRevoked(
  context: ChatContext,
  account: AccountRow,
  { signKey }: { signKey: string },
): Promise<void> {
  const { db, clock, notice, recheck } = context;
  const others = await hasApprovedDevice(db, account.id);
  if (!others) notice.unwatch(account);
  for (const { id, owner } of await chatsOfAccount(db, account.id, MAX_CHATS_OF_OPERATOR)) {
    if (owner === account.id) {
      const claim = (await claimsOf(db, id)).at(-1);
      if (!others || claim?.certificate.signKey === signKey) await giveUp(context, account, id);
    } else if (!others) {
      await leaveStaff(db, id, account.id, clock.now());
      notice.left(account.id, id, 'left');
      await tellStaff(context, id);
    }
  }
  recheck();
}

/** After too many claims nobody can take it any more. */
async function giveUp(context: ChatContext, account: AccountRow, chatId: string): Promise<void> {
  try {
    await handOn(context, account, chatId, null);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    if (error.code === 'limited') await endChat(context, chatId, 'operator');
  }
}
