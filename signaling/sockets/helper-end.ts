import type { EndReason } from '../../shared/protocol/common';
import { End } from '../../shared/protocol/customer';
import { ProtocolError } from '../../shared/protocol/errors';
import { reportHelpersEnd } from '../helper/report';
import { findSession } from '../store/sessions';
import { onHelper, type EventContext } from './on';
import { isIn } from './rooms';
import { inOrAfterSession } from './rules';

/** What a helper can know: somebody pressed its Cancel, closed it, tampered with its lines, or it broke. */
const REASONS: EndReason[] = ['cancelled', 'left', 'tampered', 'failed'];

/** A helper that was sent away has no say any more, but may repeat the end of a session that is over. */
async function inOrAfterItsSession(context: EventContext, message: { sessionId: string }): Promise<void> {
  inOrAfterSession(context, message);
  if (isIn(context.socket, message.sessionId)) return;
  const row = await findSession(context.core.db, message.sessionId);
  if (row && row.state !== 'ended') throw new ProtocolError('session_gone');
}

/** The helper's own side ends the session. */
export const helperEnd = onHelper('session:end', End, inOrAfterItsSession, async ({ core }, message) => {
  if (!REASONS.includes(message.reason)) throw new ProtocolError('invalid');
  await reportHelpersEnd(core.pairing, message);
  return {};
});
