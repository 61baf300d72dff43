/** Sealed messages: the server gives each its place in the conversation and keeps it. */
import {
  MAX_CHAT_BYTES,
  MAX_CHAT_MESSAGES,
  MAX_UNCLAIMED_CHAT_BYTES,
  type ChatMessage,
  type SealedChat,
} from '../../shared/protocol/chat';
import type { ChatRecord } from './chat-schema';
import type { Db } from './schema';

/** What became of a message. `again`: it was there already, the acknowledgement had been lost. */
export type Appended =
  | { result: 'added'; seq: number; at: number; full: boolean }
  | { result: 'again'; seq: number; at: number }
  /** Not the sender's next one, or another one under the same number. */
  | { result: 'disordered' }
  | { result: 'gone' };

/** Whether nothing more fits in. */
export const isFull = ({
  next_seq,
  bytes,
  epoch,
}: Pick<ChatRecord, 'next_seq' | 'bytes' | 'epoch'>): boolean =>
  next_seq >= MAX_CHAT_MESSAGES || bytes >= (epoch === 0 ? MAX_UNCLAIMED_CHAT_BYTES : MAX_CHAT_BYTES);

/** Runs in a transaction: the conversation's row is the lock that keeps `seq` without gaps. */
export function appendMessage(db: Db, chatId: string, message: SealedChat, at: number): Promise<Appended> {
  const { epoch, from, sender, n, frame } = message;
  return db.transaction().execute(async (store): Promise<Appended> => {
    const chat = await store
      .updateTable('chats')
      .set((is) => ({ next_seq: is('next_seq', '+', 1), bytes: is('bytes', '+', frame.length) }))
      .where('id', '=', chatId)
      .where('state', '<>', 'ended')
      .where('epoch', '>=', epoch)
      .where('next_seq', '<', MAX_CHAT_MESSAGES)
      .where('bytes', '<', MAX_CHAT_BYTES)
      .where((is) => is.or([is('epoch', '>', 0), is('bytes', '<', MAX_UNCLAIMED_CHAT_BYTES)]))
      .returning(['tenant_id', 'next_seq', 'bytes', 'epoch'])
      .executeTakeFirst();
    if (!chat) return { result: 'gone' };
    const giveBack = () =>
      store
        .updateTable('chats')
        .set({ next_seq: chat.next_seq - 1, bytes: chat.bytes - frame.length })
        .where('id', '=', chatId)
        .execute();
    const last = await store
      .selectFrom('chat_messages')
      .select(['n', 'seq', 'at', 'frame'])
      .where('chat_id', '=', chatId)
      .where('epoch', '=', epoch)
      .where('speaker', '=', from)
      .where('sender', '=', sender)
      .where('n', 'in', [n, n - 1])
      .orderBy('n', 'desc')
      .executeTakeFirst();
    if (last?.n === n) {
      await giveBack();
      return last.frame === frame
        ? { result: 'again', seq: last.seq, at: last.at }
        : { result: 'disordered' };
    }
    if ((last?.n ?? -1) !== n - 1) {
      await giveBack();
      return { result: 'disordered' };
    }
    const seq = chat.next_seq - 1;
    await store
      .insertInto('chat_messages')
      .values({ chat_id: chatId, tenant_id: chat.tenant_id, seq, epoch, speaker: from, sender, n, frame, at })
      .execute();
    return { result: 'added', seq, at, full: isFull(chat) };
  });
}

/** In their order, from `after` (exclusive) on. @param notes whether the staff's notes come along */
export async function messagesOf(
  db: Db,
  chatId: string,
  { after, notes }: { after: number; notes: boolean },
): Promise<ChatMessage[]> {
  const rows = db
    .selectFrom('chat_messages')
    .select(['seq', 'epoch', 'speaker', 'sender', 'n', 'frame', 'at'])
    .where('chat_id', '=', chatId)
    .where('seq', '>', after)
    .orderBy('seq');
  const found = await (notes ? rows : rows.where('speaker', '<>', 'note')).execute();
  return found.map(({ speaker, ...rest }) => ({ ...rest, from: speaker }));
}

/** The questions of several conversations, by conversation. */
export async function questionsOf(db: Db, chatIds: string[]): Promise<Map<string, ChatMessage>> {
  if (chatIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('chat_messages')
    .select(['chat_id', 'seq', 'epoch', 'speaker', 'sender', 'n', 'frame', 'at'])
    .where('chat_id', 'in', chatIds)
    .where('seq', '=', 0)
    .execute();
  return new Map(rows.map(({ chat_id, speaker, ...rest }) => [chat_id, { ...rest, from: speaker }]));
}
