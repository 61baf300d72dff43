/** Who of the staff is in a conversation, told to all of them. */
import { staffOf } from '../store/chat-staff';
import type { ChatContext } from './context';
import { staffList } from './presence';

export async function tellStaff(
  { db, clock, notice }: Pick<ChatContext, 'db' | 'clock' | 'notice'>,
  chatId: string,
): Promise<void> {
  notice.staff(chatId, staffList(await staffOf(db, chatId), clock.now()));
}
