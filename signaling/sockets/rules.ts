/** Who may. Each rule throws the failure it is answered with. */
import { ProtocolError } from '../../shared/protocol/errors';
import { stillSignedIn, type Identity } from '../accounts/identity';
import { isIn } from './rooms';
import type { EventContext } from './on';

/** Anybody; what is asked for proves itself (a rendezvous, a resume token). */
export const anybody = (): void => undefined;

/** The socket that speaks for a side of the session now. */
export function inSession({ socket }: EventContext, { sessionId }: { sessionId: string }): void {
  if (!isIn(socket, sessionId)) throw new ProtocolError('session_gone');
}

/** The same, or a session that ended while this socket was part of it. */
export function inOrAfterSession({ socket }: EventContext, { sessionId }: { sessionId: string }): void {
  if (!socket.data.been.has(sessionId)) throw new ProtocolError('session_gone');
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
