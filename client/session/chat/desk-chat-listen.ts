/** What the server tells the desk, handed to where it belongs. Who is told of it stands here too. */
import { DeviceNews } from '../../../shared/protocol/device';
import type { ServerSocket } from '../../net/socket';
import {
  ToldAvailable,
  ToldClaimed,
  ToldEnded,
  ToldJoined,
  ToldLeft,
  ToldMessage,
  ToldPeer,
  ToldPlace,
  ToldRated,
  ToldSeen,
  ToldStaff,
  ToldTyping,
  ToldUnread,
  ToldWaiting,
  ToldWaitingOver,
} from './desk-chat-events';
import type { OperatorChat } from './desk-chat.svelte';
import type { DeskChats } from './desk-chats.svelte';

const whoIn = (chat: OperatorChat | null | undefined): string | null => chat?.question?.name ?? null;

/** @returns a function that stops listening */
export function listenForChats(socket: Pick<ServerSocket, 'on'>, desk: DeskChats): () => void {
  const { device, told } = desk.deps;
  const releases = [
    socket.on('chat:available', ToldAvailable, ({ available }) => {
      desk.picture.changed('available');
      desk.available = available;
    }),
    socket.on('chat:unread', ToldUnread, ({ unread }) => {
      desk.picture.changed('unread');
      desk.unanswered = unread;
    }),
    socket.on('chat:waiting', ToldWaiting, ({ chat }) => {
      desk.picture.changed(chat.chatId);
      if (desk.queue.put(chat)) told({ kind: 'waiting', forYou: chat.forYou !== null });
    }),
    socket.on('chat:waiting-over', ToldWaitingOver, ({ chatId, why, by }) => {
      desk.picture.changed(chatId);
      desk.queue.remove(chatId);
      // Also told of this desk's own claim; the answer to that says which it was.
      if (why === 'claimed' && desk.claiming === chatId) desk.taker = by;
    }),
    socket.on('chat:joined', ToldJoined, ({ chat }) => {
      desk.picture.changed(chat.chatId);
      const isNew = !desk.of(chat.chatId);
      // Over before this operator came to it.
      if (isNew && desk.picture.latest(chat).state === 'ended') return;
      const joined = desk.put(chat);
      if (joined && isNew && desk.claiming !== chat.chatId)
        told({ kind: 'joined', chatId: chat.chatId, who: whoIn(joined) });
    }),
    socket.on('chat:left', ToldLeft, ({ chatId, why }) => {
      desk.picture.changed(chatId);
      const chat = desk.of(chatId);
      desk.drop(chatId);
      if (chat) told({ kind: 'gone', who: whoIn(chat), why });
      // Handed on in another tab while it is still on its way to this one.
      else void desk.watch();
    }),
    socket.on('chat:message', ToldMessage, ({ chatId, message }) => {
      const chat = desk.of(chatId);
      const unread = chat?.unread ?? 0;
      chat?.received(message);
      if (chat && chat.unread > unread) told({ kind: 'message', chatId, who: whoIn(chat) });
    }),
    socket.on('chat:claimed', ToldClaimed, ({ chatId, claim }) => desk.of(chatId)?.claimed(claim)),
    socket.on('chat:typing', ToldTyping, ({ chatId, on }) => desk.of(chatId)?.peerTyping(on)),
    socket.on('chat:seen', ToldSeen, ({ chatId, delivered, seen }) =>
      desk.of(chatId)?.marked({ delivered, seen }),
    ),
    socket.on('chat:peer', ToldPeer, ({ chatId, present }) =>
      desk.of(chatId)?.change({ peerPresent: present }),
    ),
    socket.on('chat:staff', ToldStaff, ({ chatId, staff }) => desk.of(chatId)?.change({ staff })),
    socket.on('chat:place', ToldPlace, ({ chatId, place }) => desk.of(chatId)?.change({ place })),
    socket.on('chat:ended', ToldEnded, ({ chatId, by }) => {
      desk.picture.ended(chatId, by);
      desk.queue.remove(chatId);
      const chat = desk.of(chatId);
      if (!chat || chat.ended) return;
      chat.finish(by);
      if (by !== 'operator' && by !== 'blocked') told({ kind: 'ended', chatId, who: whoIn(chat) });
    }),
    socket.on('chat:rated', ToldRated, (rated) => {
      const chat = desk.of(rated.chatId);
      if (!chat) return;
      chat.rated(rated);
      told({ kind: 'rated', chatId: rated.chatId, who: whoIn(chat), stars: rated.stars });
    }),
    socket.on('device:approved', DeviceNews, ({ id }) => void device.heard(id)),
    socket.on('device:revoked', DeviceNews, ({ id }) => void device.heard(id)),
  ];
  return () => {
    for (const release of releases) release();
  };
}
