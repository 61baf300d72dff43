import { OfSession } from '../../shared/protocol/customer';
import { withdrawSession } from '../pairing/ending';
import { on } from './on';
import { inOrAfterSession } from './rules';

/** The operator takes an unused code back. */
export const withdraw = on(
  'session:withdraw',
  OfSession,
  inOrAfterSession,
  async ({ core }, { sessionId }) => {
    await withdrawSession(core.pairing, sessionId);
    return {};
  },
);
