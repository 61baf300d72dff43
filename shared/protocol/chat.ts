/**
 * The chat desk. The customer's browser (namespace `/customer`) and the desk (`/desk`) exchange sealed messages through
 * the server, which orders and keeps them and can read none (docs/protocol.md, "Chat").
 *
 * ```
 * customer                       server                         desk
 *   │ chat:start {…, frame} ──────▶ │ ── chat:waiting {row} ─────▶ │  every operator who may chat
 *   │ ◀──── {chatId, token, place}  │ ◀── chat:claim {claim} ───── │  one of them
 *   │ ◀──── chat:claimed {claim} ── │ ── chat:waiting-over ──────▶ │  all
 *   │ ◀════ chat:send → chat:message, chat:typing, chat:seen ════▶ │
 *   │ ◀────────── chat:ended {by} ─ │ ─ chat:ended {by} ─────────▶ │
 * ```
 */
import { z } from './zod';
import { Language, PersonName, SessionId, SubscriberCode, base64url, base64urlUpTo } from './common';
import type { Joined } from './customer';
import { DeviceCertificate } from './device';
import type { Ack } from './errors';
import { AccountId } from './http';

/** A frame holds one message of at most MAX_CHAT_CHARS characters, in base64url. */
export const MAX_CHAT_FRAME_CHARS = 28_000;
/** Messages of one conversation; then it is over. */
export const MAX_CHAT_MESSAGES = 2000;

export const ChatId = base64url(16);
export const ChatToken = base64url(32);
export const ChatFrame = base64urlUpTo(MAX_CHAT_FRAME_CHARS);
/** X25519. */
const PublicKey = base64url(32);
/** A 64-byte key as `crypto_box_seal` makes it for the vault. */
const KeyBox = base64url(112);
const Count = z.number().int().nonnegative();

/** customer: the conversation's own messages; operator: the staff's; note: for the staff only. */
export const ChatFrom = z.enum(['customer', 'operator', 'note']);
export type ChatFrom = z.infer<typeof ChatFrom>;

/** A message as its sender makes it. `n` counts up from 0 for each `sender` (a random id of one open page) and epoch. */
export const SealedChat = z.strictObject({
  epoch: Count,
  from: ChatFrom,
  sender: base64url(8),
  n: Count,
  frame: ChatFrame,
});
export type SealedChat = z.infer<typeof SealedChat>;

/** The same as the server keeps and tells it: `seq` counts up from 0 in one conversation, `at` is epoch ms. */
export const ChatMessage = SealedChat.extend({ seq: Count, at: Count });
export type ChatMessage = z.infer<typeof ChatMessage>;

/** An operator takes the conversation: a new epoch with a key that only the two sides and the vault know. */
export const ChatClaim = z.strictObject({
  /** 1 for the first claim, then one more with every transfer. */
  epoch: Count.min(1),
  key: PublicKey,
  operator: PersonName,
  certificate: DeviceCertificate,
  keyBox: KeyBox,
  /** Ed25519 by the certified device. */
  signature: base64url(64),
});
export type ChatClaim = z.infer<typeof ChatClaim>;

export const ChatState = z.enum(['waiting', 'open', 'ended']);
export type ChatState = z.infer<typeof ChatState>;
/** `idle`: nobody was there for too long. */
export const ChatEndedBy = z.enum(['customer', 'operator', 'idle', 'blocked', 'full']);
export type ChatEndedBy = z.infer<typeof ChatEndedBy>;

/** Last `seq` that arrived on the page, and that was shown to the person. -1: none. */
export const ChatMarks = z.object({
  delivered: z.number().int().min(-1),
  seen: z.number().int().min(-1),
});
export type ChatMarks = z.infer<typeof ChatMarks>;

/** Where a waiting customer stands. */
export const ChatPlace = z.object({
  /** Of the last claim: what was told before a later one holds no more. */
  epoch: Count,
  /** 1 is next. */
  place: Count,
  /** What others waited, those who wait now included; null when too few did. */
  waitMs: Count.nullable(),
  /** This one has waited longer than is usual. */
  late: z.boolean(),
  /** Somebody is there who could answer. */
  online: z.boolean(),
});
export type ChatPlace = z.infer<typeof ChatPlace>;

/** chat:start */
export const ChatStart = z.strictObject({
  owner: SubscriberCode,
  language: Language,
  visitorKey: PublicKey,
  /** The question's key, for the vault. */
  keyBox: KeyBox,
  /** epoch 0, from customer, n 0: the question. */
  question: SealedChat,
});
export type ChatStart = z.infer<typeof ChatStart>;
export const ChatStarted = z.object({
  chatId: ChatId,
  token: ChatToken,
  message: ChatMessage,
  place: ChatPlace,
});
export type ChatStarted = z.infer<typeof ChatStarted>;

