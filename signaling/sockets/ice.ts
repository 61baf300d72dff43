import { OfSession } from '../../shared/protocol/customer';
import { iceConfig } from '../pairing/ice';
import { on } from './on';
import { inSession } from './rules';

/** Fresh TURN credentials for a new link of a live session. */
export const ice = on('session:ice', OfSession, inSession, async ({ core }, { sessionId }) => ({
  ice: iceConfig(core.config.ice, sessionId, core.clock.now()),
}));
