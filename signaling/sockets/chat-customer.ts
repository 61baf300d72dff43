/** What a customer's page sends besides. */
import { ChatRate, ChatResume, ChatStart } from '../../shared/protocol/chat';
import { ProtocolError } from '../../shared/protocol/errors';
import { SECOND } from '../clock';
import { rateChat, resumeChat } from '../chat/customer';
import { startChat } from '../chat/start';
import { enteringChat } from './chat-rooms';
import { on } from './on';
import { anybody, inChat } from './rules';

export const chatStart = on('chat:start', ChatStart, anybody, ({ core, socket }, message) =>
  startChat(core.chats, { address: socket.data.address, enter: enteringChat(core, socket) }, message),
);

/** One at a time: a page has one conversation, and needs the answer before it can ask again. */
export const chatResume = on('chat:resume', ChatResume, anybody, async ({ core, socket }, message) => {
  const { data } = socket;
  if (data.resuming) throw new ProtocolError('limited', { retryAt: core.clock.now() + SECOND });
  data.resuming = true;
  try {
    const visitor = { address: data.address, enter: enteringChat(core, socket) };
    return await resumeChat(core.chats, visitor, message);
  } finally {
    data.resuming = false;
  }
});

export const chatRate = on('chat:rate', ChatRate, inChat, async ({ core }, message) => {
  await rateChat(core.chats, message);
  return {};
});
