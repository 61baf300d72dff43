/** Who waits, and what the desk is told of it. */
import type { WaitingChat } from '../../shared/protocol/chat-desk';
import { questionsOf } from '../store/chat-messages';
import { waitingChats } from '../store/chat-queries';
import type { ChatRecord } from '../store/chat-schema';
import { findChat } from '../store/chats';
import type { Audience, ChatContext } from './context';

/** What a desk is shown at once. */
const MAX_WAITING = 500;

/** The waiting conversations that this operator may take, the next one first. */
export async function queueFor(
  { db }: Pick<ChatContext, 'db'>,
  account: { id: string; tenant_id: string },
): Promise<WaitingChat[]> {
  const rows = (await waitingChats(db, account.tenant_id, MAX_WAITING)).filter(
    (row) => row.for_account === null || row.for_account === account.id,
  );
  const questions = await questionsOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => {
    const question = questions.get(row.id);
    return question ? [toWaiting(row, question)] : [];
  });
}

const toWaiting = (row: ChatRecord, question: WaitingChat['question']): WaitingChat => ({
  chatId: row.id,
  visitorKey: row.visitor_key,
  keyBox: row.key_box,
  question,
  language: row.language,
  epoch: row.epoch,
  since: row.waiting_since ?? row.started_at,
  present: row.customer_away_at === null,
  forYou: row.for_account === null || row.for_from === null ? null : { from: row.for_from },
});

/**
 * Tells whoever may take it that it waits, or what has changed about it. The row is read last: who has taken it meanwhile
 * has been told, and nobody would take the row off the desks again.
 */
export async function announceWaiting(
  { db, notice }: Pick<ChatContext, 'db' | 'notice'>,
  { id, epoch }: ChatRecord,
): Promise<void> {
  const question = (await questionsOf(db, [id])).get(id);
  const row = await findChat(db, id);
  if (!question || row?.state !== 'waiting' || row.epoch !== epoch) return;
  const audience: Audience =
    row.for_account === null ? { tenant: row.tenant_id } : { account: row.for_account };
  notice.waiting(audience, toWaiting(row, question));
}
