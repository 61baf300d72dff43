/** The token of the one-time set-up link. It outlives a restart, so that a printed link stays good, and dies with set-up. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newToken, sameSecret } from '../secrets';

export interface SetupToken {
  matches(given: string): boolean;
  /** For the printed link. */
  readonly value: string;
  /** Set-up is done: forget it. */
  spend(): void;
}

/** @param fixed TASUKI_SETUP_TOKEN, which is then not written anywhere. */
export function setupTokenIn(dataDir: string | undefined, fixed: string | undefined): SetupToken {
  const file = dataDir && fixed === undefined ? join(dataDir, 'setup-token') : undefined;
  let value: string | undefined;
  const load = (): string => {
    if (value !== undefined) return value;
    if (fixed !== undefined) return (value = fixed);
    if (file && existsSync(file)) return (value = readFileSync(file, 'utf8').trim());
    value = newToken();
    if (file) writeFileSync(file, value, { mode: 0o600 });
    return value;
  };
  return {
    matches: (given) => sameSecret(given, load()),
    get value() {
      return load();
    },
    spend() {
      value = undefined;
      if (file) rmSync(file, { force: true });
    },
  };
}
