import type { ChatTranscript } from '../../shared/protocol/chat-desk';
import { ProtocolError } from '../../shared/protocol/errors';
import { claimsOf } from '../store/chat-epochs';
import { messagesOf } from '../store/chat-messages';
import { wasStaff } from '../store/chat-staff';
import { findChat } from '../store/chats';
import type { AccountRow } from '../store/schema';
import type { ChatContext } from './context';

/**
 * A conversation as it was sealed (RS-122). Operators read those that they were in, administrators all.
 * @throws ProtocolError `not_found`, also for a conversation of others
 */
export async function transcriptOf(
  { db }: Pick<ChatContext, 'db'>,
  account: AccountRow,
  chatId: string,
): Promise<ChatTranscript> {
  const row = await findChat(db, chatId);
  const theirs = account.role === 'administrator' || (await wasStaff(db, chatId, account.id));
  if (row?.tenant_id !== account.tenant_id || !theirs) throw new ProtocolError('not_found');
  return {
    chatId,
    visitorKey: row.visitor_key,
    keyBox: row.key_box,
    language: row.language,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    claims: await claimsOf(db, chatId),
    messages: await messagesOf(db, chatId, { after: -1, notes: true }),
    stars: row.stars,
    comment: row.comment,
  };
}
