/** `--demo`: a throw-away installation with a sample company and two people, so that a newcomer sees the main job. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVault } from '../shared/crypto/vault';
import type { AccountsContext } from './accounts/context';
import { addOperator } from './accounts/operators';
import type { Config } from './config';
import { newPassword } from './secrets';
import { findTenant } from './store/tenants';
import { setUp } from './tenants/set-up';

export interface Demo {
  /** The same settings, but a folder of its own and never somebody's database. */
  config(config: Config): Config;
  remove(): void;
}

export function openDemo(): Demo {
  const dataDir = mkdtempSync(join(tmpdir(), 'tasuki-demo-'));
  return {
    config: (config) => ({ ...config, dataDir, databaseUrl: undefined }),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

interface Person {
  id: string;
  password: string;
}
export interface DemoPeople {
  operator: Person;
  administrator: Person;
}

export async function fillDemo(accounts: AccountsContext): Promise<DemoPeople> {
  const author = { actor: 'demo', address: null };
  const administrator = { id: 'admin', password: newPassword() };
  const operator = { id: 'operator', password: newPassword() };
  const { record } = await createVault();
  const wish = { company: 'Demo Support', adminId: administrator.id, password: administrator.password };
  await setUp(accounts, { ...wish, language: 'en', vault: record }, author);
  const tenant = await findTenant(accounts.db);
  if (tenant) {
    await addOperator(accounts, tenant, author, {
      ...operator,
      name: 'Demo Operator',
      email: '',
      state: 'enabled',
    });
  }
  return { administrator, operator };
}
