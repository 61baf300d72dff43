/** The desk's side of the chat: the queue, claiming, and what only the staff sees. */
import { z } from './zod';
import { Language, Mode, PersonName, SessionId } from './common';
import {
  ChatClaim,
  ChatEndedBy,
  ChatFrame,
  ChatId,
  ChatMessage,
  ChatSnapshot,
  type ChatClientEvents,
  type ChatServerEvents,
  type Colleague,
} from './chat';
import type { Opened } from './desk';
import type { Ack } from './errors';
import { AccountId } from './http';

const Count = z.number().int().nonnegative();

/** One conversation that waits. The question is sealed: a device of the staff opens it. */
export const WaitingChat = z.object({
  chatId: ChatId,
  visitorKey: ChatSnapshot.shape.visitorKey,
  keyBox: ChatClaim.shape.keyBox,
  question: ChatMessage,
  language: Language,
  /** Of the last claim; 0 when nobody has claimed it yet. Who claims it now makes the next one. */
  epoch: Count,
  /** Epoch ms since which it waits; a transfer back to the queue starts anew. */
  since: Count,
  /** The customer's page is open now. */
  present: z.boolean(),
  /** Handed on to this operator only, by whom. */
  forYou: z.object({ from: PersonName }).nullable(),
});
export type WaitingChat = z.infer<typeof WaitingChat>;

/** Somebody of the staff in a conversation. */
export const ChatStaff = z.object({
  id: AccountId,
  name: PersonName,
  owner: z.boolean(),
  present: z.boolean(),
});

/** A conversation this operator is in. */
export const DeskChat = ChatSnapshot.extend({
  keyBox: ChatClaim.shape.keyBox,
  language: Language,
  address: z.string().max(45).nullable(),
  startedAt: Count,
  staff: z.array(ChatStaff).max(20),
});
export type DeskChat = z.infer<typeof DeskChat>;

/** chat:watch — the whole picture, on every (re)connection. */
export const ChatDeskState = z.object({
  /** The account's, as customers see it; an administrator may have changed it since the sign-in. */
  name: PersonName,
  /** Whether this account takes chats; kept over reloads. */
  available: z.boolean(),
  waiting: z.array(WaitingChat).max(500),
  chats: z.array(DeskChat).max(50),
  /** Offline messages that nobody has answered. */
  unread: Count,
});
export type ChatDeskState = z.infer<typeof ChatDeskState>;

/** chat:available */
export const ChatAvailable = z.strictObject({ available: z.boolean() });

export const ChatTake = z.strictObject({ chatId: ChatId, claim: ChatClaim });
export type ChatTake = z.infer<typeof ChatTake>;
/** chat:transfer: to a colleague, or back to the queue for everybody (null). */
export const ChatTransfer = z.strictObject({ chatId: ChatId, to: AccountId.nullable() });
export type ChatTransfer = z.infer<typeof ChatTransfer>;
export const ChatInvite = z.strictObject({ chatId: ChatId, who: AccountId });
export type ChatInvite = z.infer<typeof ChatInvite>;
/** chat:block: ends the conversation and takes no new one, nor a message, from that address for so many hours. */
export const ChatBlock = z.strictObject({ chatId: ChatId, hours: z.literal([1, 24, 168]) });
export type ChatBlock = z.infer<typeof ChatBlock>;
/** chat:request: opens a session for the customer of this conversation. The chat message that asks follows. */
export const ChatRequest = z.strictObject({ chatId: ChatId, mode: Mode, windowsOnly: z.boolean() });
export type ChatRequest = z.infer<typeof ChatRequest>;

