/** Both engines, so that the same repository tests run on each. */
import { rmSync } from 'node:fs';
import { insertAccount } from '../store/accounts';
import { openStore } from '../store/open';
import type { Db } from '../store/schema';
import { insertTenant } from '../store/tenants';
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

/** A tenant of id `tenant` with one operator of this account id. */
export async function fillTenant(db: Db, account: string, now: number): Promise<void> {
  const tenant = {
    id: 'tenant',
    company: 'Acme',
    subscriber: 'ABCDEFGH',
    language: 'ja',
    created_at: now,
  } as const;
  await insertTenant(db, tenant);
  const row = {
    id: account,
    tenant_id: 'tenant',
    role: 'operator',
    login_id: 'Olga',
    login_key: 'olga',
  } as const;
  await insertAccount(db, {
    ...row,
    name: 'Olga',
    email: '',
    password_hash: '',
    state: 'enabled',
    created_at: now,
  });
}
