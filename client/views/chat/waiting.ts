/** How a visitor's waiting is told: whether somebody is there, the place, and what others really waited. */
import type { ChatPlace } from '../../../shared/protocol/chat';
import type { ChatCard } from '../../../shared/protocol/embed';
import { formatLong } from '../../i18n/format';
import { t } from '../../i18n/index.svelte';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Nothing where nothing is known. @param card of the company: whether messages can be left, and when it opens */
export function waitingWords(
  place: ChatPlace | null,
  card: Pick<ChatCard, 'offlineMessages' | 'opensAt'> | null,
): string[] {
  if (place && !place.online) return nobodyWords(card);
  const lines = [t('chat:status.waiting')];
  if (!place) return lines;
  if (place.place === 1) lines.push(t('chat:status.next'));
  if (place.place > 1) lines.push(t('chat:status.place', { place: place.place }));
  if (place.late) lines.push(t('chat:status.late'));
  else if (place.waitMs !== null) lines.push(lately(place.waitMs));
  return [...lines, t('chat:status.stay')];
}

function nobodyWords(card: Pick<ChatCard, 'offlineMessages' | 'opensAt'> | null): string[] {
  const lines = [
    t('chat:status.nobody'),
    t(card?.offlineMessages ? 'chat:status.stayOrLeave' : 'chat:status.stayOn'),
  ];
  if (card && card.opensAt !== null) lines.push(t('chat:status.opens', { time: formatLong(card.opensAt) }));
  return lines;
}

/** Rounded up: who is told two minutes has not been promised less than they were. */
function lately(waitMs: number): string {
  if (waitMs < MINUTE) return t('chat:status.soon');
  if (waitMs > HOUR) return t('chat:status.long');
  const count = Math.ceil(waitMs / MINUTE);
  return count === 1 ? t('chat:status.minute') : t('chat:status.minutes', { count });
}
