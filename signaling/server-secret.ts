/** The server's own secret, kept apart from the store: who steals the database alone has none of what it protects. */
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { newId, newToken } from './secrets';

export interface ServerSecret {
  /** 32 bytes for one purpose, which tell nothing about those for another. */
  key(purpose: string): Buffer;
}

/** @param fixed TASUKI_SERVER_SECRET, which is then not written anywhere. */
export function serverSecretIn(dataDir: string, fixed: string | undefined): ServerSecret {
  let value = fixed;
  return {
    key(purpose) {
      value ??= readOrMake(join(dataDir, 'server-secret'));
      const bytes = hkdfSync('sha256', Buffer.from(value, 'base64url'), '', `tasuki ${purpose} 1`, 32);
      return Buffer.from(bytes);
    },
  };
}

/** Of two processes that start at once, both use what the first one wrote, and neither sees half of it. */
function readOrMake(file: string): string {
  if (!existsSync(file)) {
    const own = `${file}.${newId()}`;
    writeFileSync(own, newToken(), { mode: 0o600 });
    try {
      linkSync(own, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(own);
    }
  }
  return readFileSync(file, 'utf8').trim();
}
