/** The host hands a helper out, or goes on without it. */
import { MODE_RULES } from '../../shared/policy';
import type { Side } from '../../shared/protocol/common';
import { HELPER_OFFER_MS, type Offer, type Offered } from '../../shared/protocol/helper';
import { ProtocolError } from '../../shared/protocol/errors';
import type { PairingContext } from '../pairing/context';
import { forgetDueHelpers, forgetHelpers, offerHelper, rendezvousTaken } from '../store/helpers';
import { appendGrants, grantsOf } from '../store/session-grants';
import { findSession } from '../store/sessions';
import type { SessionRecord } from '../store/schema';
import { announceHelper, hostSide } from './state';

/**
 * The session, if this side may have a helper in it.
 * @throws ProtocolError `session_gone`, or `not_allowed` for the other side and for modes without a helper
 */
export async function hostOf({ db }: PairingContext, side: Side, id: string): Promise<SessionRecord> {
  const row = await findSession(db, id);
  if (!row || row.state === 'ended') throw new ProtocolError('session_gone');
  if (!MODE_RULES[row.mode].helper || hostSide(row.mode) !== side) throw new ProtocolError('not_allowed');
  return row;
}

/**
 * Announces the rendezvous of the helper that the host's browser hands out; it replaces one that nobody took.
 * @throws ProtocolError `not_allowed` before the customer has agreed, `conflict` while a helper is attached or away,
 * `busy` for a rendezvous in use
 */
export async function offer(context: PairingContext, side: Side, wish: Offer): Promise<Offered> {
  const { db, clock } = context;
  const row = await hostOf(context, side, wish.sessionId);
  if (row.consent !== 'granted') throw new ProtocolError('not_allowed');
  if (await rendezvousTaken(db, wish.rdv, row.id)) throw new ProtocolError('busy');
  const now = clock.now();
  const expiresAt = now + HELPER_OFFER_MS;
  const offered = await offerHelper(db, {
    sessionId: row.id,
    tenantId: row.tenant_id,
    rdv: wish.rdv,
    now,
    expiresAt,
  });
  if (!offered) throw new ProtocolError('conflict');
  await announceHelper(context, row.id);
  return { expiresAt };
}

/** Takes the offer back, or sends the helper away; the session goes on without one. */
export async function dismiss(context: PairingContext, side: Side, sessionId: string): Promise<void> {
  await hostOf(context, side, sessionId);
  await forget(context, await forgetHelpers(context.db, [sessionId]));
}

/** Forgets offers nobody took and helpers that did not come back. Called every second; any node may do it. */
export const sweepHelpers = async (context: PairingContext): Promise<void> =>
  forget(context, await forgetDueHelpers(context.db, context.clock.now()));

const NOTHING = { input: false, clipboard: false };

async function forget(context: PairingContext, sessionIds: string[]): Promise<void> {
  const { db, clock } = context;
  const granted = await grantsOf(db, sessionIds);
  for (const id of sessionIds) {
    // Nobody is there any more who could operate, whatever was granted last.
    const row = granted.has(id) && (await findSession(db, id));
    if (row) await appendGrants(db, row, NOTHING, clock.now());
    context.notice.helperDismissed(id);
    await announceHelper(context, id);
  }
}
