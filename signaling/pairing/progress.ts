/** What the two browsers report on the way; it is written down at once, so that a crash loses nothing. */
import type { Connected, Consent } from '../../shared/protocol/customer';
import { recordConnected, recordConsent } from '../store/sessions';
import type { PairingContext } from './context';
import { endSession } from './ending';

/** The customer's decision (RS-84, RS-85). A refusal ends the session here and now, whatever the page does next. */
export async function reportConsent(context: PairingContext, { sessionId, granted }: Consent): Promise<void> {
  await recordConsent(context.db, sessionId, granted, context.clock.now());
  if (!granted) await endSession(context, { id: sessionId, by: 'customer', reason: 'declined' });
}

/** The peers are connected, or found another route. */
export const reportConnected = (
  { db, clock }: PairingContext,
  { sessionId, network }: Connected,
): Promise<void> => recordConnected(db, sessionId, network, clock.now());
