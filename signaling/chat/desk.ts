/** An operator's desk: the whole picture on every (re)connection. */
import type { ChatDeskState } from '../../shared/protocol/chat-desk';
import { hasApprovedDevice } from '../store/devices';
import { isAvailable } from '../store/chat-presence';
import { chatsOfAccount } from '../store/chat-staff';
import type { AccountRow } from '../store/schema';
import { MAX_CHATS_OF_OPERATOR, type ChatContext } from './context';
import { arriveAtDesk } from './presence';
import { queueFor } from './queue';
import { deskChat } from './snapshot';

export interface Desk {
  account: AccountRow;
  /** Begins to receive what the staff is told of the queue. */
  enter(): Promise<void>;
  /** …and what is said in these conversations. */
  follow(chatIds: string[]): Promise<void>;
  /** …and no more. */
  forget(chatIds: string[]): Promise<void>;
}

/** Without an approved device an account reads nothing, so it is not told who waits either. */
export async function watchDesk(
  context: ChatContext,
  { account, enter, follow, forget }: Desk,
): Promise<ChatDeskState> {
  const { db } = context;
  await enter();
  // Asked after entering, so that a revocation at the same moment is not missed.
  if (!(await hasApprovedDevice(db, account.id))) return turnedAway(context, account);
  await arriveAtDesk(context, account);
  const mine = () => chatsOfAccount(db, account.id, MAX_CHATS_OF_OPERATOR);
  const followed = (await mine()).map((row) => row.id);
  await follow(followed);
  // And again: what was taken away before this desk was in it, nobody has taken the desk out of.
  const rows = await mine();
  await forget(followed.filter((id) => rows.every((row) => row.id !== id)));
  if (!(await hasApprovedDevice(db, account.id))) {
    await forget(followed);
    return turnedAway(context, account);
  }
  const chats = [];
  for (const row of rows) {
    const chat = await deskChat(context, row);
    // Over while the ones before it were read, and told so.
    if (chat.state !== 'ended') chats.push(chat);
  }
  return {
    name: account.name,
    available: await isAvailable(db, account.id),
    waiting: await queueFor(context, account),
    chats,
    unread: await context.unread(account.tenant_id),
  };
}

async function turnedAway(context: ChatContext, account: AccountRow): Promise<ChatDeskState> {
  context.notice.unwatch(account);
  const unread = await context.unread(account.tenant_id);
  return { name: account.name, available: false, waiting: [], chats: [], unread };
}
