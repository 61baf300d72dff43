/** What the helper was allowed and when, in words. */
import type { SessionRow } from '../../../shared/protocol/http';
import { formatDateTime } from '../../i18n/format';
import { t } from '../../i18n/index.svelte';

const what = ({ input, clipboard }: { input: boolean; clipboard: boolean }): string =>
  [input && t('admin:grant.input'), clipboard && t('admin:grant.clipboard')]
    .filter((name) => name !== false)
    .join(t('admin:grant.and')) || t('admin:grant.nothing');

/** One line a change, oldest first. */
export const grantsText = (grants: SessionRow['grants']): string =>
  grants.map((grant) => `${formatDateTime(grant.at)} ${what(grant)}`).join('\n') || t('admin:none');

/** Which windows were shown. */
export function selectionText({ windowsOnly, windows }: Pick<SessionRow, 'windowsOnly' | 'windows'>): string {
  if (!windowsOnly) return t('admin:none');
  return windows === null
    ? t('admin:selection.asked')
    : t('admin:selection.windows', { number: String(windows) });
}

/** Which helper it was, and on what. */
export function helperText({
  helperVersion: version,
  helperSystem: system,
}: Pick<SessionRow, 'helperVersion' | 'helperSystem'>): string {
  return version === null
    ? t('admin:none')
    : t('admin:helper.version', { version, system: system ?? t('admin:none') });
}
