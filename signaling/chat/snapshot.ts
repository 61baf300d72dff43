/** The whole picture of one conversation, for a page that has just (re)connected. */
import type { ChatSnapshot } from '../../shared/protocol/chat';
import type { DeskChat } from '../../shared/protocol/chat-desk';
import { claimsOf } from '../store/chat-epochs';
import { messagesOf } from '../store/chat-messages';
import { sessionIdOfChat } from '../store/chat-queries';
import type { ChatRecord } from '../store/chat-schema';
import { staffOf } from '../store/chat-staff';
import type { ChatContext } from './context';
import { isThere, staffList } from './presence';
import { placesOf } from './waits';

type Needs = Pick<ChatContext, 'db' | 'clock' | 'isOpen'>;
type Common = Omit<ChatSnapshot, 'messages' | 'marks' | 'peerPresent'>;

async function common(context: Needs, row: ChatRecord): Promise<Common> {
  const waits = row.state === 'waiting';
  return {
    chatId: row.id,
    state: row.state,
    visitorKey: row.visitor_key,
    claims: await claimsOf(context.db, row.id),
    place: waits ? ((await placesOf(context, row.tenant_id)).get(row.id) ?? null) : null,
    endedBy: row.ended_by,
    rated: row.stars !== null,
    sessionId: row.state === 'ended' ? null : await sessionIdOfChat(context.db, row.id),
  };
}

/** @param after the last `seq` that the page has */
export async function customerSnapshot(
  context: Needs,
  row: ChatRecord,
  after: number,
): Promise<ChatSnapshot> {
  const { db, clock } = context;
  const messages = await messagesOf(db, row.id, { after, notes: false });
  const staff = await staffOf(db, row.id);
  return {
    ...(await common(context, row)),
    messages,
    marks: { delivered: row.staff_delivered, seen: row.staff_seen },
    peerPresent: staff.some((each) => isThere(each, clock.now())),
  };
}

export async function deskChat(context: Needs, row: ChatRecord): Promise<DeskChat> {
  const { db, clock } = context;
  return {
    ...(await common(context, row)),
    messages: await messagesOf(db, row.id, { after: -1, notes: true }),
    marks: { delivered: row.customer_delivered, seen: row.customer_seen },
    peerPresent: row.customer_away_at === null,
    keyBox: row.key_box,
    language: row.language,
    address: row.address,
    startedAt: row.started_at,
    staff: staffList(await staffOf(db, row.id), clock.now()),
  };
}
