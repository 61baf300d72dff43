/** What a customer's page sends besides. */
import { ChatRate, ChatResume, ChatStart } from '../../shared/protocol/chat';
import { rateChat, resumeChat } from '../chat/customer';
import { startChat } from '../chat/start';
import { enteringChat } from './chat-rooms';
import { on } from './on';
import { anybody, inChat } from './rules';

export const chatStart = on('chat:start', ChatStart, anybody, ({ core, socket }, message) =>
  startChat(core.chats, { address: socket.data.address, enter: enteringChat(core, socket) }, message),
);

export const chatResume = on('chat:resume', ChatResume, anybody, ({ core, socket }, message) =>
  resumeChat(core.chats, { enter: enteringChat(core, socket) }, message),
);

export const chatRate = on('chat:rate', ChatRate, inChat, async ({ core }, message) => {
  await rateChat(core.chats, message);
  return {};
});
