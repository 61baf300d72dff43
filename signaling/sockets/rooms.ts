/** Where a session's sides are reached. Rooms, so that an adapter can spread them over several nodes. */
import type { Server } from 'socket.io';
import { CUSTOMER_NAMESPACE } from '../../shared/protocol/customer';
import { DESK_NAMESPACE } from '../../shared/protocol/desk';
import type { Mode, Side } from '../../shared/protocol/common';
import { HELPER_NAMESPACE } from '../../shared/protocol/helper';
import type { Core } from '../core';
import { leaveHelper } from '../helper/attach';
import { leaveSession } from '../pairing/presence';
import type { AnyNamespace, AnySocket, HelperNamespace, Speaker } from './on';

/** The namespace of any speaker; for letting in and listening. */
export const namespaceOf = (io: Server, speaker: Speaker): AnyNamespace =>
  speaker === 'helper' ? (helpersOf(io) as unknown as AnyNamespace) : sideOf(io, speaker);

/** The helpers' namespace, for telling them something. */
export const helpersOf = (io: Server): HelperNamespace => io.of(HELPER_NAMESPACE);

export const sideOf = (io: Server, side: Side): AnyNamespace =>
  io.of(side === 'operator' ? DESK_NAMESPACE : CUSTOMER_NAMESPACE) as unknown as AnyNamespace;

export const sessionRoom = (sessionId: string, side: Speaker): string => `session:${sessionId}:${side}`;
export const accountRoom = (account: string): string => `account:${account}`;
export const signInRoom = (signIn: string): string => `sign-in:${signIn}`;

/** Whether the socket speaks for its side of the session at the moment. */
export const isIn = (socket: AnySocket, sessionId: string): boolean =>
  socket.rooms.has(sessionRoom(sessionId, socket.data.side));

/**
 * The domain's `enter`: takes the place of an older socket, which hears nothing more. A socket that broke while its
 * request was on the way leaves again at once, or its side would seem present for ever.
 */
export const entering =
  (core: Core, socket: AnySocket) =>
  async ({ id, mode }: { id: string; mode: Mode }) => {
    const room = sessionRoom(id, socket.data.side);
    if (!socket.connected) {
      await leave(core, socket, id, false);
      return;
    }
    socket.nsp.in(room).except(socket.id).socketsLeave(room);
    await socket.join(room);
    socket.data.been.set(id, mode);
  };

/** The socket speaks for its side of the session no more, and may be replaced for a while. */
export async function leave(
  core: Core,
  socket: AnySocket,
  sessionId: string,
  saidGoodbye: boolean,
): Promise<void> {
  const { side } = socket.data;
  const socketId = socket.id;
  if (side === 'helper') await leaveHelper(core.pairing, { sessionId, socketId });
  else await leaveSession(core.pairing, side, { id: sessionId, socketId, saidGoodbye });
}

/** The sessions a socket speaks for, from its rooms. */
export const sessionsOf = (socket: AnySocket): string[] =>
  [...socket.rooms].flatMap((room) => /^session:([^:]+):/.exec(room)?.[1] ?? []);
