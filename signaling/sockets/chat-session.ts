/** From chat to screen: the operator asks for a remote session, the customer answers. */
import { ChatAnswer } from '../../shared/protocol/chat';
import { ChatRequest } from '../../shared/protocol/chat-desk';
import { answerRequest, requestSession } from '../chat/session';
import { on } from './on';
import { entering } from './rooms';
import { atDesk, inChat, operatorOf } from './rules';

/** The operator who answers in the conversation asks for the customer's screen, or offers theirs. */
export const chatRequest = on('chat:request', ChatRequest, atDesk, async (context, message) => {
  const { core, socket } = context;
  const { account, signIn } = await operatorOf(context);
  return requestSession(
    core.pairing,
    { account, signIn, socketId: socket.id, enter: entering(core, socket) },
    message,
  );
});

/** The customer pressed Allow or Decline in the chat. */
export const chatAnswer = on('chat:answer', ChatAnswer, inChat, async ({ core, socket }, message) => ({
  joined: await answerRequest(
    core.pairing,
    { address: socket.data.address, socketId: socket.id, enter: entering(core, socket) },
    message,
  ),
}));
