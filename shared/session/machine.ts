/**
 * The life of one support session as a pure machine, the same on both sides:
 *
 *   operator  waiting ─ joined ─▶ pairing ─ paired ─▶ consent ─┐
 *   customer                      pairing ─ paired ─▶ consent ─┴─ granted ─▶ picking | connecting ─ linkUp ─▶ connected
 *                                                                                         ▲                    │ linkDown
 *   ended ◀── end, from anywhere                                                          └── interrupted ◀────┘
 *
 * `picking`: the sharer chooses a screen in the browser's own dialog; the viewer waits in `picking` too.
 */
import { MODE_RULES } from '../policy';
import type { EndReason, Mode, Party, Side } from '../protocol/common';
import type { Card } from '../protocol/relay';

export type Capture = 'none' | 'picking' | 'refused' | 'on';

export type Phase =
  | { at: 'waiting'; expiresAt: number }
  | { at: 'pairing' }
  | { at: 'consent'; card: Card | null }
  | { at: 'picking'; capture: Capture }
  | { at: 'connecting'; since: number }
  | { at: 'connected'; since: number }
  | { at: 'interrupted'; since: number }
  | { at: 'ended'; by: Party; reason: EndReason };

export interface SessionState {
  readonly side: Side;
  readonly mode: Mode;
  readonly phase: Phase;
}

export type SessionEvent =
  /** Operator: a customer redeemed the code. */
  | { type: 'joined' }
  /** Keys agreed; `card` on the customer's side. */
  | { type: 'paired'; card: Card | null }
  /** The customer pressed Allow (both sides hear of it). */
  | { type: 'granted' }
  | { type: 'declined' }
  /** How far the sharer's capture is, own or told by the other side. */
  | { type: 'capture'; capture: Capture }
  | { type: 'linkUp'; at: number }
  | { type: 'linkDown'; at: number }
  /** A fresh epoch of the sealed relay: signals can flow again. `linked`: the peer link still works. */
  | { type: 'relayOpened'; linked: boolean }
  /** The viewer's link died while the sharer thinks all is well. */
  | { type: 'relink' }
  | { type: 'end'; by: Party; reason: EndReason };

export type Effect =
  | { do: 'pair' }
  | { do: 'tellConsent'; granted: boolean }
  | { do: 'capture' }
  | { do: 'openLink' }
  | { do: 'tellConnected' }
  | { do: 'close'; by: Party; reason: EndReason };

type Step = [SessionState, Effect[]];

export const start = (side: Side, mode: Mode, phase: Phase): SessionState => ({ side, mode, phase });

export const isSharer = ({ side, mode }: SessionState): boolean => MODE_RULES[mode].sharer === side;

/** One step; an event that the phase does not know changes nothing. `now` is epoch ms. */
export function step(state: SessionState, event: SessionEvent, now: number): Step {
  const { phase } = state;
  const stay: Step = [state, []];
  const go = (next: Phase, ...effects: Effect[]): Step => [{ ...state, phase: next }, effects];

  if (phase.at === 'ended') return stay;
  if (event.type === 'end') {
    const { by, reason } = event;
    return go({ at: 'ended', by, reason }, { do: 'close', by, reason });
  }

  switch (phase.at) {
    case 'waiting':
      return event.type === 'joined' ? go({ at: 'pairing' }, { do: 'pair' }) : stay;

    case 'pairing':
      return event.type === 'paired' ? go({ at: 'consent', card: event.card }) : stay;

    case 'consent':
      if (event.type === 'declined') {
        return go(
          { at: 'ended', by: 'customer', reason: 'declined' },
          { do: 'tellConsent', granted: false },
          { do: 'close', by: 'customer', reason: 'declined' },
        );
      }
      if (event.type !== 'granted') return stay;
      return go(
        { at: 'picking', capture: 'picking' },
        ...(state.side === 'customer' ? [{ do: 'tellConsent', granted: true } as const] : []),
        ...(isSharer(state) ? [{ do: 'capture' } as const] : []),
      );

    case 'picking':
      if (event.type === 'linkUp') return go({ at: 'connected', since: event.at }, { do: 'tellConnected' });
      if (event.type !== 'capture') return stay;
      if (event.capture !== 'on') return go({ at: 'picking', capture: event.capture });
      return go({ at: 'connecting', since: now }, ...(isSharer(state) ? [{ do: 'openLink' } as const] : []));

    case 'connecting':
    case 'connected':
    case 'interrupted':
      if (event.type === 'linkUp') return go({ at: 'connected', since: event.at }, { do: 'tellConnected' });
      if (event.type === 'linkDown' && phase.at === 'connected')
        return go({ at: 'interrupted', since: event.at });
      // After the sharer's reload the picture must be chosen again.
      if (event.type === 'capture' && event.capture !== 'on')
        return go({ at: 'picking', capture: event.capture });
      return rebuild(state, event, go, stay);
  }
}

/** Only the sharer builds links; a fresh epoch without a working link, or the viewer's wish, makes a new one. */
function rebuild(
  state: SessionState,
  event: SessionEvent,
  go: (next: Phase, ...effects: Effect[]) => Step,
  stay: Step,
): Step {
  const wanted = event.type === 'relink' || (event.type === 'relayOpened' && !event.linked);
  return wanted && isSharer(state) ? go(state.phase, { do: 'openLink' }) : stay;
}
