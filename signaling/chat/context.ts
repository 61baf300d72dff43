/** What the chat's functions work with. They know no transport: `notice` tells the sockets, or a test. */
import type { ChatClaim, ChatEndedBy, ChatMarks, ChatMessage, ChatPlace } from '../../shared/protocol/chat';
import type { ChatRated, DeskChat, WaitingChat } from '../../shared/protocol/chat-desk';
import type { Side } from '../../shared/protocol/common';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Limiters } from '../limits/limiter';
import type { Metrics } from '../metrics';
import type { Db } from '../store/schema';

/** Claims of one conversation; a snapshot holds as many. */
export const MAX_EPOCHS = 100;
/** Conversations that one operator may be in at once; a desk is shown as many. */
export const MAX_CHATS_OF_OPERATOR = 50;
/** Of the staff in one conversation. */
export const MAX_STAFF = 20;

/** Who hears of a waiting conversation: one operator, or all of a tenant. */
export type Audience = { account: string } | { tenant: string };

/** What the sides of a conversation hear. `but`: a socket that knows already. */
export interface ChatNotice {
  /** To both sides; notes to the staff only. */
  message(chatId: string, message: ChatMessage, but?: string): void;
  /** `owner`, to the customer: whether who claimed it last writes. */
  typing(chatId: string, to: Side, on: boolean, owner?: boolean): void;
  seen(chatId: string, to: Side, marks: ChatMarks): void;
  peer(chatId: string, to: Side, present: boolean): void;
  claimed(chatId: string, claim: ChatClaim): void;
  /** To the customer's pages on this node; each node says it itself. */
  place(chatId: string, place: ChatPlace): void;
  ended(chatId: string, by: ChatEndedBy): void;
  waiting(audience: Audience, chat: WaitingChat): void;
  waitingOver(tenantId: string, chatId: string, why: 'claimed' | 'left' | 'ended', by: string | null): void;
  /** The desks of an operator hear all that is said there from now on. */
  follow(accountId: string, chatId: string): void;
  /** …and have the whole picture, taken after they began to hear. */
  joined(accountId: string, chat: DeskChat, but?: string): void;
  left(accountId: string, chatId: string, why: 'transferred' | 'left'): void;
  /** The desks of an operator hear no more of who waits. */
  unwatch(account: { id: string; tenant_id: string }): void;
  staff(chatId: string, staff: DeskChat['staff']): void;
  /** To the desks of the one who was in it. */
  rated(accountId: string, rating: ChatRated): void;
  available(accountId: string, available: boolean, but?: string): void;
}

export interface ChatContext {
  db: Db;
  clock: Clock;
  config: Pick<Config, 'limits'>;
  limiters: Pick<Limiters, 'chatsPerAddress' | 'chatMessages' | 'chatResumes' | 'chatHistoryPerAddress'>;
  metrics: Metrics;
  notice: ChatNotice;
  /** Whether the tenant's business hours say so. */
  isOpen(tenantId: string, now: number): Promise<boolean>;
  /** Offline messages that nobody has answered. */
  unread(tenantId: string): Promise<number>;
  /** A conversation is over or handed on: a remote session that was asked for there and not answered is withdrawn. */
  withdrawRequest(chatId: string): Promise<void>;
  /** Whether the tenant is online may have changed; need not be waited for. */
  recheck(): void;
}
