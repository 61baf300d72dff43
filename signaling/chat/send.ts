/** What is said in a conversation: messages, and how far each side has read. */
import { MAX_CHAT_MESSAGES, type ChatSeen, type SealedChat } from '../../shared/protocol/chat';
import { otherSide, type Side } from '../../shared/protocol/common';
import { ProtocolError } from '../../shared/protocol/errors';
import { appendMessage, isFull } from '../store/chat-messages';
import { findChat, raiseMarks } from '../store/chats';
import { isCanonical } from './canonical';
import { MAX_EPOCHS, type ChatContext } from './context';
import { endChat } from './ending';

interface Speaking {
  chatId: string;
  side: Side;
  socketId: string;
}

/**
 * Gives a message its place, keeps it and passes it on. The same message again is no second one: its acknowledgement
 * had been lost.
 * @throws ProtocolError `conflict` when it is not its sender's next one or of an epoch that has not begun
 */
export async function sendMessage(
  context: ChatContext,
  { chatId, side, socketId }: Speaking,
  message: SealedChat,
): Promise<{ seq: number; at: number }> {
  const { db, clock, limiters, metrics, notice } = context;
  const theirs = (message.from === 'customer') === (side === 'customer');
  if (!theirs || !isCanonical(message.frame) || !isCanonical(message.sender))
    throw new ProtocolError('invalid');
  // Larger than any there can be; some stores could not even compare with them.
  if (message.n > MAX_CHAT_MESSAGES || message.epoch > MAX_EPOCHS) throw new ProtocolError('conflict');
  // Each side has its own: a flood of one leaves the other its voice.
  await limiters.chatMessages.take(`${chatId} ${side}`);
  const done = await appendMessage(db, chatId, message, clock.now());
  if (done.result === 'disordered') throw new ProtocolError('conflict');
  if (done.result === 'gone') {
    const row = await findChat(db, chatId);
    if (!row || row.state === 'ended') throw new ProtocolError('session_gone');
    if (!isFull(row)) throw new ProtocolError('conflict');
    // The node that took the last message stopped before it could say so.
    await endChat(context, chatId, 'full');
    throw new ProtocolError('session_gone');
  }
  const { seq, at } = done;
  if (done.result === 'added') {
    metrics.chatMessages.inc({ from: message.from });
    notice.message(chatId, { ...message, seq, at }, socketId);
    if (done.full) await endChat(context, chatId, 'full');
  }
  return { seq, at };
}

/** The other side hears that somebody writes. The customer knows the owner's name only, so hears whether it is them. */
export async function passTyping(
  { db, notice }: ChatContext,
  { chatId, side, account }: { chatId: string; side: Side; account: string | undefined },
  typing: boolean,
): Promise<void> {
  const owner = side === 'operator' ? (await findChat(db, chatId))?.owner === account : undefined;
  notice.typing(chatId, otherSide(side), typing, owner);
}

/** How far a side is; the other one hears of it when that is news. */
export async function markSeen(
  { db, notice }: ChatContext,
  side: Side,
  { chatId, delivered, seen }: ChatSeen,
): Promise<void> {
  if (Math.max(delivered, seen) > MAX_CHAT_MESSAGES) return;
  const row = await raiseMarks(db, side, { id: chatId, delivered: Math.max(delivered, seen), seen });
  if (!row) return;
  const marks =
    side === 'customer'
      ? { delivered: row.customer_delivered, seen: row.customer_seen }
      : { delivered: row.staff_delivered, seen: row.staff_seen };
  notice.seen(chatId, otherSide(side), marks);
}
