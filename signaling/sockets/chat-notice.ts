/** What the chat has to say, said on sockets. */
import type { Server } from 'socket.io';
import type { Side } from '../../shared/protocol/common';
import type { Audience, ChatNotice } from '../chat/context';
import { chatRoom, watcherRoom, watchersRoom } from './chat-rooms';
import { accountRoom, sideOf } from './rooms';

/** Tells the sockets of all nodes, unless said otherwise. */
export function chatNotice(io: Server): ChatNotice {
  const to = (side: Side, chatId: string) => sideOf(io, side).to(chatRoom(chatId, side));
  const desks = sideOf(io, 'operator');
  const audienceOf = (audience: Audience) =>
    desks.to('account' in audience ? watcherRoom(audience.account) : watchersRoom(audience.tenant));

  return {
    message(chatId, message, but = '') {
      to('operator', chatId).except(but).emit('chat:message', { chatId, message });
      if (message.from !== 'note')
        to('customer', chatId).except(but).emit('chat:message', { chatId, message });
    },
    typing(chatId, side, on, owner) {
      to(side, chatId).emit('chat:typing', { chatId, on, ...(owner !== undefined && { owner }) });
    },
    seen(chatId, side, marks) {
      to(side, chatId).emit('chat:seen', { chatId, ...marks });
    },
    peer(chatId, side, present) {
      to(side, chatId).emit('chat:peer', { chatId, present });
    },
    claimed(chatId, claim) {
      for (const side of ['customer', 'operator'] as const)
        to(side, chatId).emit('chat:claimed', { chatId, claim });
    },
    place(chatId, place) {
      sideOf(io, 'customer').local.to(chatRoom(chatId, 'customer')).emit('chat:place', { chatId, place });
    },
    ended(chatId, by) {
      // The customer's pages stay: they may rate.
      for (const side of ['customer', 'operator'] as const)
        to(side, chatId).emit('chat:ended', { chatId, by });
      desks.in(chatRoom(chatId, 'operator')).socketsLeave(chatRoom(chatId, 'operator'));
    },
    waiting(audience, chat) {
      audienceOf(audience).emit('chat:waiting', { chat });
    },
    waitingOver(tenantId, chatId, why, by) {
      desks.to(watchersRoom(tenantId)).emit('chat:waiting-over', { chatId, why, by });
    },
    follow(accountId, chatId) {
      desks.in(accountRoom(accountId)).socketsJoin(chatRoom(chatId, 'operator'));
    },
    joined(accountId, chat, but = '') {
      desks.to(accountRoom(accountId)).except(but).emit('chat:joined', { chat });
    },
    left(accountId, chatId, why) {
      // All of the account's: a desk may be in a conversation that never asked for the queue.
      desks.in(accountRoom(accountId)).socketsLeave(chatRoom(chatId, 'operator'));
      desks.to(accountRoom(accountId)).emit('chat:left', { chatId, why });
    },
    unwatch({ id, tenant_id }) {
      desks.in(accountRoom(id)).socketsLeave([watchersRoom(tenant_id), watcherRoom(id)]);
    },
    staff(chatId, staff) {
      to('operator', chatId).emit('chat:staff', { chatId, staff });
    },
    rated(accountId, rating) {
      desks.to(watcherRoom(accountId)).emit('chat:rated', rating);
    },
    available(accountId, available, but = '') {
      desks.to(watcherRoom(accountId)).except(but).emit('chat:available', { available });
    },
  };
}
