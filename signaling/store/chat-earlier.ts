/** Conversations as an operator who was in them reads them afterwards. */
import type { EarlierChat } from '../../shared/protocol/chat-earlier';
import { questionsOf } from './chat-messages';
import type { ChatRecord } from './chat-schema';
import { pageOf } from './page';
import type { Db } from './schema';

/** Newest first; those that are on the operator's desk now are not earlier ones. */
export async function earlierChats(
  db: Db,
  tenantId: string,
  accountId: string,
  page: { before?: number | undefined; limit: number },
): Promise<EarlierChat[]> {
  const rows = db
    .selectFrom('chats')
    .innerJoin('chat_staff', 'chat_staff.chat_id', 'chats.id')
    .selectAll('chats')
    .where('chats.tenant_id', '=', tenantId)
    .where('chat_staff.account_id', '=', accountId)
    .where((is) => is.or([is('chats.state', '=', 'ended'), is('chat_staff.left_at', 'is not', null)]))
    .orderBy('chats.started_at', 'desc')
    .orderBy('chats.id');
  const found = await pageOf<ChatRecord>(page, (row) => row.started_at, {
    first: (before, limit) =>
      (before === undefined ? rows : rows.where('chats.started_at', '<', before)).limit(limit).execute(),
    at: (time) => rows.where('chats.started_at', '=', time).execute(),
  });
  const questions = await questionsOf(
    db,
    found.map((row) => row.id),
  );
  return found.flatMap((row) => {
    const question = questions.get(row.id);
    if (!question) return [];
    return {
      id: row.id,
      visitorKey: row.visitor_key,
      keyBox: row.key_box,
      question,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      endedBy: row.ended_by,
      stars: row.stars,
    };
  });
}
