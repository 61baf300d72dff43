import { chmodSync, mkdirSync } from 'node:fs';
import { ConfigError } from './config';

/** Makes the data folder for its owner only. @throws ConfigError with a sentence when that cannot be */
export function makeDataFolder(path: string): void {
  // Everything this process writes from now on (SQLite's side files too) is for its owner only.
  process.umask(0o077);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
  } catch (error) {
    throw new ConfigError(`TASUKI_DATA_DIR cannot be used as a folder (${(error as Error).message}).`);
  }
}
