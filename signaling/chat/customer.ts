/** The customer's pages: coming back, and going away. Several tabs are one customer. */
import {
  MAX_CHAT_MESSAGES,
  type ChatRate,
  type ChatResume,
  type ChatSnapshot,
} from '../../shared/protocol/chat';
import { ProtocolError } from '../../shared/protocol/errors';
import { limitKey } from '../address';
import { hashToken } from '../secrets';
import { staffOf } from '../store/chat-staff';
import { findChat, findOwnChat, rateRow, setCustomerPresence } from '../store/chats';
import type { ChatContext } from './context';
import { announceWaiting } from './queue';
import { customerSnapshot } from './snapshot';
import type { Visitor } from './start';

const KB = 1024;

/**
 * Another tab, or the page after a reload or an interruption.
 * @throws ProtocolError `session_gone`: unknown, not theirs, or forgotten; `limited`
 */
export async function resumeChat(
  context: ChatContext,
  visitor: Visitor,
  { chatId, token, after }: ChatResume,
): Promise<ChatSnapshot> {
  const { db, limiters } = context;
  const tokenHash = hashToken(token);
  const known = await findOwnChat(db, chatId, tokenHash);
  if (!known) throw new ProtocolError('session_gone');
  // Before anything is read: the answer may be thousands of times as long as the question.
  await limiters.chatResumes.take(chatId);
  await limiters.chatHistoryPerAddress.take(limitKey(visitor.address), Math.ceil(known.bytes / KB));
  // First in the room, then the picture: nothing is said in between that the page would miss.
  await visitor.enter(chatId);
  const row = await findOwnChat(db, chatId, tokenHash);
  if (!row) throw new ProtocolError('session_gone');
  return customerSnapshot(context, row, Math.min(after, MAX_CHAT_MESSAGES));
}

/** The first page of the customer has come, or the last one has gone. */
export async function customerPresence(
  context: ChatContext,
  chatId: string,
  present: boolean,
): Promise<void> {
  const { db, clock, notice } = context;
  if (!(await setCustomerPresence(db, { id: chatId, awayAt: present ? null : clock.now() }))) return;
  const row = await findChat(db, chatId);
  if (!row || row.state === 'ended') return;
  notice.peer(chatId, 'operator', present);
  if (row.state === 'waiting') await announceWaiting(context, row);
}

/**
 * The customer's verdict, once, after the end.
 * @throws ProtocolError `conflict` before the end and the second time
 */
export async function rateChat({ db, notice }: ChatContext, rating: ChatRate): Promise<void> {
  const { chatId, stars, comment } = rating;
  if (!(await rateRow(db, { id: chatId, stars, comment }))) throw new ProtocolError('conflict');
  // Those who were in it at the end; their desks have left its room.
  for (const { accountId } of await staffOf(db, chatId)) notice.rated(accountId, rating);
}
