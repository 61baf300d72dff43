/** How a session's helper stands, and which side it acts for. */
import { MODE_RULES } from '../../shared/policy';
import { otherSide, type Mode, type Side } from '../../shared/protocol/common';
import type { HelperEnd, HelperState } from '../../shared/protocol/helper';
import type { PairingContext } from '../pairing/context';
import { findHelper } from '../store/helpers';
import type { HelperRecord, SessionRecord } from '../store/schema';

/** The side whose computer the helper is on. */
export const hostSide = (mode: Mode): Side => MODE_RULES[mode].sharer;

/** Which of the helper's two browsers a side is. */
export const endOfSide = (mode: Mode, side: Side): HelperEnd => (hostSide(mode) === side ? 'host' : 'peer');

export const sideOfEnd = (mode: Mode, end: HelperEnd): Side =>
  end === 'host' ? hostSide(mode) : otherSide(hostSide(mode));

/** What the browsers are told; `now` decides whether an offer still stands. */
export function helperStateOf(sessionId: string, row: HelperRecord | undefined, now: number): HelperState {
  if (row && row.resume !== null) {
    return {
      sessionId,
      state: row.socket === null ? 'away' : 'attached',
      ...(row.version === null ? {} : { version: row.version }),
      ...(row.system === null ? {} : { system: row.system }),
    };
  }
  const offered = row && row.rdv !== null && (row.expires_at ?? 0) > now;
  return { sessionId, state: offered ? 'offered' : 'none' };
}

/** The same from the store. */
export const helperState = async ({ db, clock }: PairingContext, sessionId: string): Promise<HelperState> =>
  helperStateOf(sessionId, await findHelper(db, sessionId), clock.now());

/** Tells both browsers how the helper stands now. */
export async function announceHelper(context: PairingContext, sessionId: string): Promise<void> {
  context.notice.helperState(await helperState(context, sessionId));
}

/** A side came or went: the other one hears of it, and so does the helper. */
export function announceSide(
  { notice }: PairingContext,
  row: Pick<SessionRecord, 'id' | 'mode'>,
  side: Side,
  present: boolean,
): void {
  notice.peer(row.id, otherSide(side), present);
  if (MODE_RULES[row.mode].helper) notice.helperPresence(row.id, endOfSide(row.mode, side), present);
}
