/** How a visitor's waiting is told: the place, and what others really waited; nothing where nothing is known. */
import type { ChatPlace } from '../../../shared/protocol/chat';
import { t } from '../../i18n/index.svelte';

const MINUTE = 60_000;

export function waitingWords(place: ChatPlace | null): string[] {
  const lines = [t('chat:status.waiting')];
  if (!place) return lines;
  if (place.place === 1) lines.push(t('chat:status.next'));
  if (place.place > 1) lines.push(t('chat:status.place', { place: place.place }));
  if (place.waitMs !== null) lines.push(lately(place.waitMs));
  return [...lines, t('chat:status.stay')];
}

function lately(waitMs: number): string {
  if (waitMs < MINUTE) return t('chat:status.soon');
  const count = Math.round(waitMs / MINUTE);
  return count === 1 ? t('chat:status.minute') : t('chat:status.minutes', { count });
}