export const OfChat = z.strictObject({ chatId: ChatId });
export type OfChat = z.infer<typeof OfChat>;
/** chat:resume, by another tab or after a reload. `after`: the last `seq` that is there, or -1. */
export const ChatResume = z.strictObject({
  chatId: ChatId,
  token: ChatToken,
  after: z.number().int().min(-1),
});
export type ChatResume = z.infer<typeof ChatResume>;

/** Everything about one conversation that both sides may know. */
export const ChatSnapshot = z.object({
  chatId: ChatId,
  state: ChatState,
  visitorKey: PublicKey,
  /** The claims so far, oldest first. */
  claims: z.array(ChatClaim).max(100),
  /** After `after`; notes go to the desk only. */
  messages: z.array(ChatMessage).max(MAX_CHAT_MESSAGES),
  place: ChatPlace.nullable(),
  /** Of the other side. */
  marks: ChatMarks,
  peerPresent: z.boolean(),
  endedBy: ChatEndedBy.nullable(),
  rated: z.boolean(),
  /** A remote session that was asked for or goes on. */
  sessionId: SessionId.nullable(),
});
export type ChatSnapshot = z.infer<typeof ChatSnapshot>;

export const ChatSend = z.strictObject({ chatId: ChatId, message: SealedChat });
export type ChatSend = z.infer<typeof ChatSend>;
export const ChatTyping = z.strictObject({ chatId: ChatId, on: z.boolean() });
export type ChatTyping = z.infer<typeof ChatTyping>;
export const ChatSeen = z.strictObject({ chatId: ChatId, ...ChatMarks.shape });
export type ChatSeen = z.infer<typeof ChatSeen>;
/** chat:rate, once, after the end: 1 to 5 stars; `frame` is an optional comment as a box for the vault. */
export const ChatRate = z.strictObject({
  chatId: ChatId,
  stars: z.number().int().min(1).max(5),
  comment: ChatFrame.nullable(),
});
export type ChatRate = z.infer<typeof ChatRate>;
/** chat:answer: the customer agrees to a remote session that was asked for in the chat, or does not. */
export const ChatAnswer = z.strictObject({ chatId: ChatId, sessionId: SessionId, granted: z.boolean() });
export type ChatAnswer = z.infer<typeof ChatAnswer>;

type Answer<T> = (ack: Ack<T>) => void;

/** Either side, of a conversation its socket is in. */
export interface ChatClientEvents {
  'chat:send': (message: ChatSend, ack: Answer<{ seq: number; at: number }>) => void;
  'chat:typing': (message: ChatTyping, ack: Answer<object>) => void;
  'chat:seen': (message: ChatSeen, ack: Answer<object>) => void;
  'chat:end': (message: OfChat, ack: Answer<object>) => void;
}

export interface ChatCustomerClientEvents extends ChatClientEvents {
  'chat:start': (message: ChatStart, ack: Answer<ChatStarted>) => void;
  'chat:resume': (message: ChatResume, ack: Answer<ChatSnapshot>) => void;
  'chat:rate': (message: ChatRate, ack: Answer<object>) => void;
  /** Granted: the answer is that of `session:join`, and the socket is in the session. Not granted: null. */
  'chat:answer': (message: ChatAnswer, ack: Answer<{ joined: Joined | null }>) => void;
}

export interface ChatServerEvents {
  'chat:message': (message: { chatId: string; message: ChatMessage }) => void;
  /** The other side writes. To the customer: whether it is the operator who claimed the conversation last. */
  'chat:typing': (message: ChatTyping & { owner?: boolean }) => void;
  /** How far the other side is. */
  'chat:seen': (message: ChatSeen) => void;
  'chat:peer': (message: { chatId: string; present: boolean }) => void;
  'chat:claimed': (message: { chatId: string; claim: ChatClaim }) => void;
  /** The conversation waits (again). */
  'chat:place': (message: { chatId: string; place: ChatPlace }) => void;
  'chat:ended': (message: { chatId: string; by: ChatEndedBy }) => void;
}

/** A colleague, as the dialog for transferring lists them. */
export const Colleague = z.object({ id: AccountId, name: PersonName, available: z.boolean(), chats: Count });
export type Colleague = z.infer<typeof Colleague>;
