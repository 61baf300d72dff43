/** Failures in words. */
import { formatTime } from '../i18n/format';
import { t } from '../i18n/index.svelte';
import type { Problem } from '../net/http';
import { now } from './clock.svelte';

/** A sentence for a failure; times that have passed are not told any more. */
export function problemText({ error, retryAt }: Pick<Problem, 'error' | 'retryAt'>): string {
  if (error === 'limited' || error === 'locked') {
    if (retryAt === undefined || retryAt <= now()) return t(`common:error.${error}Now`);
    return t(`common:error.${error}`, { time: formatTime(retryAt) });
  }
  return t(`common:error.${error}`);
}
