import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { END_REASONS, MODES, type Mode, type Side } from '../protocol/common';
import { start, step, type Effect, type Phase, type SessionEvent, type SessionState } from './machine';

const CARD = { operator: '山田', company: 'Example KK' };

/** Runs events and returns the phases passed and all effects. */
function run(side: Side, mode: Mode, from: Phase, events: SessionEvent[]) {
  let state: SessionState = start(side, mode, from);
  const effects: Effect['do'][] = [];
  const phases: Phase['at'][] = [];
  for (const event of events) {
    const [next, out] = step(state, event, 1000);
    state = next;
    effects.push(...out.map((effect) => effect.do));
    phases.push(next.phase.at);
  }
  return { state, effects, phases };
}

const PAIRED: SessionEvent = { type: 'paired', card: CARD };
const GRANTED: SessionEvent = { type: 'granted' };
const CAPTURED: SessionEvent = { type: 'capture', capture: 'on' };
const UP: SessionEvent = { type: 'linkUp', at: 5 };

describe('the main ladder', () => {
  it('view: the customer allows, chooses a screen and is seen', () => {
    const customer = run('customer', 'view', { at: 'pairing' }, [PAIRED, GRANTED, CAPTURED, UP]);
    expect(customer.phases).toEqual(['consent', 'picking', 'connecting', 'connected']);
    expect(customer.effects).toEqual(['tellConsent', 'capture', 'openLink', 'tellConnected']);
    const operator = run('operator', 'view', { at: 'waiting', expiresAt: 9 }, [
      { type: 'joined' },
      { type: 'paired', card: null },
      GRANTED,
      CAPTURED,
      UP,
    ]);
    expect(operator.phases).toEqual(['pairing', 'consent', 'picking', 'connecting', 'connected']);
    expect(operator.effects).toEqual(['pair', 'tellConnected']);
  });

  it('show: the operator captures, only after the customer allowed', () => {
    const operator = run('operator', 'show', { at: 'pairing' }, [
      CAPTURED,
      PAIRED,
      CAPTURED,
      GRANTED,
      CAPTURED,
      UP,
    ]);
    expect(operator.phases).toEqual(['pairing', 'consent', 'consent', 'picking', 'connecting', 'connected']);
    expect(operator.effects).toEqual(['capture', 'openLink', 'tellConnected']);
    const customer = run('customer', 'show', { at: 'pairing' }, [PAIRED, GRANTED, CAPTURED, UP]);
    expect(customer.effects).toEqual(['tellConsent', 'tellConnected']);
  });

  it('declining ends it on both sides with the reason', () => {
    const { state, effects } = run('customer', 'view', { at: 'pairing' }, [PAIRED, { type: 'declined' }]);
    expect(state.phase).toEqual({ at: 'ended', by: 'customer', reason: 'declined' });
    expect(effects).toEqual(['tellConsent', 'close']);
  });

  it('a closed picker leaves a second chance', () => {
    const { phases, state } = run('customer', 'view', { at: 'consent', card: CARD }, [
      GRANTED,
      { type: 'capture', capture: 'refused' },
      { type: 'capture', capture: 'picking' },
      CAPTURED,
    ]);
    expect(phases).toEqual(['picking', 'picking', 'picking', 'connecting']);
    expect(state.phase.at).toBe('connecting');
  });
});

describe('interruptions', () => {
  it('the sharer builds a new link when signals flow again, only if the old one is dead', () => {
    const from: Phase = { at: 'connected', since: 1 };
    const down: SessionEvent = { type: 'linkDown', at: 7 };
    expect(run('customer', 'view', from, [down, { type: 'relayOpened', linked: false }, UP]).effects).toEqual(
      ['openLink', 'tellConnected'],
    );
    expect(run('customer', 'view', from, [{ type: 'relayOpened', linked: true }]).effects).toEqual([]);
    expect(run('operator', 'view', from, [down, { type: 'relayOpened', linked: false }]).effects).toEqual([]);
    expect(run('customer', 'view', from, [{ type: 'relink' }]).effects).toEqual(['openLink']);
  });
});

describe('whatever happens', () => {
  const event: fc.Arbitrary<SessionEvent> = fc.oneof(
    fc.constantFrom<SessionEvent>(
      { type: 'joined' },
      PAIRED,
      GRANTED,
      { type: 'declined' },
      { type: 'relink' },
    ),
    fc
      .constantFrom('none', 'picking', 'refused', 'on')
      .map((capture) => ({ type: 'capture', capture }) as const),
    fc.boolean().map((linked) => ({ type: 'relayOpened', linked }) as const),
    fc.nat().map((at) => ({ type: 'linkUp', at }) as const),
    fc.nat().map((at) => ({ type: 'linkDown', at }) as const),
    fc
      .record({
        by: fc.constantFrom('operator', 'customer', 'server'),
        reason: fc.constantFrom(...END_REASONS),
      })
      .map((end) => ({ type: 'end', ...end }) as const),
  );

  it('no screen is captured or sent without a grant, an end is final and told once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Side>('operator', 'customer'),
        fc.constantFrom(...MODES),
        fc.array(event, { maxLength: 30 }),
        (side, mode, events) => {
          const from: Phase = side === 'operator' ? { at: 'waiting', expiresAt: 1 } : { at: 'pairing' };
          let state = start(side, mode, from);
          let granted = false;
          let closed = 0;
          for (const each of events) {
            const wasConsent = state.phase.at === 'consent';
            const [next, effects] = step(state, each, 0);
            if (wasConsent && each.type === 'granted') granted = true;
            for (const effect of effects) {
              if (effect.do === 'capture' || effect.do === 'openLink') expect(granted).toBe(true);
              if (effect.do === 'close') closed++;
            }
            if (state.phase.at === 'ended') expect(next).toBe(state);
            state = next;
          }
          expect(closed).toBe(state.phase.at === 'ended' ? 1 : 0);
        },
      ),
    );
  });
});
