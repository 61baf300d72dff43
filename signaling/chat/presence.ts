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
import { chatsOfAccount, loads, staffOf, type StaffMember } from '../store/chat-staff';
import type { AccountRow } from '../store/schema';
import type { ChatContext } from './context';

/** A desk that was closed counts as there for so long: a reload is no absence. */
export const AWAY_AFTER_MS = 30 * SECOND;
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

/** Whether that member's desk is open at this moment; while it is being reloaded it is not. */
export const isThere = ({ seenAt, leftAt }: StaffMember, now: number): boolean =>
  seenAt !== null && leftAt === null && seenAt > now - AWAY_AFTER_MS;

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
async function tellPresence({ db, clock, notice }: ChatContext, accountId: string): Promise<void> {
  for (const chat of await chatsOfAccount(db, accountId, 50)) {
    const staff = await staffOf(db, chat.id);
    notice.peer(
      chat.id,
      'customer',
      staff.some((each) => isThere(each, clock.now())),
    );
    notice.staff(chat.id, staffList(staff, clock.now()));
  }
}

/** The staff of a conversation as the desk shows it. */
export const staffList = (staff: StaffMember[], now: number) =>
  staff
    .slice(0, 20)
    .map((each) => ({ id: each.id, name: each.name, owner: each.owner, present: isThere(each, now) }));

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
