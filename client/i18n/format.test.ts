import { expect, it } from 'vitest';
import { formatBitrate, formatCountdown, formatLong } from './format';

it('counts down in minutes and seconds, and stops at nothing', () => {
  expect(formatCountdown(600_000, 0)).toBe('10:00');
  expect(formatCountdown(65_001, 0)).toBe('1:06');
  expect(formatCountdown(0, 5000)).toBe('0:00');
});

it('names data rates', () => {
  expect(formatBitrate(320, 'en')).toBe('320 kbit/s');
  expect(formatBitrate(1440, 'en')).toBe('1.4 Mbit/s');
});

it('writes dates as the language does', () => {
  const at = new Date(2026, 10, 21, 14, 5).getTime();
  expect(formatLong(at, 'ja')).toContain('2026年11月21日');
  expect(formatLong(at, 'en')).toContain('21 November 2026');
});
