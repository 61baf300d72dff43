/** Where the sides of a conversation are reached. Several sockets may be one side: tabs of a customer, colleagues. */
import type { Server } from 'socket.io';
import { leaveDesk } from '../chat/presence';
import { customerPresence } from '../chat/customer';
import type { Core } from '../core';
import type { AnyNamespace, AnySocket, Speaker } from './on';
import { sideOf } from './rooms';

/** The sockets of one side of a conversation. */
export const chatRoom = (chatId: string, side: Speaker): string => `chat:${chatId}:${side}`;
/** All desks of a tenant that watch the queue. */
export const watchersRoom = (tenantId: string): string => `chats:${tenantId}`;
/** Those of one account. */
export const watcherRoom = (accountId: string): string => `chats-of:${accountId}`;

/** Whether the socket hears what is said in the conversation. */
export const isInChat = (socket: AnySocket, chatId: string): boolean =>
  socket.rooms.has(chatRoom(chatId, socket.data.side));

/** Of all rooms with a name of that kind, what the name holds. */
const named = (rooms: Iterable<string>, pattern: RegExp): string[] =>
  [...rooms].flatMap((room) => pattern.exec(room)?.[1] ?? []);
const OF_CHAT = /^chat:([^:]+):/;
const OF_WATCHER = /^chats-of:(.+)$/;

/** A socket that broke while its request was on the way must not join: nothing would take it out again. */
export async function enterRooms(socket: AnySocket, rooms: string[]): Promise<void> {
  if (socket.connected) await socket.join(rooms);
}

/** The domain's `enter` of a customer's page. */
export const enteringChat =
  ({ chats, io }: Core, socket: AnySocket) =>
  async (chatId: string): Promise<void> => {
    await enterRooms(socket, [chatRoom(chatId, 'customer')]);
    const present = socket.connected || (await somebodyIn(sideOf(io, 'customer'), chatId, socket));
    await customerPresence(chats, chatId, present);
  };

async function somebodyIn(customers: AnyNamespace, chatId: string, but: AnySocket): Promise<boolean> {
  const sockets = await customers.in(chatRoom(chatId, 'customer')).fetchSockets();
  return sockets.some((socket) => socket.id !== but.id);
}

/** A socket has gone. Whether it was the last one is asked twice: another may have come while the first answer was written. */
export async function leaveChats(core: Core, socket: AnySocket): Promise<void> {
  const { side, account } = socket.data;
  const { chats, io } = core;
  if (side === 'customer') {
    for (const chatId of named([...socket.rooms], OF_CHAT)) {
      const present = () => somebodyIn(sideOf(io, 'customer'), chatId, socket);
      if (await present()) continue;
      await customerPresence(chats, chatId, false);
      if (await present()) await customerPresence(chats, chatId, true);
    }
  }
  if (side !== 'operator' || account === undefined || !socket.rooms.has(watcherRoom(account))) return;
  const desks = await sideOf(io, 'operator').in(watcherRoom(account)).fetchSockets();
  if (!desks.some((desk) => desk.id !== socket.id)) await leaveDesk(chats, account);
}

/** Whose desks are open on this node. */
export const watchersHere = (io: Server): string[] =>
  named(sideOf(io, 'operator').adapter.rooms.keys(), OF_WATCHER);

/** Whose customers are on this node. */
export const customersHere = (io: Server): string[] =>
  named(sideOf(io, 'customer').adapter.rooms.keys(), OF_CHAT);
