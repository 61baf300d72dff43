/** How long a session waits for what, in milliseconds. */
import type { EndReason, Party, Side } from '../../shared/protocol/common';
import { otherSide } from '../../shared/protocol/common';
import type { Phase } from '../../shared/session/machine';

export const TICK_MS = 1000;
/** Without an answer for this long the link counts as interrupted; ICE itself takes longer to notice. */
export const PING_LOST_MS = 4000;
/** Between attempts to build a new link while both sides are there. */
export const RELINK_AFTER_MS = 1500;

/** Relay credentials are asked for anew before a link when they are older than this; they last twice as long. */
export const ICE_FRESH_MS = 3_600_000;

const PAIRING_MS = 60_000;
const DECIDING_MS = 14 * 60_000;
const CONNECTING_MS = 60_000;
/** The server ends a session whose other side stays away; this is for the time when the server is away too. */
const INTERRUPTED_MS = 5 * 60_000;

/** Whether a phase has lasted too long, and how the session ends then. */
export function overdue(phase: Phase, forMs: number, side: Side): { by: Party; reason: EndReason } | null {
  switch (phase.at) {
    case 'pairing':
      return forMs > PAIRING_MS ? { by: otherSide(side), reason: 'no_answer' } : null;
    case 'consent':
    case 'picking':
      return forMs > DECIDING_MS ? { by: side, reason: 'no_answer' } : null;
    case 'connecting':
      return forMs > CONNECTING_MS ? { by: side, reason: 'no_path' } : null;
    case 'interrupted':
      return forMs > INTERRUPTED_MS ? { by: otherSide(side), reason: 'left' } : null;
    default:
      return null;
  }
}
