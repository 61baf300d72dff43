import { otherSide, type Side } from '../../shared/protocol/common';
import { Relay } from '../../shared/protocol/customer';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import { ProtocolError } from '../../shared/protocol/errors';
import { on } from './on';
import { sessionRoom, sideOf } from './rooms';
import { inSession, sideAt } from './rules';

/** The ladder of shared/protocol/relay.ts: which side says what. */
const SPOKEN_BY: Record<RelayEnvelope['t'], Side | 'both'> = {
  reply: 'operator',
  confirm: 'customer',
  hello: 'customer',
  welcome: 'operator',
  knock: 'operator',
  sealed: 'both',
};

/** Passes an envelope on. An absent peer is no error: its return begins a new epoch with a snapshot. */
export const relay = on('session:relay', Relay, inSession, async (context, message) => {
  const side = sideAt(context);
  const speaker = SPOKEN_BY[message.envelope.t];
  if (speaker !== 'both' && speaker !== side) throw new ProtocolError('invalid');
  const to = otherSide(side);
  sideOf(context.core.io, to).to(sessionRoom(message.sessionId, to)).emit('session:relay', message);
  return {};
});
