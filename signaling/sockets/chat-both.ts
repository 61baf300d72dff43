/** What either side of a conversation sends. */
import { ChatSeen, ChatSend, ChatTyping, OfChat } from '../../shared/protocol/chat';
import { endChat } from '../chat/ending';
import { markSeen, passTyping, sendMessage } from '../chat/send';
import { requireOwner } from '../chat/staff';
import { on } from './on';
import { inChat, operatorOf, sideAt } from './rules';

export const chatSend = on('chat:send', ChatSend, inChat, (context, { chatId, message }) =>
  sendMessage(context.core.chats, { chatId, side: sideAt(context), socketId: context.socket.id }, message),
);

/** Passed on, never kept. */
export const chatTyping = on('chat:typing', ChatTyping, inChat, async (context, { chatId, on: typing }) => {
  const { core, socket } = context;
  await passTyping(core.chats, { chatId, side: sideAt(context), account: socket.data.account }, typing);
  return {};
});

export const chatSeen = on('chat:seen', ChatSeen, inChat, async (context, message) => {
  await markSeen(context.core.chats, sideAt(context), message);
  return {};
});

/** At the desk it is the owner's to end, as it is theirs to hand on. */
export const chatEnd = on('chat:end', OfChat, inChat, async (context, { chatId }) => {
  const { core, socket } = context;
  const side = sideAt(context);
  if (side === 'operator') await requireOwner(core.chats, chatId, (await operatorOf(context)).account.id);
  // A customer's socket has no account.
  await endChat(core.chats, chatId, side, { account: socket.data.account ?? null });
  return {};
});
