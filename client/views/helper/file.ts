/** The file that is handed over: its name carries the secret, so it is made here and never asked of the server. */
import { HELPER_FILE_PREFIX, HELPER_SCHEME } from '../../../shared/crypto/helper-link';
import type { HelperDownload } from '../../../shared/protocol/http';

/** For the `download` attribute: `tasuki-helper-<token>`, with `.exe` on Windows. */
export const fileName = ({ suffix }: Pick<HelperDownload, 'suffix'>, token: string): string =>
  `${HELPER_FILE_PREFIX}${token}${suffix}`;

/** For a helper that is there already. */
export const helperLink = (token: string): string => `${HELPER_SCHEME}${token}`;

/**
 * A line for the terminal that starts the downloaded file: browsers take the right to be started from what they save.
 * @returns null on Windows, where a double click is enough
 */
export function startCommand(build: Pick<HelperDownload, 'system' | 'suffix'>, token: string): string | null {
  if (build.system === 'windows') return null;
  const folder = build.system === 'macos' ? '~/Downloads' : '"$(xdg-user-dir DOWNLOAD)"';
  const name = `./${fileName(build, token)}`;
  return `cd ${folder} && chmod +x ${name} && ${name}`;
}
