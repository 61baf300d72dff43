import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { STATUS } from '../../session/helper-controller.fake';
import type { HelperStatus } from '../../session/helper-controller.svelte';
import { REFUSING_MS, Refusals } from './refusals.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const status = (refused: number, some: Partial<HelperStatus> = {}): HelperStatus => ({
  ...STATUS,
  refused,
  ...some,
});

it('is shown for a while after the count has risen', () => {
  const refusals = new Refusals();
  refusals.take(status(7)); // of earlier
  expect(refusals.shown).toBe(false);
  refusals.take(status(8));
  expect(refusals.shown).toBe(true);
  vi.advanceTimersByTime(REFUSING_MS - 1);
  refusals.take(status(9));
  vi.advanceTimersByTime(REFUSING_MS - 1);
  expect(refusals.shown).toBe(true);
  vi.advanceTimersByTime(1);
  expect(refusals.shown).toBe(false);
});

it('leaves to the status what the status says already', () => {
  const refusals = new Refusals();
  refusals.take(status(0));
  refusals.take(status(3, { paused: true }));
  refusals.take(status(5, { paused: true }));
  refusals.take(status(5));
  refusals.take(status(6, { grants: { input: false, clipboard: false } }));
  refusals.take(null);
  refusals.take(status(9));
  expect(refusals.shown).toBe(false);
});
