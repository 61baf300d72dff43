/** Where operating stands, as the key of the viewer's status line. Pure. */
import type { HelperController } from '../../session/helper-controller.svelte';

export type ControlStatus =
  /** The helper has not come yet; `gone`: it was there. */
  | 'waiting'
  | 'gone'
  | 'connecting'
  | 'lost'
  | 'tampered'
  /** That computer cannot be operated, and why. */
  | 'wayland'
  | 'no-display'
  | 'no-permission'
  | 'failed'
  /** Not switched on yet; `takenBack`: it was. */
  | 'notGranted'
  | 'takenBack'
  /** Held back over there. */
  | 'guarded'
  | 'paused'
  /** The picture is old, so nothing is sent. */
  | 'stale'
  | 'held'
  | 'ready'
  | 'off';

export type Seen = Pick<HelperController, 'state' | 'link' | 'status'> & {
  /** The session's own link, with the picture, works. */
  current: boolean;
  hadLink: boolean;
  hadGrant: boolean;
  wanted: boolean;
  held: boolean;
};

/** The first thing that keeps the person from operating, or how it is going. */
export function controlStatus({ state, link, status, ...seen }: Seen): ControlStatus {
  if (link === 'tampered') return 'tampered';
  if (link !== 'up') {
    if (state === 'none') return seen.hadLink ? 'gone' : 'waiting';
    if (state === 'offered') return 'waiting';
    return link === 'lost' || state === 'away' ? 'lost' : 'connecting';
  }
  if (!status) return 'connecting';
  if (status.reason !== '') return status.reason;
  if (!status.grants.input) return seen.hadGrant ? 'takenBack' : 'notGranted';
  if (!seen.current) return 'stale';
  if (!seen.wanted) return 'off';
  if (status.guarded) return 'guarded';
  if (status.paused) return 'paused';
  return seen.held ? 'held' : 'ready';
}

export type Tone = 'good' | 'busy' | 'bad' | 'idle';

/** The colour that goes with the words, never without them. */
export function toneOf(status: ControlStatus): Tone {
  switch (status) {
    case 'held':
      return 'good';
    case 'ready':
    case 'off':
      return 'idle';
    case 'waiting':
    case 'connecting':
    case 'notGranted':
    case 'lost':
      return 'busy';
    default:
      return 'bad';
  }
}
