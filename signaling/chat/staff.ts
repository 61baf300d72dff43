/** Who of the staff is in a conversation: told to all of them, and whose it is. */
import { ProtocolError } from '../../shared/protocol/errors';
import { staffOf } from '../store/chat-staff';
import { findChat } from '../store/chats';
import type { ChatContext } from './context';
import { staffList } from './presence';

/** After somebody came or went. */
export async function tellStaff(
  { db, clock, notice }: Pick<ChatContext, 'db' | 'clock' | 'notice'>,
  chatId: string,
): Promise<void> {
  notice.staff(chatId, staffList(await staffOf(db, chatId), clock.now()));
}

/** @throws ProtocolError `session_gone` when the conversation is not open, `not_allowed` for anybody but its owner */
export async function requireOwner(
  { db }: Pick<ChatContext, 'db'>,
  chatId: string,
  accountId: string,
): Promise<void> {
  const chat = await findChat(db, chatId);
  if (chat?.state !== 'open') throw new ProtocolError('session_gone');
  if (chat.owner !== accountId) throw new ProtocolError('not_allowed');
}
