/** Times of day as people type them, and as minutes after midnight. */

/** As a field of type `time` wants it; the end of the day is 00:00 there. */
export const timeText = (minutes: number): string => {
  const within = minutes % (24 * 60);
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
};

/** @returns null while the field is not filled in */
export function minutesOf(text: string): number | null {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** The same for a time at which something ends: midnight is the end of that day. */
export const endMinutesOf = (text: string): number | null => {
  const minutes = minutesOf(text);
  return minutes === 0 ? 24 * 60 : minutes;
};

/** All zones that the browser knows; the present one is among them in any case. */
export const zonesWith = (present: string): string[] =>
  [...new Set([present, ...Intl.supportedValuesOf('timeZone')])].sort();

/** Monday to Friday, nine to five. */
export const usualWeek = (): { from: number; to: number }[][] =>
  Array.from({ length: 7 }, (_, day) => (day === 0 || day === 6 ? [] : [{ from: 9 * 60, to: 17 * 60 }]));
