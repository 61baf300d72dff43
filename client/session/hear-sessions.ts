/** What the server says of the sessions of one page, handed to each of them. */
import { Ended, PeerPresence, Relay } from '../../shared/protocol/customer';
import { HelperState, ToHelper } from '../../shared/protocol/helper';
import type { ServerSocket } from '../net/socket';
import type { LiveSession } from './live-session.svelte';
import type { StoredCustomer, StoredOperator } from './stored';

type Hearing = LiveSession<StoredCustomer> | LiveSession<StoredOperator>;

/**
 * @param of the session of that id, if this page has it
 * @returns a function that stops it
 */
export function hearSessions(
  socket: Pick<ServerSocket, 'on'>,
  of: (id: string) => Hearing | null | undefined,
): () => void {
  const stops = [
    socket.on('session:relay', Relay, ({ sessionId, envelope }) => of(sessionId)?.receive(envelope)),
    socket.on('session:peer', PeerPresence, ({ sessionId, present }) => of(sessionId)?.peerChanged(present)),
    socket.on('session:ended', Ended, ({ sessionId, by, reason }) => of(sessionId)?.ended(by, reason)),
    socket.on('helper:state', HelperState, (state) => of(state.sessionId)?.helperChanged(state)),
    socket.on('helper:relay', ToHelper, ({ sessionId, envelope }) =>
      of(sessionId)?.receiveFromHelper(envelope),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
