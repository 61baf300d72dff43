/** The whole picture of one conversation, for a page that has just (re)connected. */
import type { ChatSnapshot } from '../../shared/protocol/chat';
import type { DeskChat } from '../../shared/protocol/chat-desk';
import { claimsOf } from '../store/chat-epochs';
import { messagesOf } from '../store/chat-messages';
import type { ChatRecord } from '../store/chat-schema';
import { sessionOfChat } from '../store/chat-sessions';
import { staffOf } from '../store/chat-staff';
import { findChat } from '../store/chats';
import type { ChatContext } from './context';
import { anybodyThere, staffList } from './staff';
import { placesOf } from './waits';

type Needs = Pick<ChatContext, 'db' | 'clock' | 'isOpen'>;
type Common = Omit<ChatSnapshot, 'messages' | 'marks' | 'peerPresent'>;

/**
 * The row is read last: what happened while the rest was read has been told already, and a picture that does not know it
 * would undo it on the page that it goes to.
 * @param before the row as the caller has it, perhaps a while ago
 */
async function latest(context: Needs, before: ChatRecord): Promise<{ row: ChatRecord; common: Common }> {
  const { db } = context;
  const { id } = before;
  const waited = before.state === 'waiting' ? await placesOf(context, before.tenant_id) : undefined;
  const session = await sessionOfChat(db, id);
  const claims = await claimsOf(db, id);
  const row = (await findChat(db, id)) ?? before;
  const common = {
    chatId: id,
    state: row.state,
    visitorKey: row.visitor_key,
    claims: claims.length < row.epoch ? await claimsOf(db, id) : claims,
    place: row.state === 'waiting' ? (waited?.get(id) ?? null) : null,
    endedBy: row.ended_by,
    rated: row.stars !== null,
    sessionId: row.state === 'ended' ? null : (session?.id ?? null),
  };
  return { row, common };
}

/** As the customer has it. @param after the last `seq` that the page has */
export async function customerSnapshot(
  context: Needs,
  before: ChatRecord,
  after: number,
): Promise<ChatSnapshot> {
  const { db, clock } = context;
  const messages = await messagesOf(db, before.id, { after, notes: false });
  const staff = await staffOf(db, before.id);
  const { row, common } = await latest(context, before);
  return {
    ...common,
    messages,
    marks: { delivered: row.staff_delivered, seen: row.staff_seen },
    peerPresent: anybodyThere(staff, clock.now()),
  };
}

/** As the staff has it. */
export async function deskChat(context: Needs, before: ChatRecord): Promise<DeskChat> {
  const { db, clock } = context;
  const messages = await messagesOf(db, before.id, { after: -1, notes: true });
  const staff = await staffOf(db, before.id);
  const { row, common } = await latest(context, before);
  return {
    ...common,
    messages,
    marks: { delivered: row.customer_delivered, seen: row.customer_seen },
    peerPresent: row.customer_away_at === null,
    keyBox: row.key_box,
    language: row.language,
    address: row.address,
    startedAt: row.started_at,
    staff: staffList(staff, clock.now()),
  };
}
