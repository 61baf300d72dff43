/** What the helper and the host's browser report for the audit. */
import type { Side } from '../../shared/protocol/common';
import type { End } from '../../shared/protocol/customer';
import type { ReportGrants, Selection } from '../../shared/protocol/helper';
import { ProtocolError } from '../../shared/protocol/errors';
import type { PairingContext } from '../pairing/context';
import { endSession } from '../pairing/ending';
import { stillLive } from '../pairing/presence';
import { appendGrants } from '../store/session-grants';
import { findSession, recordWindows } from '../store/sessions';
import { hostSide } from './state';

/**
 * What is granted now; only the helper knows, as it is where grants are kept.
 * @throws ProtocolError `session_gone`, or `limited` when the session has more changes than anybody makes
 */
export async function reportGrants(context: PairingContext, report: ReportGrants): Promise<void> {
  const row = await stillLive(context, report.sessionId);
  if (await appendGrants(context.db, row, report.grants, context.clock.now())) return;
  context.metrics.limited('grants_per_session');
  throw new ProtocolError('limited');
}

/**
 * How many windows are shown.
 * @throws ProtocolError `not_allowed` from the side that shows nothing, `session_gone`
 */
export async function reportSelection(
  context: PairingContext,
  side: Side,
  { sessionId, windows }: Selection,
): Promise<void> {
  const row = await stillLive(context, sessionId);
  if (hostSide(row.mode) !== side) throw new ProtocolError('not_allowed');
  if (!(await recordWindows(context.db, sessionId, windows))) throw new ProtocolError('session_gone');
}

/**
 * The person at the helper ended the session. It speaks for its own side only, so it is believed at once.
 * @throws ProtocolError `invalid` when it speaks for another
 */
export async function reportHelpersEnd(context: PairingContext, end: End): Promise<void> {
  const row = await findSession(context.db, end.sessionId);
  if (!row) throw new ProtocolError('session_gone');
  if (end.by !== hostSide(row.mode)) throw new ProtocolError('invalid');
  await endSession(context, { id: end.sessionId, by: end.by, reason: end.reason });
}
