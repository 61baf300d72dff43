/** Both engines, so that the same repository tests run on each. */
import { rmSync } from 'node:fs';
import { openStore } from '../store/open';
import type { Db } from '../store/schema';
import { startPostgres, type TestPostgres } from './postgres';
import { scratchFolder } from './scratch';

export const ENGINES = ['sqlite', 'postgresql'] as const;
export type Engine = (typeof ENGINES)[number];

export interface TestStore {
  db: Db;
  close(): Promise<void>;
}

/** An empty, migrated store. */
export async function openTestStore(engine: Engine): Promise<TestStore> {
  const dataDir = scratchFolder();
  const postgres: TestPostgres | undefined = engine === 'postgresql' ? startPostgres() : undefined;
  const db = await openStore({ dataDir, databaseUrl: postgres?.newDatabase() });
  return {
    db,
    async close() {
      await db.destroy();
      postgres?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
