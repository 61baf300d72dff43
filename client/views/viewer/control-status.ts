/** Where operating stands, as the key of the viewer's status line. Pure. */
import type { HelperController } from '../../session/helper-controller.svelte';
import type { SeenPicture } from '../../session/live-session.svelte';

export type ControlStatus =
  /** None was handed out there, or it is done without; `waiting`: it has not come yet; `gone`: it was there. */
  | 'none'
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
  /** Such a picture can be seen, not operated: nobody knows where on that computer it is. */
  | 'tab'
  | 'unknown'
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
  /** Of the picture that is looked at; null while there is none. */
  kind: SeenPicture['kind'] | null;
  hadLink: boolean;
  hadGrant: boolean;
  wanted: boolean;
  held: boolean;
};

/** Whether pointer and keys have a place in such a picture. */
export const isOperable = (kind: SeenPicture['kind'] | null): boolean => kind !== 'tab' && kind !== 'unknown';

/** The first thing that keeps the person from operating, or how it is going. */
export function controlStatus({ state, link, status, ...seen }: Seen): ControlStatus {
  if (link === 'tampered') return 'tampered';
  if (link !== 'up') {
    if (state === 'none') return seen.hadLink ? 'gone' : 'none';
    if (state === 'offered') return 'waiting';
    return link === 'lost' || state === 'away' ? 'lost' : 'connecting';
  }
  if (!status) return 'connecting';
  if (status.reason !== '') return status.reason;
  if (seen.kind === 'tab' || seen.kind === 'unknown') return seen.kind;
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
    case 'none':
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
