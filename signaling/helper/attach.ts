/** The helper comes, comes back, and goes. */
import type { Attach, Attached, HelperResume, HelperSnapshot } from '../../shared/protocol/helper';
import { ProtocolError } from '../../shared/protocol/errors';
import { otherSide } from '../../shared/protocol/common';
import { limitKey } from '../address';
import { hashToken, newToken } from '../secrets';
import type { Arriving, PairingContext } from '../pairing/context';
import { hostNames } from '../pairing/host';
import { iceConfig } from '../pairing/ice';
import { detachHelper, findHelper, reattachHelper, redeemHelper } from '../store/helpers';
import { findSession, peerPresent } from '../store/sessions';
import { findTenant } from '../store/tenants';
import { announceHelper, hostSide } from './state';

export interface ArrivingHelper extends Arriving {
  address: string;
}

/**
 * Redeems an offer. Wrong, expired, replaced and used are one answer, as with codes, and each failure counts against
 * the address and against everybody.
 * @throws ProtocolError `code_unknown`, `limited`
 */
export async function attachHelper(
  context: PairingContext,
  helper: ArrivingHelper,
  wish: Attach,
): Promise<Attached> {
  const { db, clock, limiters, metrics } = context;
  const giveBack = [
    await limiters.helpersPerAddress.take(limitKey(helper.address)),
    await limiters.helpersOverall.take('all'),
  ];
  const resume = newToken();
  const row = await redeemHelper(db, {
    ...wish,
    now: clock.now(),
    socketId: helper.socketId,
    resumeHash: hashToken(resume),
  });
  metrics.helpers.inc({ outcome: row ? 'attached' : 'code_unknown' });
  if (!row) throw new ProtocolError('code_unknown');
  for (const back of giveBack) await back();
  return { ...(await arrive(context, helper, row.session_id)), resume };
}

/**
 * Takes over from the helper's older socket.
 * @throws ProtocolError `session_gone`, also after it was dismissed
 */
export async function resumeHelper(
  context: PairingContext,
  helper: Arriving,
  ticket: HelperResume,
): Promise<HelperSnapshot> {
  const row = await reattachHelper(context.db, {
    sessionId: ticket.sessionId,
    resumeHash: hashToken(ticket.resume),
    socketId: helper.socketId,
  });
  if (!row) throw new ProtocolError('session_gone');
  return arrive(context, helper, row.session_id);
}

/** Enters, then looks again: the session may have ended, or the host dismissed it, while it was on its way in. */
async function arrive(
  context: PairingContext,
  { socketId, enter }: Arriving,
  sessionId: string,
): Promise<HelperSnapshot> {
  const { db, clock, config, notice } = context;
  const before = await findSession(db, sessionId);
  if (before) await enter(before);
  const tenant = await findTenant(db);
  const session = await findSession(db, sessionId);
  const mine = await findHelper(db, sessionId);
  if (!session || session.state === 'ended' || !mine?.resume) {
    notice.helperDismissed(sessionId);
    throw new ProtocolError('session_gone');
  }
  if (mine.socket !== socketId) throw new ProtocolError('session_gone'); // a newer socket has its place
  const host = hostSide(session.mode);
  // Last: what the browsers say to the helper must not overtake its answer.
  await announceHelper(context, sessionId);
  return {
    sessionId,
    side: host,
    mode: session.mode,
    host: hostNames(tenant, session.operator_name),
    hostPresent: peerPresent(session, otherSide(host)),
    peerPresent: peerPresent(session, host),
    ice: iceConfig(config.ice, sessionId, clock.now()),
  };
}

/** The helper's socket has gone; it has the grace time to come back, then the session goes on without it. */
export async function leaveHelper(
  context: PairingContext,
  gone: { sessionId: string; socketId: string },
): Promise<void> {
  const { db, clock, config } = context;
  const row = await detachHelper(db, { ...gone, awayUntil: clock.now() + config.resumeGraceMs });
  if (row) await announceHelper(context, gone.sessionId);
}
