/**
 * Both lines of the helper. An absent end is no error: its return begins a new epoch with a snapshot. Nothing here waits
 * for the store, so that envelopes keep their order.
 */
import { MODE_RULES } from '../../shared/policy';
import { ToBrowser, ToHelper } from '../../shared/protocol/helper';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import { ProtocolError } from '../../shared/protocol/errors';
import { endOfSide, sideOfEnd } from '../helper/state';
import { on, onHelper } from './on';
import { helpersOf, sessionRoom, sideOf } from './rooms';
import { inSession, modeOf, sideAt } from './rules';

/** As in shared/protocol/relay.ts with the helper as the customer; its keys come from the secret, so nothing is paired. */
const HELPER_SAYS: RelayEnvelope['t'][] = ['hello', 'sealed'];
const BROWSER_SAYS: RelayEnvelope['t'][] = ['welcome', 'knock', 'sealed'];

export const relayToHelper = on('helper:relay', ToHelper, inSession, async (context, message) => {
  const { sessionId, envelope } = message;
  const mode = modeOf(context, sessionId);
  if (!MODE_RULES[mode].helper) throw new ProtocolError('not_allowed');
  if (!BROWSER_SAYS.includes(envelope.t)) throw new ProtocolError('invalid');
  const from = endOfSide(mode, sideAt(context));
  helpersOf(context.core.io)
    .to(sessionRoom(sessionId, 'helper'))
    .emit('helper:relay', { sessionId, from, envelope });
  return {};
});

export const relayFromHelper = onHelper('helper:relay', ToBrowser, inSession, async (context, message) => {
  const { sessionId, to, envelope } = message;
  if (!HELPER_SAYS.includes(envelope.t)) throw new ProtocolError('invalid');
  const side = sideOfEnd(modeOf(context, sessionId), to);
  sideOf(context.core.io, side)
    .to(sessionRoom(sessionId, side))
    .emit('helper:relay', { sessionId, envelope });
  return {};
});
