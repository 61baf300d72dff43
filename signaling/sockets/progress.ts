import { Connected, Consent } from '../../shared/protocol/customer';
import { reportConnected, reportConsent } from '../pairing/progress';
import { on } from './on';
import { inSession } from './rules';

/** The customer pressed Allow or Decline. */
export const consent = on('session:consent', Consent, inSession, async ({ core }, message) => {
  await reportConsent(core.pairing, message);
  return {};
});

/** Either side: the peers are connected, or their route changed. */
export const connected = on('session:connected', Connected, inSession, async ({ core }, message) => {
  await reportConnected(core.pairing, message);
  return {};
});
