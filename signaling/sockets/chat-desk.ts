/** What a desk sends besides. */
import { z } from '../../shared/protocol/zod';
import { OfChat } from '../../shared/protocol/chat';
import {
  ChatAvailable,
  ChatBlock,
  ChatInvite,
  ChatTake,
  ChatTransfer,
} from '../../shared/protocol/chat-desk';
import { blockVisitor } from '../chat/blocks';
import { claimChat } from '../chat/claim';
import { watchDesk } from '../chat/desk';
import { inviteColleague, leaveChat } from '../chat/guests';
import { changeAvailable, colleaguesOf } from '../chat/presence';
import { transferChat } from '../chat/transfer';
import { chatRoom, enterRooms, watcherRoom, watchersRoom } from './chat-rooms';
import { on } from './on';
import { atDesk, operatorOf, signedIn } from './rules';

const Nothing = z.strictObject({});

export const chatWatch = on('chat:watch', Nothing, signedIn, async (context) => {
  const { core, socket } = context;
  const { account } = await operatorOf(context);
  return watchDesk(core.chats, {
    account,
    enter: () => enterRooms(socket, [watchersRoom(account.tenant_id), watcherRoom(account.id)]),
    follow: (ids) =>
      enterRooms(
        socket,
        ids.map((id) => chatRoom(id, 'operator')),
      ),
    forget: async (ids) => {
      for (const id of ids) await socket.leave(chatRoom(id, 'operator'));
    },
  });
});

export const chatAvailable = on('chat:available', ChatAvailable, signedIn, async (context, { available }) => {
  const { account } = await operatorOf(context);
  await changeAvailable(context.core.chats, account, { available, socketId: context.socket.id });
  return {};
});

export const chatClaim = on('chat:claim', ChatTake, signedIn, async (context, message) => {
  const { core, socket } = context;
  const { account } = await operatorOf(context);
  const enter = (id: string) => enterRooms(socket, [chatRoom(id, 'operator')]);
  const chat = await claimChat(core.chats, { account, socketId: socket.id, enter }, message);
  return { chat };
});

export const chatColleagues = on('chat:colleagues', Nothing, signedIn, async (context) => {
  const { account } = await operatorOf(context);
  return { colleagues: await colleaguesOf(context.core.chats, account) };
});

export const chatTransfer = on('chat:transfer', ChatTransfer, atDesk, async (context, message) => {
  const { account } = await operatorOf(context);
  await transferChat(context.core.chats, account, message);
  return {};
});

export const chatInvite = on('chat:invite', ChatInvite, atDesk, async (context, message) => {
  const { account } = await operatorOf(context);
  await inviteColleague(context.core.chats, account, message);
  return {};
});

export const chatLeave = on('chat:leave', OfChat, atDesk, async (context, { chatId }) => {
  const { account } = await operatorOf(context);
  await leaveChat(context.core.chats, account, chatId);
  return {};
});

export const chatBlock = on('chat:block', ChatBlock, atDesk, async (context, message) => {
  const { core, socket } = context;
  const { account } = await operatorOf(context);
  await blockVisitor(core.chats, { account, address: socket.data.address }, message);
  return {};
});
