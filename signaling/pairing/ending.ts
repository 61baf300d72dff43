import { permittedModes, windowsOnly } from '../../shared/policy';
import { otherSide, type Side } from '../../shared/protocol/common';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Permit } from '../../shared/protocol/http';
import { MINUTE } from '../clock';
import { endDue } from '../store/deadlines';
import { forgetHelpers } from '../store/helpers';
import { sessionsUnder, waitingOf } from '../store/session-queries';
import { endRow, findSession, pendEnd, type Ended, type Ending } from '../store/sessions';
import type { PairingContext } from './context';

/** A session that was joined but never connected is given up after this time. */
export const NO_ANSWER_MS = 15 * MINUTE;

/** Ends a session; the first call counts and both sides are told once. */
export async function endSession(context: PairingContext, ending: Ending): Promise<void> {
  const row = await endRow(context.db, ending, context.clock.now());
  if (row) await announce(context, [{ ...ending, chatId: row.chat_id }]);
}

/** The helpers' tokens go first: whoever hears of the end finds them dead. */
async function announce({ db, metrics, notice }: PairingContext, endings: Ended[]): Promise<void> {
  await forgetHelpers(
    db,
    endings.map(({ id }) => id),
  );
  for (const ending of endings) {
    metrics.sessionsEnded.inc({ by: ending.by, reason: ending.reason });
    notice.ended(ending);
  }
}

/**
 * What a browser says of the session's end. Of its own doing it is believed at once; of the other side's, if that one
 * is there to speak for itself, only after the grace time, or earlier if the other side leaves.
 * @throws ProtocolError `not_allowed` for a refusal that the customer has not sent itself
 */
export async function reportEnd(context: PairingContext, side: Side, ending: Ending): Promise<void> {
  const { db, clock } = context;
  const { by } = ending;
  if (ending.reason === 'declined' && side !== 'customer') {
    const row = await findSession(db, ending.id);
    if (row && row.state !== 'ended') throw new ProtocolError('not_allowed');
    return;
  }
  if (by === otherSide(side) && (await pendEnd(db, { ...ending, by }, clock.now()))) return;
  await endSession(context, ending);
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

/**
 * Takes back the unused numbers of an operator that the permit does not cover any more: the mode is gone, or only chosen
 * windows may be shown now (RS-51, RS-53). Sessions that have begun go on as they were agreed to.
 */
export async function withdrawForbidden(
  context: PairingContext,
  account: string,
  permit: Permit,
): Promise<void> {
  for (const row of await waitingOf(context.db, account)) {
    const asked = row.app_selection === 1;
    if (permittedModes(permit).includes(row.mode) && windowsOnly(permit, asked) === asked) continue;
    await endSession(context, { id: row.id, by: 'server', reason: 'withdrawn' });
  }
}

/** Ends every session whose time is up. Called every second; reads the store, so any node may do it. */
export async function sweepSessions(context: PairingContext): Promise<void> {
  const { db, clock, config } = context;
  const patience = { noAnswerMs: NO_ANSWER_MS, pendingEndMs: config.resumeGraceMs };
  await announce(context, await endDue(db, clock.now(), patience));
}
