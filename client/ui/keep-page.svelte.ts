/** A page with a live session is left only on purpose. */
import { blockNavigation } from 'sv-router';
import { t } from '../i18n/index.svelte';
import { page } from './page.svelte';

/**
 * While `live()` is true, links leading away are hidden and the Back button asks first.
 * Call it while a component is initialised.
 */
export function keepPage(live: () => boolean): void {
  $effect(() => {
    if (!live()) return;
    page.live = true;
    const release = blockNavigation(() => confirm(t('common:leave')));
    return () => {
      page.live = false;
      release();
    };
  });
}
