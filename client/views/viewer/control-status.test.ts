import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUS } from '../../session/helper-controller.fake';
import type { HelperStatus } from '../../session/helper-controller.svelte';
import { controlStatus, toneOf, type Seen } from './control-status';

const seen = (some: Partial<Seen>, status: Partial<HelperStatus> | null = {}): Seen => ({
  state: 'attached',
  link: 'up',
  status: status && { ...STATUS, ...status },
  current: true,
  kind: 'window',
  hadLink: true,
  hadGrant: true,
  wanted: true,
  held: false,
  ...some,
});
const NO_INPUT = { grants: { input: false, clipboard: false } };

describe('the status of operating', () => {
  it.each<[string, Seen]>([
    ['none', seen({ state: 'none', link: 'none', hadLink: false }, null)],
    ['waiting', seen({ state: 'offered', link: 'none', hadLink: false }, null)],
    ['gone', seen({ state: 'none', link: 'none' }, null)],
    ['connecting', seen({ link: 'none', hadLink: false }, null)],
    ['connecting', seen({ link: 'connecting' }, null)],
    ['connecting', seen({}, null)],
    ['lost', seen({ link: 'lost' }, null)],
    ['lost', seen({ state: 'away', link: 'none' }, null)],
    ['tampered', seen({ link: 'tampered' }, null)],
    ['wayland', seen({}, { backend: 'none', reason: 'wayland' })],
    ['no-permission', seen({}, { backend: 'none', reason: 'no-permission' })],
    ['tab', seen({ kind: 'tab', held: true })],
    ['unknown', seen({ kind: 'unknown' }, NO_INPUT)],
    ['connecting', seen({ kind: 'tab' }, null)],
    ['ready', seen({ kind: null })],
    ['ready', seen({ kind: 'monitor' })],
    ['notGranted', seen({ hadGrant: false }, NO_INPUT)],
    ['takenBack', seen({}, NO_INPUT)],
    ['stale', seen({ current: false, held: true })],
    ['off', seen({ wanted: false }, { paused: true })],
    ['guarded', seen({ held: true }, { guarded: true, paused: true })],
    ['paused', seen({ held: true }, { paused: true })],
    ['held', seen({ held: true })],
    ['ready', seen({})],
  ])('%s', (status, what) => {
    expect(controlStatus(what)).toBe(status);
  });

  it('goes on by itself while only the server cannot reach the helper', () => {
    expect(controlStatus(seen({ state: 'away', held: true }))).toBe('held');
  });

  it('never says that one operates when the helper would drop it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('none', 'offered', 'attached', 'away'),
        fc.constantFrom('none', 'connecting', 'up', 'lost', 'tampered'),
        fc.record({
          input: fc.boolean(),
          paused: fc.boolean(),
          guarded: fc.boolean(),
          reason: fc.constantFrom('', 'wayland', 'failed'),
        }),
        fc.record({
          current: fc.boolean(),
          wanted: fc.boolean(),
          held: fc.boolean(),
          kind: fc.constantFrom('monitor', 'window', 'tab', 'unknown', null),
        }),
        (state, link, { input, paused, guarded, reason }, rest) => {
          const grants = { input, clipboard: false };
          const status = controlStatus(
            seen(
              { state, link, ...rest },
              {
                grants,
                paused,
                guarded,
                reason,
              },
            ),
          );
          const place = rest.kind !== 'tab' && rest.kind !== 'unknown';
          const works = link === 'up' && input && reason === '' && !paused && !guarded && place;
          if (status === 'held') expect(works && rest.held && rest.wanted && rest.current).toBe(true);
          expect(toneOf(status) === 'good').toBe(status === 'held');
        },
      ),
    );
  });
});
