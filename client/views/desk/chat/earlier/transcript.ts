/** One conversation as it is kept: sealed for the vault, fetched whole, opened and checked in this approved browser. */
import { loadSodium } from '../../../../../shared/crypto/sodium';
import { ChatTranscript } from '../../../../../shared/protocol/chat-desk';
import { call } from '../../../../net/api';
import type { Problem } from '../../../../net/http';
import { Conversation, type Entry } from '../../../../session/chat/conversation';
import { staffKeys } from '../../../../session/chat/conversation-keys';
import { openRating, type Rating } from '../../../../session/chat/desk-chat-rating';
import type { ChatAccess } from '../../../../session/chat/desk-chat-question';

export interface ReadTranscript {
  entries: readonly Entry[];
  /** The customer's name, or null when the question does not verify. */
  name: string | null;
  /** Something was changed, repeated or left out. */
  tampered: boolean;
  /** Null: the customer gave none. */
  rating: Rating | null;
}

/** `/admin/chats` for administrators, `/chats` for operators who were in it. */
export type TranscriptScope = '/admin/chats' | '/chats';

/** Fetches and opens one conversation. */
export async function readTranscript(
  scope: TranscriptScope,
  id: string,
  { access, identityKey }: ChatAccess,
): Promise<ReadTranscript | Problem> {
  const result = await call(ChatTranscript, 'GET', `${scope}/${id}/transcript`);
  if (!result.ok) return result;
  const sodium = await loadSodium();
  const { visitorKey, keyBox, claims, messages, stars, comment } = result.value;
  const keyOf = staffKeys(sodium, access, { identityKey, visitorKey, keyBox });
  const conversation = new Conversation({ sodium, visitorKey, role: 'operator', keyOf });
  conversation.load({ claims, messages });
  const first = conversation.entries[0]?.content;
  return {
    entries: conversation.entries,
    name: first?.t === 'question' ? first.name : null,
    tampered: conversation.tampered !== null,
    rating: stars === null ? null : openRating(sodium, access, { stars, comment }),
  };
}
