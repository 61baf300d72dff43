/** Who of the staff is in a conversation: told to both sides, and whose it is. */
import { ProtocolError } from '../../shared/protocol/errors';
import { SECOND } from '../clock';
import { presentOperators, type Present } from '../store/chat-presence';
import { staffOf, type StaffMember } from '../store/chat-staff';
import { findChat } from '../store/chats';
import type { AccountRow } from '../store/schema';
import { MAX_STAFF, type ChatContext } from './context';

type Needs = Pick<ChatContext, 'db' | 'clock'>;

/** A desk that was closed counts as there for so long: a reload is no absence. */
export const AWAY_AFTER_MS = 30 * SECOND;

/** Whether that member's desk is open at this moment; while it is being reloaded it is not. */
const isThere = ({ seenAt, leftAt }: StaffMember, now: number): boolean =>
  seenAt !== null && leftAt === null && seenAt > now - AWAY_AFTER_MS;

/** Whether the customer has anybody at the other end now. */
export const anybodyThere = (staff: StaffMember[], now: number): boolean =>
  staff.some((each) => isThere(each, now));

/** The staff of a conversation as the desk shows it. */
export const staffList = (staff: StaffMember[], now: number) =>
  staff
    .slice(0, MAX_STAFF)
    .map((each) => ({ id: each.id, name: each.name, owner: each.owner, present: isThere(each, now) }));

/** After somebody came or went: the staff hears who is in it, the customer whether anybody is there. */
export async function tellStaff({ db, clock, notice }: ChatContext, chatId: string): Promise<void> {
  const staff = await staffOf(db, chatId);
  const now = clock.now();
  notice.peer(chatId, 'customer', anybodyThere(staff, now));
  notice.staff(chatId, staffList(staff, now));
}

/** @throws ProtocolError `session_gone` when the conversation is not open, `not_allowed` for anybody but its owner */
export async function requireOwner(
  { db }: Pick<Needs, 'db'>,
  chatId: string,
  accountId: string,
): Promise<void> {
  const chat = await findChat(db, chatId);
  if (chat?.state !== 'open') throw new ProtocolError('session_gone');
  if (chat.owner !== accountId) throw new ProtocolError('not_allowed');
}

/** @throws ProtocolError `busy` for a colleague who is not there, or does not exist */
export async function colleagueOf({ db, clock }: Needs, account: AccountRow, id: string): Promise<Present> {
  const present = await presentOperators(db, account.tenant_id, clock.now() - AWAY_AFTER_MS);
  const found = present.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (!found || found.accountId === account.id) throw new ProtocolError('busy');
  return found;
}
