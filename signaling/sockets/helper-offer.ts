import { OfSession } from '../../shared/protocol/customer';
import { Offer } from '../../shared/protocol/helper';
import { dismiss, offer } from '../helper/offer';
import { on } from './on';
import { inSession, sideAt } from './rules';

/** The host's browser hands a helper out. */
export const helperOffer = on('helper:offer', Offer, inSession, (context, message) =>
  offer(context.core.pairing, sideAt(context), message),
);

/** The host goes on without it. */
export const helperDismiss = on('helper:dismiss', OfSession, inSession, async (context, { sessionId }) => {
  await dismiss(context.core.pairing, sideAt(context), sessionId);
  return {};
});
