/** Who may. Each rule throws the failure it is answered with. */
import type { Mode, Side } from '../../shared/protocol/common';
import { ProtocolError } from '../../shared/protocol/errors';
import { stillSignedIn, type Identity } from '../accounts/identity';
import { isStaff } from '../store/chat-staff';
import { isInChat } from './chat-rooms';
import { isIn } from './rooms';
import type { EventContext } from './on';

/** Anybody; what is asked for proves itself (a rendezvous, a resume token). */
export const anybody = (): void => undefined;

/** The socket that speaks for a side of the session now. */
export function inSession({ socket }: EventContext, { sessionId }: { sessionId: string }): void {
  if (!isIn(socket, sessionId)) throw new ProtocolError('session_gone');
}

/**
 * A side of the conversation. An unknown one and somebody else's are one answer. That an operator is in it still is the
 * store's to say: a room is left a moment later, and on other nodes later still.
 */
export async function inChat({ core, socket }: EventContext, { chatId }: { chatId: string }): Promise<void> {
  const { side, account = '' } = socket.data;
  const here = isInChat(socket, chatId) && (side !== 'operator' || (await isStaff(core.db, chatId, account)));
  if (!here) throw new ProtocolError('session_gone');
}

/** As `inSession`, or a session that ended while this socket was part of it. */
export function inOrAfterSession({ socket }: EventContext, { sessionId }: { sessionId: string }): void {
  if (!socket.data.been.has(sessionId)) throw new ProtocolError('session_gone');
}

/** Which side a browser's socket speaks for. @throws ProtocolError `invalid` for a helper's */
export function sideAt({ socket }: EventContext): Side {
  const { side } = socket.data;
  if (side === 'helper') throw new ProtocolError('invalid');
  return side;
}

/** The mode of a session that the socket is or was part of. @throws ProtocolError `session_gone` for any other */
export function modeOf({ socket }: EventContext, sessionId: string): Mode {
  const mode = socket.data.been.get(sessionId);
  if (mode === undefined) throw new ProtocolError('session_gone');
  return mode;
}

/** An operator whose sign-in still holds. */
export async function signedIn(context: EventContext): Promise<void> {
  await operatorOf(context);
}

/** @throws ProtocolError `signed_out` */
export async function operatorOf({ core, socket }: EventContext): Promise<Identity> {
  const { signIn } = socket.data;
  const identity = signIn === undefined ? undefined : await stillSignedIn(core, signIn);
  if (!identity) throw new ProtocolError('signed_out');
  return identity;
}

/** In the conversation, and signed in still: what follows is written down under their name. */
export const atDesk = async (context: EventContext, message: { chatId: string }): Promise<void> => {
  await inChat(context, message);
  await signedIn(context);
};
