/** What the two browsers report on the way; it is written down at once, so that a crash loses nothing. */
import type { Connected, Consent } from '../../shared/protocol/customer';
import { ProtocolError } from '../../shared/protocol/errors';
import { recordConnected, recordGrant } from '../store/sessions';
import type { PairingContext } from './context';
import { endSession } from './ending';
import { stillLive } from './presence';

/**
 * The customer's decision (RS-84, RS-85). A refusal ends the session here and now, whatever the page does next; a grant
 * may be repeated.
 * @throws ProtocolError `session_gone`, also for a grant after a refusal
 */
export async function reportConsent(context: PairingContext, { sessionId, granted }: Consent): Promise<void> {
  if (!granted) return endSession(context, { id: sessionId, by: 'customer', reason: 'declined' });
  if (!(await recordGrant(context.db, sessionId, context.clock.now())))
    throw new ProtocolError('session_gone');
}

/**
 * The peers are connected, or found another route.
 * @throws ProtocolError `not_allowed` before the customer's grant is recorded
 */
export async function reportConnected(
  context: PairingContext,
  { sessionId, network }: Connected,
): Promise<void> {
  if (await recordConnected(context.db, sessionId, network, context.clock.now())) return;
  await stillLive(context, sessionId);
  throw new ProtocolError('not_allowed');
}
