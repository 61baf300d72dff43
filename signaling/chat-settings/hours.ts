/** Business hours: whether the company is open, and when it opens next. By the wall clock of its time zone. */
import { DateTime, IANAZone } from 'luxon';
import type { BusinessHours } from '../../shared/protocol/embed';

const WEEK_DAYS = 7;

/** Whether the zone exists and every range ends after it begins. */
export const areHoursSound = ({ zone, week }: BusinessHours): boolean =>
  IANAZone.isValidZone(zone) && (week ?? []).every((day) => day.every(({ from, to }) => from < to));

/** Sunday is 0, as in `BusinessHours.week`. */
const weekday = (time: DateTime): number => time.weekday % WEEK_DAYS;

/** @param now epoch ms */
export function isOpen({ zone, week }: BusinessHours, now: number): boolean {
  if (!week) return true;
  const time = DateTime.fromMillis(now, { zone });
  const minute = time.hour * 60 + time.minute;
  return (week[weekday(time)] ?? []).some(({ from, to }) => from <= minute && minute < to);
}

/** Epoch ms of the next opening, or null while open, and when no day has hours. */
export function nextOpening(hours: BusinessHours, now: number): number | null {
  if (!hours.week || isOpen(hours, now)) return null;
  const today = DateTime.fromMillis(now, { zone: hours.zone }).startOf('day');
  // The same weekday of next week too: today's hours may be over.
  for (let days = 0; days <= WEEK_DAYS; days++) {
    const day = today.plus({ days });
    const openings = (hours.week[weekday(day)] ?? [])
      .map(({ from }) => day.set({ hour: Math.floor(from / 60), minute: from % 60 }).toMillis())
      .filter((at) => at > now);
    if (openings.length > 0) return Math.min(...openings);
  }
  return null;
}
