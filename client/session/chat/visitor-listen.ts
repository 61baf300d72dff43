/** What the server tells the chat window, given to the one conversation it is about. */
import { z } from '../../../shared/protocol/zod';
import {
  ChatClaim,
  ChatEndedBy,
  ChatId,
  ChatMarks,
  ChatMessage,
  ChatPlace,
} from '../../../shared/protocol/chat';
import type { ServerSocket } from '../../net/socket';
import type { VisitorTalk } from './visitor-talk.svelte';

const of = <T extends z.ZodRawShape>(shape: T) => z.object({ chatId: ChatId, ...shape });
const Message = of({ message: ChatMessage });
const Typing = of({ on: z.boolean(), owner: z.boolean().optional() });
const Seen = of(ChatMarks.shape);
const Peer = of({ present: z.boolean() });
const Claimed = of({ claim: ChatClaim });
const Place = of({ place: ChatPlace });
const Over = of({ by: ChatEndedBy });

/**
 * @param talk the conversation of this page; what is told of another one is dropped
 * @param over it has ended
 */
export function listen(
  socket: Pick<ServerSocket, 'on'>,
  talk: (chatId: string) => VisitorTalk | null,
  over: () => void,
): void {
  socket.on('chat:message', Message, ({ chatId, message }) => talk(chatId)?.received(message));
  socket.on('chat:typing', Typing, ({ chatId, on, owner }) => talk(chatId)?.peerTyping(on, owner));
  socket.on('chat:seen', Seen, ({ chatId, delivered, seen }) => talk(chatId)?.marked({ delivered, seen }));
  socket.on('chat:claimed', Claimed, ({ chatId, claim }) => talk(chatId)?.claimed(claim));
  socket.on('chat:place', Place, ({ chatId, place }) => talk(chatId)?.waits(place));
  socket.on('chat:peer', Peer, ({ chatId, present }) => {
    const found = talk(chatId);
    if (found) found.peerPresent = present;
  });
  socket.on('chat:ended', Over, ({ chatId, by }) => {
    talk(chatId)?.over(by);
    if (talk(chatId)) over();
  });
}
