import { describe, expect, it } from 'vitest';
import { asOrigin } from './origin';
import { endMinutesOf, minutesOf, timeText, usualWeek } from './times';

describe('times of day', () => {
  it('are minutes after midnight, and the end of the day is 24:00', () => {
    expect(minutesOf('09:30')).toBe(570);
    expect(minutesOf('')).toBeNull();
    expect(minutesOf('00:00')).toBe(0);
    expect(endMinutesOf('00:00')).toBe(1440);
    expect(timeText(1440)).toBe('00:00');
    for (const minutes of [0, 1, 570, 1439]) expect(minutesOf(timeText(minutes))).toBe(minutes);
  });

  it('a usual week is closed on Sunday, the first day, and on Saturday', () => {
    expect(usualWeek().map((day) => day.length)).toEqual([0, 1, 1, 1, 1, 1, 0]);
  });
});

describe('an origin', () => {
  it('is what is left of a pasted address', () => {
    expect(asOrigin('https://www.Example.com/shop/index.html?a=1')).toBe('https://www.example.com');
    expect(asOrigin('https://www.example.com/')).toBe('https://www.example.com');
    expect(asOrigin('https://www.example.com:8443')).toBe('https://www.example.com:8443');
  });

  it('with a star, or none at all, stays as it was typed', () => {
    expect(asOrigin('https://*.example.com')).toBe('https://*.example.com');
    expect(asOrigin('www.example.com')).toBe('www.example.com');
    expect(asOrigin('https://')).toBe('https://');
  });
});