/** GET /api/admin/chats (`PageQuery`) → ChatRow[]: who, when and how long; never what was said. */
export const ChatRow = z.object({
  id: ChatId,
  language: Language,
  address: z.string().nullable(),
  startedAt: Count,
  /** Until the first claim; null: nobody came. */
  waitedMs: Count.nullable(),
  /** Oldest first; times are epoch ms, `waitedMs` since the conversation began to wait (again). */
  claims: z.array(z.object({ at: Count, operatorId: z.string(), operatorName: z.string(), waitedMs: Count })),
  /** `to` null: back to the queue. */
  transfers: z.array(
    z.object({
      at: Count,
      fromId: z.string(),
      fromName: z.string(),
      toId: z.string().nullable(),
      toName: z.string().nullable(),
    }),
  ),
  /** Who was in it without ever having claimed it: invited by whoever had. `leftAt` null: stayed until the end. */
  guests: z.array(z.object({ id: z.string(), name: z.string(), joinedAt: Count, leftAt: Count.nullable() })),
  messages: Count,
  /** Remote sessions that were asked for in it; GET /api/admin/sessions has all about them. */
  sessions: z.array(
    z.object({
      id: SessionId,
      mode: Mode,
      issuedAt: Count,
      /** Null: it did not come to a connection. */
      startedAt: Count.nullable(),
      endedAt: Count.nullable(),
    }),
  ),
  endedAt: Count.nullable(),
  endedBy: ChatEndedBy.nullable(),
  /** Who of the staff ended it or blocked the visitor; null: somebody else, or not kept in those days. */
  endedByStaff: z.object({ id: z.string(), name: z.string() }).nullable(),
  stars: z.number().int().min(1).max(5).nullable(),
});
export type ChatRow = z.infer<typeof ChatRow>;

/**
 * GET /api/chats/:id/transcript for operators who were in the conversation, GET /api/admin/chats/:id/transcript for
 * administrators. All of it is sealed: an approved device opens `keyBox` and those of the claims with the vault's key.
 */
export const ChatTranscript = z.object({
  chatId: ChatId,
  visitorKey: ChatSnapshot.shape.visitorKey,
  keyBox: ChatClaim.shape.keyBox,
  language: Language,
  startedAt: Count,
  endedAt: Count.nullable(),
  claims: ChatSnapshot.shape.claims,
  messages: ChatSnapshot.shape.messages,
  stars: ChatRow.shape.stars,
  /** A box for the vault, as the customer made it. */
  comment: ChatFrame.nullable(),
});
export type ChatTranscript = z.infer<typeof ChatTranscript>;

/** chat:rated: what the customer thought of it, after the end. The comment is a box for the vault. */
export const ChatRated = z.object({
  chatId: ChatId,
  stars: z.number().int().min(1).max(5),
  comment: ChatFrame.nullable(),
});
export type ChatRated = z.infer<typeof ChatRated>;

type Answer<T> = (ack: Ack<T>) => void;

export interface ChatDeskClientEvents extends ChatClientEvents {
  'chat:watch': (message: object, ack: Answer<ChatDeskState>) => void;
  'chat:available': (message: { available: boolean }, ack: Answer<object>) => void;
  /** `conflict`: a colleague was quicker. */
  'chat:claim': (message: ChatTake, ack: Answer<{ chat: DeskChat }>) => void;
  'chat:colleagues': (message: object, ack: Answer<{ colleagues: Colleague[] }>) => void;
  'chat:transfer': (message: ChatTransfer, ack: Answer<object>) => void;
  'chat:invite': (message: ChatInvite, ack: Answer<object>) => void;
  'chat:leave': (message: { chatId: string }, ack: Answer<object>) => void;
  'chat:block': (message: ChatBlock, ack: Answer<object>) => void;
  /** The answer is that of `session:open`. `conflict`: this conversation has a session already. */
  'chat:request': (message: ChatRequest, ack: Answer<Opened>) => void;
}

export interface ChatDeskServerEvents extends ChatServerEvents {
  'chat:available': (message: { available: boolean }) => void;
  /** A conversation waits, or what is known of it has changed. */
  'chat:waiting': (message: { chat: WaitingChat }) => void;
  'chat:waiting-over': (message: {
    chatId: string;
    why: 'claimed' | 'left' | 'ended';
    by: string | null;
  }) => void;
  /** This operator is in a conversation now (invited, or claimed in another tab). */
  'chat:joined': (message: { chat: DeskChat }) => void;
  'chat:staff': (message: { chatId: string; staff: DeskChat['staff'] }) => void;
  /** Not (any more) this operator's. */
  'chat:left': (message: { chatId: string; why: 'transferred' | 'left' }) => void;
  /** To those of the staff who were in it at the end. */
  'chat:rated': (message: ChatRated) => void;
  'chat:unread': (message: { unread: number }) => void;
}
