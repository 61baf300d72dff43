/** What the server tells the desk about chats, as schemas: nothing else gets in. */
import {
  ChatClaim,
  ChatEndedBy,
  ChatId,
  ChatMessage,
  ChatPlace,
  ChatSeen,
  ChatTyping,
} from '../../../shared/protocol/chat';
import { ChatRated, DeskChat, WaitingChat } from '../../../shared/protocol/chat-desk';
import { PersonName } from '../../../shared/protocol/common';
import { z } from '../../../shared/protocol/zod';

export const ToldMessage = z.object({ chatId: ChatId, message: ChatMessage });
export const ToldTyping = ChatTyping;
export const ToldSeen = ChatSeen;
export const ToldPeer = z.object({ chatId: ChatId, present: z.boolean() });
export const ToldClaimed = z.object({ chatId: ChatId, claim: ChatClaim });
export const ToldPlace = z.object({ chatId: ChatId, place: ChatPlace });
export const ToldEnded = z.object({ chatId: ChatId, by: ChatEndedBy });
export const ToldAvailable = z.object({ available: z.boolean() });
export const ToldWaiting = z.object({ chat: WaitingChat });
export const ToldWaitingOver = z.object({
  chatId: ChatId,
  why: z.enum(['claimed', 'left', 'ended']),
  by: PersonName.nullable(),
});
export const ToldJoined = z.object({ chat: DeskChat });
export const ToldStaff = z.object({ chatId: ChatId, staff: DeskChat.shape.staff });
export const ToldLeft = z.object({ chatId: ChatId, why: z.enum(['transferred', 'left']) });
export const ToldRated = ChatRated;
export const ToldUnread = z.object({ unread: z.number().int().nonnegative() });
