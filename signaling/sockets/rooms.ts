/** Where a session's sides are reached. Rooms, so that an adapter can spread them over several nodes. */
import type { Server } from 'socket.io';
import { CUSTOMER_NAMESPACE } from '../../shared/protocol/customer';
import { DESK_NAMESPACE } from '../../shared/protocol/desk';
import type { Side } from '../../shared/protocol/common';
import type { Core } from '../core';
import { leaveSession } from '../pairing/presence';
import type { AnyNamespace, AnySocket } from './on';

export const sideOf = (io: Server, side: Side): AnyNamespace =>
  io.of(side === 'operator' ? DESK_NAMESPACE : CUSTOMER_NAMESPACE) as unknown as AnyNamespace;

export const sessionRoom = (sessionId: string, side: Side): string => `session:${sessionId}:${side}`;
export const accountRoom = (account: string): string => `account:${account}`;
export const signInRoom = (signIn: string): string => `sign-in:${signIn}`;

/** Whether the socket speaks for its side of the session at the moment. */
export const isIn = (socket: AnySocket, sessionId: string): boolean =>
  socket.rooms.has(sessionRoom(sessionId, socket.data.side));

/**
 * The domain's `enter`: takes the place of an older socket, which hears nothing more. A socket that broke while its
 * request was on the way leaves again at once, or its side would seem present for ever.
 */
export const entering = (core: Core, socket: AnySocket) => async (sessionId: string) => {
  const { side } = socket.data;
  const room = sessionRoom(sessionId, side);
  if (!socket.connected) {
    await leaveSession(core.pairing, side, { id: sessionId, socketId: socket.id, saidGoodbye: false });
    return;
  }
  socket.nsp.in(room).except(socket.id).socketsLeave(room);
  await socket.join(room);
  socket.data.been.add(sessionId);
};

/** The sessions a socket speaks for, from its rooms. */
export const sessionsOf = (socket: AnySocket): string[] =>
  [...socket.rooms].flatMap((room) => /^session:([^:]+):/.exec(room)?.[1] ?? []);
