/** An operator's browser may read chats no more: the server stops telling it, whether it forgets its keys or not. */
import { ProtocolError } from '../../shared/protocol/errors';
import { claimsOf } from '../store/chat-epochs';
import type { ChatRecord } from '../store/chat-schema';
import { chatsOfAccount, leaveStaff } from '../store/chat-staff';
import { hasApprovedDevice } from '../store/devices';
import type { AccountRow } from '../store/schema';
import type { ChatContext } from './context';
import { endChat } from './ending';
import { tellStaff } from './staff';
import { handOn } from './transfer';

/** However many the account was invited into. */
const ALL = 10_000;

/**
 * What the device has claimed goes back to the queue, where a colleague agrees on a new key with the customer. Without
 * another approved device the account is out of everything. One conversation that fails does not keep the others; the
 * whole may be done again.
 */
export async function deviceRevoked(
  context: ChatContext,
  account: AccountRow,
  { signKey }: { signKey: string },
): Promise<void> {
  const { db, clock, notice, recheck } = context;
  const others = await hasApprovedDevice(db, account.id);
  if (!others) notice.unwatch(account);
  const takeOut = async ({ id, owner }: ChatRecord) => {
    if (owner === account.id) {
      const claim = (await claimsOf(db, id)).at(-1);
      if (!others || claim?.certificate.signKey === signKey) await giveUp(context, account, id);
    } else if (!others) {
      await leaveStaff(db, id, account.id, clock.now());
      notice.left(account.id, id, 'left');
      await tellStaff(context, id);
    }
  };
  const failures: unknown[] = [];
  for (const chat of await chatsOfAccount(db, account.id, ALL)) {
    await takeOut(chat).catch((error: unknown) => failures.push(error));
  }
  recheck();
  if (failures.length > 0) throw new AggregateError(failures, 'conversations of a revoked device');
}

/** Out of the account's hands, for everybody. After too many claims nobody can take it any more. */
export async function giveUp(context: ChatContext, account: AccountRow, chatId: string): Promise<void> {
  try {
    await handOn(context, account, chatId, null);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    if (error.code === 'limited') await endChat(context, chatId, 'operator', { account: account.id });
  }
}
