/** `--demo`: a throw-away installation with a sample company and two people, so that a newcomer sees the main job. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { approveDevice } from '../shared/crypto/device';
import { loadSodium } from '../shared/crypto/sodium';
import { createVault, openVault } from '../shared/crypto/vault';
import type { VaultRecord } from '../shared/protocol/http';
import { addOperator } from './accounts/operators';
import type { Config } from './config';
import type { Core } from './core';
import { approve } from './devices/approval';
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

/** Sets the sample company up. */
export async function fillDemo({
  accounts,
  devices,
}: Pick<Core, 'accounts' | 'devices'>): Promise<DemoPeople> {
  const author = { actor: 'demo', address: null };
  const administrator = { id: 'admin', password: newPassword() };
  const operator = { id: 'operator', password: newPassword() };
  const { record, releaseKey } = await createVault();
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
  await approveByItself(devices, record, releaseKey);
  return { administrator, operator };
}

/**
 * Nobody would sit at a second browser to approve the first: here, and only here, the server has the release key and
 * approves whatever asks. So a demo protects nothing from its own server, as every page of it says.
 */
async function approveByItself(
  devices: Core['devices'],
  record: VaultRecord,
  releaseKey: string,
): Promise<void> {
  const [sodium, root] = [await loadSodium(), await openVault(record, releaseKey)];
  if (!root) throw new Error('the vault of the demo does not open');
  devices.whenAsked = async (device, { tenant_id, login_id, role }) => {
    const keys = { signKey: device.sign_key, boxKey: device.box_key };
    const approval = approveDevice(sodium, root, keys, { account: login_id, role }, devices.clock.now());
    await approve(devices, tenant_id, { actor: 'demo', address: null }, device.id, approval);
  };
}
