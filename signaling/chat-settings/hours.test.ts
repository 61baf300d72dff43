import { describe, expect, it } from 'vitest';
import type { BusinessHours } from '../../shared/protocol/embed';
import { areHoursSound, isOpen, nextOpening } from './hours';

const at = (iso: string) => Date.parse(iso);
const DAY = [
  { from: 9 * 60, to: 12 * 60 },
  { from: 13 * 60, to: 17 * 60 + 30 },
];
/** Monday to Friday. */
const tokyo: BusinessHours = { zone: 'Asia/Tokyo', week: [[], DAY, DAY, DAY, DAY, DAY, []] };

describe('business hours', () => {
  it('are by the wall clock of the company, not of the server', () => {
    expect(isOpen(tokyo, at('2026-11-23T09:00:00+09:00'))).toBe(true); // a Monday
    expect(isOpen(tokyo, at('2026-11-23T08:59:59+09:00'))).toBe(false);
    expect(isOpen(tokyo, at('2026-11-23T12:00:00+09:00'))).toBe(false); // lunch
    expect(isOpen(tokyo, at('2026-11-23T17:29:59+09:00'))).toBe(true);
    expect(isOpen(tokyo, at('2026-11-22T10:00:00+09:00'))).toBe(false); // Sunday there
    expect(isOpen(tokyo, at('2026-11-23T00:30:00Z'))).toBe(true);
  });

  it('tell the next opening', () => {
    const opens = (iso: string) => nextOpening(tokyo, at(iso));
    expect(opens('2026-11-23T10:00:00+09:00')).toBeNull(); // open
    expect(opens('2026-11-23T12:15:00+09:00')).toBe(at('2026-11-23T13:00:00+09:00'));
    expect(opens('2026-11-27T18:00:00+09:00')).toBe(at('2026-11-30T09:00:00+09:00')); // over the weekend
    const oneDay: BusinessHours = { zone: 'UTC', week: [[], [{ from: 60, to: 120 }], [], [], [], [], []] };
    expect(nextOpening(oneDay, at('2026-11-23T03:00:00Z'))).toBe(at('2026-11-30T01:00:00Z')); // in a week
  });

  it('may be always, or never', () => {
    expect(isOpen({ zone: 'Asia/Tokyo', week: null }, 0)).toBe(true);
    expect(nextOpening({ zone: 'Asia/Tokyo', week: null }, 0)).toBeNull();
    const never: BusinessHours = { zone: 'Asia/Tokyo', week: [[], [], [], [], [], [], []] };
    expect(isOpen(never, at('2026-11-23T10:00:00Z'))).toBe(false);
    expect(nextOpening(never, at('2026-11-23T10:00:00Z'))).toBeNull();
  });

  it('follow the change of summer time', () => {
    const berlin: BusinessHours = {
      zone: 'Europe/Berlin',
      week: Array.from({ length: 7 }, () => [{ from: 8 * 60, to: 24 * 60 }]),
    };
    expect(isOpen(berlin, at('2026-03-28T07:00:00Z'))).toBe(true); // 08:00, winter
    expect(isOpen(berlin, at('2026-03-29T05:59:00Z'))).toBe(false);
    expect(isOpen(berlin, at('2026-03-29T06:00:00Z'))).toBe(true); // 08:00, summer
    expect(nextOpening(berlin, at('2026-03-28T23:30:00Z'))).toBe(at('2026-03-29T06:00:00Z'));
    expect(isOpen(berlin, at('2026-03-28T22:59:59Z'))).toBe(true); // until midnight
  });

  it('with an unknown zone, or an end before the beginning, are refused', () => {
    expect(areHoursSound(tokyo)).toBe(true);
    expect(areHoursSound({ zone: 'Mars/Olympus', week: null })).toBe(false);
    const backwards = [{ from: 600, to: 600 }];
    expect(areHoursSound({ zone: 'UTC', week: [backwards, [], [], [], [], [], []] })).toBe(false);
  });
});
