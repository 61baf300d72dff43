/** Begins a conversation: fresh keys, the question sealed for the staff, and the row that this browser keeps of it. */
import { CHAT_SEED_BYTES, chatVisitor, sealKey } from '../../../shared/crypto/chat';
import { toBase64 } from '../../../shared/crypto/encoding';
import type { Sodium } from '../../../shared/crypto/sodium';
import { ChatStarted, type ChatStart } from '../../../shared/protocol/chat';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import type { Language } from '../../../shared/protocol/common';
import type { ChatCard } from '../../../shared/protocol/embed';
import type { Ack } from '../../../shared/protocol/errors';
import type { ServerSocket } from '../../net/socket';
import { ConversationQueue } from './conversation-queue';
import type { StoredChat } from './store';
import { browserName } from '../browser-name';
import { cleanName, cleanText } from './visitor-text';

/** The page on which the button was pressed, as far as it says. */
export interface Host {
  page: string | null;
  title: string;
}

type Question = Extract<ChatContent, { t: 'question' }>;

/** What is asked, by whom, and with what browser on which page: what helping begins with. */
export const questionOf = ({ page, title }: Host, name: string, text: string): Question => ({
  t: 'question',
  name: cleanName(name),
  text: cleanText(text),
  page,
  title: cleanName(title),
  browser: browserName(navigator.userAgent, 'with version'),
  language: navigator.language.slice(0, 35),
});

export interface Beginning {
  owner: string;
  language: Language;
  /** Checked (`fetchCard`). */
  card: Pick<ChatCard, 'identityKey' | 'vaultKey'>;
  question: Question;
}

/** Each attempt has keys of its own: nobody knows what became of one without an answer. */
export async function startChat(
  sodium: Sodium,
  socket: Pick<ServerSocket, 'request'>,
  { owner, language, card, question }: Beginning,
): Promise<Ack<{ stored: StoredChat; started: ChatStarted }>> {
  const seed = sodium.randombytes_buf(CHAT_SEED_BYTES);
  const { visitorKey, questionKey } = chatVisitor(sodium, seed);
  const queue = new ConversationQueue(sodium, visitorKey);
  queue.write(question, 'customer');
  const sealed = queue.next(0, () => questionKey);
  if (!sealed) return { ok: false, error: 'failed' };
  const { identityKey, vaultKey } = card;
  const start: ChatStart = {
    owner,
    language,
    visitorKey,
    keyBox: sealKey(sodium, questionKey, vaultKey),
    question: sealed,
  };
  const started = await socket.request('chat:start', start, ChatStarted);
  if (!started.ok) return started;
  const { chatId, token } = started;
  const stored = {
    owner,
    chatId,
    token,
    seed: toBase64(sodium, seed),
    identityKey,
    vaultKey,
    storedAt: Date.now(),
  };
  return { ok: true, stored, started };
}
