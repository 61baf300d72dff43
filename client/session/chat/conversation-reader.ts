/** Opens one message and checks everything about it: key, order, shape, and whether its sender may say this. */
import { openChat, type ChatOrder } from '../../../shared/crypto/chat';
import { TamperError } from '../../../shared/crypto/errors';
import type { Sodium } from '../../../shared/crypto/sodium';
import type { ChatFrom, ChatMessage } from '../../../shared/protocol/chat';
import { ChatContent } from '../../../shared/protocol/chat-content';
import type { ConversationClaims } from './conversation-claims';
import type { KeyOf } from './conversation-keys';

/** What each kind of sender may say; the question is always the first of all. */
const MAY_SAY: Record<ChatFrom, readonly ChatContent['t'][]> = {
  customer: ['question', 'text', 'answer'],
  operator: ['text', 'request', 'guest'],
  note: ['text'],
};

export class ConversationReader {
  constructor(
    private readonly options: {
      sodium: Sodium;
      visitorKey: string;
      role: 'customer' | 'operator';
      keyOf: KeyOf;
    },
    private readonly claims: ConversationClaims,
  ) {}

  /** @throws TamperError for whatever does not verify; only what does counts in the order */
  read(message: ChatMessage, order: ChatOrder): ChatContent {
    const { sodium, visitorKey } = this.options;
    const { from, seq } = message;
    const raw = openChat(sodium, this.#key(message), visitorKey, message);
    order.take(message);
    const content = ChatContent.safeParse(raw);
    if (!content.success) throw new TamperError('malformed');
    const { t } = content.data;
    if (!MAY_SAY[from].includes(t) || (t === 'question') !== (seq === 0)) throw new TamperError('unexpected');
    return content.data;
  }

  #key({ from, epoch }: ChatMessage): Uint8Array {
    const { role, keyOf } = this.options;
    const note = from === 'note';
    if (epoch > this.claims.all.length) throw new TamperError('missing'); // the claim
    // Notes are the staff's. In epoch 0 no operator has vouched for anything yet.
    const foreign = (note && role === 'customer') || (from === 'operator' && epoch === 0);
    const key = foreign ? null : note ? keyOf('note', null) : this.claims.key(epoch);
    if (!key) throw new TamperError('unexpected');
    return key;
  }
}
