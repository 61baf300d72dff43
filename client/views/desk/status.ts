/** Where a session stands, as the key of the operator's status line. */
import { MODE_RULES } from '../../../shared/policy';
import type { OperatorSession } from '../../session/operator-session.svelte';

export type Status =
  | 'waiting'
  | 'pairing'
  | 'consent'
  | `${'picking' | 'refused'}.${'view' | 'show'}`
  | 'connecting'
  | 'connected'
  | 'interrupted'
  | 'interruptedPeer'
  | 'interruptedMine'
  | 'peerAway'
  | 'ended';

/** How far the customer's helper is, as the operator of `control` sees it. */
export type HelperStatusKey = 'offered' | 'attached' | 'away' | 'none' | 'impossible';

type HelperSeen = Pick<OperatorSession, 'phase' | 'helperController'>;

/** @returns null where there is nothing to say: another mode, or not yet connected */
export function helperStatusOf({ phase, helperController }: HelperSeen): HelperStatusKey | null {
  if (!helperController || (phase.at !== 'connected' && phase.at !== 'interrupted')) return null;
  const { state, status } = helperController;
  return state === 'attached' && status?.backend === 'none' ? 'impossible' : state;
}

type Seen = Pick<OperatorSession, 'phase' | 'mode' | 'online' | 'peerPresent'>;

/** One line for everything the operator must know at a glance. */
export function statusOf({ phase, mode, online, peerPresent }: Seen): Status {
  switch (phase.at) {
    case 'picking': {
      const kind = MODE_RULES[mode].sharer === 'customer' ? 'view' : 'show';
      return phase.capture === 'refused' ? `refused.${kind}` : `picking.${kind}`;
    }
    case 'interrupted':
      if (!online) return 'interruptedMine';
      return peerPresent ? 'interrupted' : 'interruptedPeer';
    case 'pairing':
    case 'consent':
    case 'connecting':
      return online && !peerPresent ? 'peerAway' : phase.at;
    default:
      return phase.at;
  }
}

export type Tone = 'idle' | 'busy' | 'good' | 'bad' | 'over';

/** The colour that goes with the words, never without them. */
export function toneOf(status: Status): Tone {
  if (status === 'connected') return 'good';
  if (status === 'ended') return 'over';
  if (status === 'waiting') return 'idle';
  return status.startsWith('interrupted') || status.startsWith('refused') || status === 'peerAway'
    ? 'bad'
    : 'busy';
}
