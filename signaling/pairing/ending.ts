import { MINUTE } from '../clock';
import { dueSessions, sessionsUnder } from '../store/session-queries';
import { endRow, findSession, type Ending } from '../store/sessions';
import type { PairingContext } from './context';

/** A session that was joined but never connected is given up after this time. */
export const NO_ANSWER_MS = 15 * MINUTE;

/** Ends a session; the first call counts and both sides are told once. */
export async function endSession(
  { db, clock, metrics, notice }: PairingContext,
  ending: Ending,
): Promise<void> {
  const row = await endRow(db, ending, clock.now());
  if (!row) return;
  metrics.sessionsEnded.inc({ by: ending.by, reason: ending.reason });
  notice.ended(ending);
}

/** Takes an unused code back. If the customer was quicker, it ends the session all the same. */
export async function withdrawSession(context: PairingContext, id: string): Promise<void> {
  const row = await findSession(context.db, id);
  const reason = row?.state === 'waiting' ? 'withdrawn' : 'cancelled';
  await endSession(context, { id, by: 'operator', reason });
}

/** Ends what a sign-in or an account answers for. */
export async function endSessionsUnder(
  context: PairingContext,
  owner: { account: string } | { signIn: string },
): Promise<void> {
  for (const id of await sessionsUnder(context.db, owner)) {
    await endSession(context, { id, by: 'server', reason: 'signed_out' });
  }
}

/** Ends every session whose time is up. Called every second; reads the store, so any node may do it. */
export async function sweepSessions(context: PairingContext): Promise<void> {
  for (const ending of await dueSessions(context.db, context.clock.now(), NO_ANSWER_MS)) {
    await endSession(context, ending);
  }
}
