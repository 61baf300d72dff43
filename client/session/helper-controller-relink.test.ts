import { describe, expect, it } from 'vitest';
import { RelinkClock } from './helper-controller-relink';

/** When the clock asks, second by second, from `from` on. */
function asks(clock: RelinkClock, from: number, seconds: number): number[] {
  const at: number[] = [];
  for (let now = from; now <= from + seconds * 1000; now += 1000)
    if (clock.due(now)) at.push((now - from) / 1000);
  return at;
}

describe('asking for another link', () => {
  it('waits for the helper to offer by itself, then asks ever later, at most every 30 s', () => {
    const clock = new RelinkClock();
    clock.opened(0);
    expect(asks(clock, 0, 150)).toEqual([2, 6, 14, 30, 60, 90, 120, 150]);
  });

  it('asks nothing before there is a line, while a link is up, or after the end', () => {
    const clock = new RelinkClock();
    expect(asks(clock, 0, 60)).toEqual([]);
    clock.opened(0);
    clock.offered(1000);
    clock.up(2000);
    expect(asks(clock, 2000, 600)).toEqual([]);
    clock.lost(700_000);
    clock.stop();
    expect(asks(clock, 700_000, 600)).toEqual([]);
  });

  it('leaves an offer time to become a link', () => {
    const clock = new RelinkClock();
    clock.opened(0);
    clock.offered(1000);
    expect(asks(clock, 1000, 13)).toEqual([12]);
  });

  it('is quick again after a good link, and slow after links that die at once', () => {
    const good = new RelinkClock();
    good.opened(0);
    asks(good, 0, 100);
    good.up(100_000);
    good.lost(200_000);
    expect(asks(good, 200_000, 10)).toEqual([2, 6]);

    const bad = new RelinkClock();
    bad.opened(0);
    asks(bad, 0, 20);
    bad.up(21_000);
    bad.lost(22_000);
    expect(asks(bad, 22_000, 20)[0]).toBeGreaterThanOrEqual(16);
  });
});
