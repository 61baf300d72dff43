/** Coming back, and going away. Presence is a column of the session, so it has one truth however sockets race. */
import type { Side } from '../../shared/protocol/common';
import type { CustomerSnapshot, Host, Resume } from '../../shared/protocol/customer';
import type { DeskSnapshot } from '../../shared/protocol/desk';
import type { HelperState } from '../../shared/protocol/helper';
import { ProtocolError } from '../../shared/protocol/errors';
import { announceSide, helperState } from '../helper/state';
import { hashToken } from '../secrets';
import { detachAllHelpers } from '../store/helpers';
import { attach, detach, detachAll, findSession, peerPresent } from '../store/sessions';
import type { SessionRecord } from '../store/schema';
import { findTenant } from '../store/tenants';
import type { Arriving, PairingContext } from './context';
import { hostNames } from './host';
import { iceConfig } from './ice';

interface Returning extends Arriving {
  operator?: { account: string; signIn: string };
}

/**
 * Somebody may have ended the session, come or gone while a socket was on its way in; that socket missed the news.
 * @returns the session as it is now
 * @throws ProtocolError `session_gone`
 */
export async function stillLive({ db }: PairingContext, id: string): Promise<SessionRecord> {
  const row = await findSession(db, id);
  if (!row || row.state === 'ended') throw new ProtocolError('session_gone');
  return row;
}

async function resume(
  context: PairingContext,
  side: Side,
  who: Returning,
  ticket: Resume,
): Promise<{ row: SessionRecord; host: Host; helper: HelperState }> {
  const tenant = await findTenant(context.db);
  const mine = await attach(context.db, side, {
    id: ticket.sessionId,
    resumeHash: hashToken(ticket.resume),
    socketId: who.socketId,
    ...(who.operator ? { operator: who.operator } : {}),
  });
  if (!mine) throw new ProtocolError('session_gone');
  await who.enter(mine);
  const helper = await helperState(context, mine.id);
  const row = await stillLive(context, mine.id);
  // Last, as with a join: what the other side says to it must not overtake the answer.
  announceSide(context, row, side, true);
  return { row, host: hostNames(tenant, row.operator_name), helper };
}

/** Takes the session over from an older socket of the operator. */
export async function resumeOperator(
  context: PairingContext,
  who: Required<Returning>,
  ticket: Resume,
): Promise<DeskSnapshot> {
  const { row, host, helper } = await resume(context, 'operator', who, ticket);
  return {
    host,
    mode: row.mode,
    expiresAt: row.expires_at,
    ...(row.share === null ? {} : { share: row.share }),
    peerPresent: peerPresent(row, 'operator'),
    ice: iceConfig(context.config.ice, row.id, context.clock.now()),
    windowsOnly: row.app_selection === 1,
    helper,
  };
}

/** Takes the session over from an older socket of the customer. */
export async function resumeCustomer(
  context: PairingContext,
  who: Returning,
  ticket: Resume,
): Promise<CustomerSnapshot> {
  const { row, host, helper } = await resume(context, 'customer', who, ticket);
  return {
    host,
    mode: row.mode,
    peerPresent: peerPresent(row, 'customer'),
    ice: iceConfig(context.config.ice, row.id, context.clock.now()),
    windowsOnly: row.app_selection === 1,
    helper,
  };
}

/** A socket has gone; its side has some time to come back, less of it if the page said goodbye. */
export async function leaveSession(
  context: PairingContext,
  side: Side,
  gone: { id: string; socketId: string; saidGoodbye: boolean },
): Promise<void> {
  const { db, clock, config } = context;
  const grace = gone.saidGoodbye ? config.leavingGraceMs : config.resumeGraceMs;
  const row = await detach(db, side, { ...gone, awayUntil: clock.now() + grace });
  if (row) announceSide(context, row, side, false);
}

/** After a restart: every live session waits for both its sides, and for its helper. */
export async function recoverSessions({ db, clock, config }: PairingContext): Promise<void> {
  const awayUntil = clock.now() + config.resumeGraceMs;
  await detachAll(db, awayUntil);
  await detachAllHelpers(db, awayUntil);
}
