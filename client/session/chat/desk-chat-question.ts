/** The question of a conversation that waits, opened by an approved device. */
import { openChat, openKey } from '../../../shared/crypto/chat';
import type { VaultAccess } from '../../../shared/crypto/device';
import type { Sodium } from '../../../shared/crypto/sodium';
import { ChatContent } from '../../../shared/protocol/chat-content';
import type { WaitingChat } from '../../../shared/protocol/chat-desk';

/** What an approved device brings. */
export interface ChatAccess {
  access: Pick<VaultAccess, 'box'>;
  /** The tenant's, as the device's certificate proves it. */
  identityKey: string;
}

export type QuestionContent = Extract<ChatContent, { t: 'question' }>;

/** `sealed`: this browser is not an approved device. `unreadable`: forged, damaged, or not for this tenant. */
export type Question =
  { state: 'open'; content: QuestionContent } | { state: 'sealed' } | { state: 'unreadable' };

const UNREADABLE: Question = { state: 'unreadable' };

/** Whatever it holds, it hides no other one: what cannot be opened is told as such. */
export function openQuestion(
  sodium: Sodium,
  staff: ChatAccess | null,
  { visitorKey, keyBox, question }: Pick<WaitingChat, 'visitorKey' | 'keyBox' | 'question'>,
): Question {
  if (!staff) return { state: 'sealed' };
  if (question.epoch !== 0 || question.from !== 'customer' || question.n !== 0) return UNREADABLE;
  const key = openKey(sodium, staff.access, keyBox);
  if (!key) return UNREADABLE;
  try {
    const content = ChatContent.safeParse(openChat(sodium, key, visitorKey, question));
    return content.success && content.data.t === 'question'
      ? { state: 'open', content: content.data }
      : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}
