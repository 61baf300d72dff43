/** What an operator finds of the conversations they were in. Sealed as it was said; who waited how long is the audit's. */
import { ChatClaim, ChatId, ChatMessage, ChatSnapshot } from './chat';
import { ChatRow } from './chat-desk';
import { z } from './zod';

/**
 * GET /api/chats (`PageQuery`) → EarlierChat[]: conversations this operator was in that ended or are a colleague's now,
 * the newest first. An approved device opens `keyBox`, and with it the question, which has the customer's name.
 */
export const EarlierChat = z.object({
  id: ChatId,
  visitorKey: ChatSnapshot.shape.visitorKey,
  keyBox: ChatClaim.shape.keyBox,
  question: ChatMessage,
  startedAt: ChatRow.shape.startedAt,
  /** Null: it goes on, with a colleague or in the queue. */
  endedAt: ChatRow.shape.endedAt,
  endedBy: ChatRow.shape.endedBy,
  stars: ChatRow.shape.stars,
});
export type EarlierChat = z.infer<typeof EarlierChat>;
