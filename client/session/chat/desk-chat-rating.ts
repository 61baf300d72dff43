/** What a customer thought of a conversation: the stars, and the comment where this browser can open it. */
import { openOffline } from '../../../shared/crypto/offline';
import type { Sodium } from '../../../shared/crypto/sodium';
import { RatingComment } from '../../../shared/protocol/chat-content';
import type { ChatRated } from '../../../shared/protocol/chat-desk';
import type { ChatAccess } from './desk-chat-question';

export type Comment = { state: 'none' } | { state: 'open'; text: string } | { state: 'unreadable' };

export interface Rating {
  stars: number;
  comment: Comment;
}

/** Whatever the comment holds, the stars stand for themselves. */
export const openRating = (
  sodium: Sodium,
  access: ChatAccess['access'],
  { stars, comment }: Pick<ChatRated, 'stars' | 'comment'>,
): Rating => ({ stars, comment: openComment(sodium, access, comment) });

function openComment(sodium: Sodium, access: ChatAccess['access'], box: string | null): Comment {
  if (box === null) return { state: 'none' };
  // A box for the vault like that of an offline message; null, and so no text, when it does not open.
  const text = RatingComment.safeParse(openOffline(sodium, access, box));
  return text.success ? { state: 'open', text: text.data } : { state: 'unreadable' };
}
