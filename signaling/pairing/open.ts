import type { Open, Opened } from '../../shared/protocol/desk';
import type { PairingContext } from './context';
import { issueSession, type Opener } from './issue';

/**
 * Announces a rendezvous (RS-58, RS-60). The server never sees the code.
 * @throws ProtocolError `not_allowed` for what the permit does not cover, `busy` for a rendezvous in use
 */
export const openSession = (context: PairingContext, opener: Opener, open: Open): Promise<Opened> =>
  issueSession(context, opener, open, 'busy');
