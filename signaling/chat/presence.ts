/** Whether somebody is there: operators who take chats, and whether that makes the tenant online (RS-31, RS-124). */
import type { Colleague } from '../../shared/protocol/chat';
import { SECOND } from '../clock';
import {
  beatPresence,
  leavePresence,
  presentOperators,
  setAvailable,
  touchPresence,
} from '../store/chat-presence';
import { chatsOfAccount, loads } from '../store/chat-staff';
import type { AccountRow } from '../store/schema';
import { MAX_CHATS_OF_OPERATOR, type ChatContext } from './context';
import { AWAY_AFTER_MS, tellStaff } from './staff';

/** Open desks are written down this often, so that a node that died takes its desks along. */
export const BEAT_MS = 5 * SECOND;

type Needs = Pick<ChatContext, 'db' | 'clock'>;

/** Whether a visitor would reach somebody now. */
export async function onlineNow(
  context: Needs & Pick<ChatContext, 'isOpen'>,
  tenantId: string,
): Promise<boolean> {
  return (await reachable(context, tenantId))(null);
}

/**
 * Whether a waiting visitor would reach somebody now.
 * @returns a function that answers for who waits for everybody (null), or was handed on to one operator
 */
export async function reachable(
  context: Needs & Pick<ChatContext, 'isOpen'>,
  tenantId: string,
): Promise<(forAccount: string | null) => boolean> {
  const { db, clock } = context;
  const now = clock.now();
  const present = await presentOperators(db, tenantId, now - AWAY_AFTER_MS);
  const online = present.some((each) => each.available) && (await context.isOpen(tenantId, now));
  // Whoever was named for it is there for it, even when they take nothing new.
  return (forAccount) => online || present.some((each) => each.accountId === forAccount);
}

/** A desk was opened, or has come back. */
export async function arriveAtDesk(context: ChatContext, account: AccountRow): Promise<void> {
  const { db, clock } = context;
  await touchPresence(db, { accountId: account.id, tenantId: account.tenant_id, now: clock.now() });
  await tellPresence(context, account.id);
  context.recheck();
}

/** The last desk of an account was closed, or broke. */
export async function leaveDesk(context: ChatContext, accountId: string): Promise<void> {
  await leavePresence(context.db, accountId, context.clock.now());
  await tellPresence(context, accountId);
}

/** Both sides of each of its conversations hear who is there now. */
async function tellPresence(context: ChatContext, accountId: string): Promise<void> {
  const chats = await chatsOfAccount(context.db, accountId, MAX_CHATS_OF_OPERATOR);
  for (const { id } of chats) await tellStaff(context, id);
}

/** An operator takes chats from now on, or does not; those that go on are not touched. */
export async function changeAvailable(
  { db, clock, notice, recheck }: ChatContext,
  account: AccountRow,
  wish: { available: boolean; socketId: string },
): Promise<void> {
  await touchPresence(db, { accountId: account.id, tenantId: account.tenant_id, now: clock.now() });
  if (!(await setAvailable(db, account.id, wish.available))) return;
  notice.available(account.id, wish.available, wish.socketId);
  recheck();
}

/** Open desks of this node, written down. */
export const beat = ({ db, clock }: Needs, accountIds: string[]): Promise<void> =>
  beatPresence(db, accountIds, clock.now());

/** Everybody else whose desk is open, with what they have to do. */
export async function colleaguesOf({ db, clock }: Needs, account: AccountRow): Promise<Colleague[]> {
  const present = await presentOperators(db, account.tenant_id, clock.now() - AWAY_AFTER_MS);
  const chats = await loads(db, account.tenant_id);
  return present
    .filter((each) => each.accountId !== account.id)
    .map(({ accountId, id, name, available }) => ({ id, name, available, chats: chats.get(accountId) ?? 0 }));
}
