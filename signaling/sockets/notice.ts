/** What the domain has to say, said on sockets. */
import type { Server } from 'socket.io';
import type { Side } from '../../shared/protocol/common';
import type { Permit } from '../../shared/protocol/http';
import type { Revoked } from '../accounts/context';
import type { SessionNotice } from '../pairing/context';
import { chatRoom } from './chat-rooms';
import { accountRoom, helpersOf, sessionRoom, sideOf, signInRoom } from './rooms';

const SIDES: Side[] = ['operator', 'customer'];

export const sessionNotice = (io: Server): SessionNotice => ({
  joined(sessionId, share) {
    sideOf(io, 'operator')
      .to(sessionRoom(sessionId, 'operator'))
      .emit('session:joined', { sessionId, share });
  },
  peer(sessionId, to, present) {
    sideOf(io, to).to(sessionRoom(sessionId, to)).emit('session:peer', { sessionId, present });
  },
  helperState(state) {
    for (const side of SIDES) {
      sideOf(io, side).to(sessionRoom(state.sessionId, side)).emit('helper:state', state);
    }
  },
  helperPresence(sessionId, who, present) {
    const room = sessionRoom(sessionId, 'helper');
    helpersOf(io).to(room).emit('helper:presence', { sessionId, who, present });
  },
  helperDismissed(sessionId) {
    const helpers = helpersOf(io).in(sessionRoom(sessionId, 'helper'));
    helpers.emit('helper:dismissed', { sessionId });
    helpers.socketsLeave(sessionRoom(sessionId, 'helper'));
  },
  ended({ id, by, reason, chatId }) {
    const helpers = helpersOf(io).in(sessionRoom(id, 'helper'));
    helpers.emit('session:ended', { sessionId: id, by, reason });
    helpers.socketsLeave(sessionRoom(id, 'helper'));
    for (const side of SIDES) {
      const room = sessionRoom(id, side);
      // A request in the chat ends before its customer is part of the session; colleagues hear of it, too.
      const rooms = chatId === null ? [room] : [room, chatRoom(chatId, side)];
      sideOf(io, side).to(rooms).emit('session:ended', { sessionId: id, by, reason });
      sideOf(io, side).in(room).socketsLeave(room);
    }
  },
});

/** Tells an operator's desks what is allowed now. */
export function tellPermit(io: Server, account: string, permit: Permit): void {
  sideOf(io, 'operator').to(accountRoom(account)).emit('account:permit', { permit });
}

/** Tells desks that their sign-in has ended, and shuts the door. */
export function turnAway(io: Server, who: Revoked): void {
  const room = 'account' in who ? accountRoom(who.account) : signInRoom(who.signIn);
  const desks = sideOf(io, 'operator').in(room);
  desks.emit('account:signed-out');
  desks.disconnectSockets(true);
}
