import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../secrets';
import { bytes } from '../testing/session';
import { ENGINES, openTestStore, type TestStore } from '../testing/stores';
import { VAULT } from '../testing/vault';
import { insertAccount } from './accounts';
import {
  countDevices,
  findApprovedDevice,
  findDevice,
  hasApprovedDevice,
  insertDevice,
  listDevices,
  markApproved,
  markRevoked,
  touchDevice,
} from './devices';
import type { Db } from './schema';
import { findVault, insertTenant, insertVault, setVaultCard } from './tenants';

const NOW = 1_800_000_000_000;
const TENANT = {
  id: 'tenant',
  company: 'Acme',
  subscriber: 'ABCDEFGH',
  language: 'ja',
  created_at: NOW,
} as const;
const APPROVAL = {
  certificate: {
    signKey: bytes(32),
    boxKey: bytes(32),
    account: 'anna',
    role: 'operator' as const,
    issuedAt: NOW,
    signature: bytes(64),
  },
  wrapped: bytes(81),
};

describe.each(ENGINES)('devices on %s', (engine) => {
  let store: TestStore;
  let db: Db;
  beforeAll(async () => {
    store = await openTestStore(engine);
    db = store.db;
    await insertTenant(db, TENANT);
  }, 120_000);
  afterAll(() => store.close());

  const account = async (id: string) => {
    const row = {
      id: newId(),
      tenant_id: TENANT.id,
      role: 'operator' as const,
      login_id: id,
      login_key: id.toLowerCase(),
      name: `Name of ${id}`,
      email: '',
      password_hash: 'hash',
      state: 'enabled' as const,
      created_at: NOW,
    };
    await insertAccount(db, row);
    return row;
  };
  const device = async (accountId: string, at = NOW) => {
    const row = {
      id: bytes(16),
      tenant_id: TENANT.id,
      account_id: accountId,
      sign_key: bytes(32),
      box_key: bytes(32),
      proof: bytes(64),
      name: 'Chrome on Windows',
      created_at: at,
      seen_at: at,
    };
    expect(await insertDevice(db, row)).toBe(true);
    return row;
  };

  it('keeps the vault’s card, also when it comes later', async () => {
    await insertVault(db, TENANT.id, VAULT);
    expect(await findVault(db, TENANT.id)).toEqual({
      tenant_id: TENANT.id,
      public_key: VAULT.publicKey,
      identity_key: VAULT.identityKey,
      wrapped: VAULT.wrapped,
      card: VAULT.card,
    });
    await db.updateTable('vaults').set({ card: null }).execute();
    expect((await findVault(db, TENANT.id))?.card).toBeNull();
    await setVaultCard(db, TENANT.id, VAULT.card);
    expect((await findVault(db, TENANT.id))?.card).toBe(VAULT.card);
    expect(await findVault(db, 'other')).toBeUndefined();
  });

  it('keeps a device once, whoever asks again with its keys', async () => {
    const { id: owner } = await account('Anna');
    const row = await device(owner);
    expect(await insertDevice(db, { ...row, account_id: (await account('thief')).id })).toBe(false);
    const stored = { ...row, state: 'pending', certificate: null, wrapped: null, approved_at: null };
    expect(await findDevice(db, TENANT.id, row.id)).toEqual(stored);
    expect(await findDevice(db, 'other tenant', row.id)).toBeUndefined();
    await touchDevice(db, row.id, { seen_at: NOW + 5, name: 'Firefox' });
    expect(await findDevice(db, TENANT.id, row.id)).toEqual({ ...stored, seen_at: NOW + 5, name: 'Firefox' });
  });

  it('approves what waits, once, and finds it by its signing key and account', async () => {
    const [{ id: owner }, { id: other }] = [await account('Bea'), await account('Carl')];
    const row = await device(owner);
    expect(await findApprovedDevice(db, owner, row.sign_key)).toBeUndefined();
    expect(await hasApprovedDevice(db, owner)).toBe(false);
    const results = await Promise.all(
      Array.from({ length: 5 }, () => markApproved(db, row.id, APPROVAL, NOW + 1)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    const found = await findApprovedDevice(db, owner, row.sign_key);
    expect(found).toMatchObject({ id: row.id, wrapped: APPROVAL.wrapped, approved_at: NOW + 1 });
    expect(JSON.parse(found?.certificate ?? '')).toEqual(APPROVAL.certificate);
    expect(await hasApprovedDevice(db, owner)).toBe(true);
    expect(await findApprovedDevice(db, other, row.sign_key)).toBeUndefined();
    expect(await findApprovedDevice(db, owner, row.box_key)).toBeUndefined();
  });

  it('revokes for good, and the sealed secret goes', async () => {
    const { id: owner } = await account('Dora');
    const row = await device(owner);
    await markApproved(db, row.id, APPROVAL, NOW);
    expect([await markRevoked(db, row.id), await markRevoked(db, row.id)]).toEqual([true, false]);
    expect(await findDevice(db, TENANT.id, row.id)).toMatchObject({ state: 'revoked', wrapped: null });
    expect(await findApprovedDevice(db, owner, row.sign_key)).toBeUndefined();
    expect(await hasApprovedDevice(db, owner)).toBe(false);
    expect(await markApproved(db, row.id, APPROVAL, NOW)).toBe(false);
    expect(await countDevices(db, owner)).toBe(0);
  });

  it('lists with the owner, revoked ones last, newest first', async () => {
    await db.deleteFrom('devices').execute();
    const { id: owner } = await account('Emil');
    const [revoked, waiting, newer, approved] = [
      await device(owner, NOW + 9),
      await device(owner, NOW + 1),
      await device(owner, NOW + 2),
      await device(owner, NOW),
    ];
    await markRevoked(db, revoked.id);
    await markApproved(db, approved.id, APPROVAL, NOW);
    const rows = await listDevices(db, TENANT.id, 10);
    expect(rows.map((row) => row.id)).toEqual([approved.id, newer.id, waiting.id, revoked.id]);
    expect(rows[0]).toMatchObject({ login_id: 'Emil', role: 'operator', owner_name: 'Name of Emil' });
    expect(await countDevices(db, owner)).toBe(3);
    expect(await listDevices(db, TENANT.id, 2)).toHaveLength(2);
    expect(await listDevices(db, 'other', 10)).toEqual([]);
  });
});
