import type { Language } from '../../shared/protocol/common';

/**
 * A time for a letter, with its zone: `21 November 2026 at 14:05 GMT+9`.
 * @param zone IANA name
 * @returns null for a zone that does not exist
 */
export function timeInZone(at: number, zone: string, language: Language): string | null {
  try {
    return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
      timeZoneName: 'short',
    }).format(at);
  } catch {
    return null;
  }
}
