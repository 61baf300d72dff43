/** Numbers and times in the page's language. */
import type { Language } from '../../shared/protocol/common';
import { texts } from './index.svelte';

const locale = (language: Language): string => (language === 'ja' ? 'ja-JP' : 'en-GB');

const formatter =
  (options: Intl.DateTimeFormatOptions) =>
  (at: number, language: Language = texts.language): string =>
    new Intl.DateTimeFormat(locale(language), options).format(at);

/** `14:05` */
export const formatTime = formatter({ hour: '2-digit', minute: '2-digit' });
/** `21/11/2026` */
export const formatDate = formatter({ dateStyle: 'short' });
/** `21/11/2026, 14:05:09`, for tables. */
export const formatDateTime = formatter({ dateStyle: 'short', timeStyle: 'medium' });
/** `21 November 2026 at 14:05`, for letters. */
export const formatLong = formatter({ dateStyle: 'long', timeStyle: 'short' });

/** What is left until `at`, as `9:05`; never negative. */
export function formatCountdown(at: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((at - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `1.4 Mbit/s` or `320 kbit/s`. */
export function formatBitrate(kbps: number, language: Language = texts.language): string {
  const [value, unit] = kbps >= 1000 ? [kbps / 1000, 'Mbit/s'] : [kbps, 'kbit/s'];
  return `${formatNumber(value, unit === 'Mbit/s' ? 1 : 0, language)} ${unit}`;
}

export const formatMilliseconds = (ms: number): string => `${formatNumber(Math.round(ms))} ms`;

function formatNumber(value: number, digits = 0, language: Language = texts.language): string {
  return new Intl.NumberFormat(locale(language), { maximumFractionDigits: digits }).format(value);
}
