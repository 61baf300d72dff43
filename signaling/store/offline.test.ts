/** Offline messages, notices and mail settings, on both engines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../clock';
import { newId } from '../secrets';
import { ENGINES, openTestStore, type TestStore } from '../testing/stores';
import { insertAccount } from './accounts';
import { deleteMailSettings, findMailSettings, saveMailSettings } from './mail-settings';
import { claimNotice, dueNotices, returnNotice, setNotices, wantsNotices } from './notices';
import {
  changeMessage,
  countNew,
  insertMessage,
  listMessages,
  newestNew,
  purgeMessages,
  purgeProofs,
  spendProof,
} from './offline';
import type { Db, MailSettingsTable } from './schema';
import { insertTenant } from './tenants';

const NOW = 1_800_000_000_000;
const TENANT = 'tenant';

describe.each(ENGINES)('%s', (engine) => {
  let store: TestStore;
  let db: Db;
  beforeAll(async () => {
    store = await openTestStore(engine);
    db = store.db;
    await insertTenant(db, {
      id: TENANT,
      company: 'Acme 株式会社',
      subscriber: 'ABCDEFGH',
      language: 'ja',
      created_at: NOW,
    });
  });
  afterAll(() => store.close());

  const leave = async (at: number) => {
    const id = newId();
    await insertMessage(db, { id, tenant_id: TENANT, at, language: 'ja', box: 'AAAA' });
    return id;
  };
  const mark = (id: string, state: 'new' | 'answered' | 'closed', tenantId = TENANT) =>
    changeMessage(db, { id, tenantId, state, by: 'Olga', now: NOW + 9 });

  it('keeps messages, newest first, with their states', async () => {
    const [first, second] = [await leave(NOW), await leave(NOW + 1)];
    expect((await listMessages(db, TENANT, { limit: 10 })).map(({ id }) => id)).toEqual([second, first]);
    expect([await countNew(db, TENANT), await newestNew(db, TENANT)]).toEqual([2, NOW + 1]);
    expect(await mark(second, 'answered')).toEqual({
      id: second,
      at: NOW + 1,
      language: 'ja',
      state: 'answered',
      by: 'Olga',
      changedAt: NOW + 9,
      box: 'AAAA',
    });
    expect([await countNew(db, TENANT), await newestNew(db, TENANT)]).toEqual([1, NOW]);
    expect(await listMessages(db, TENANT, { limit: 10, state: 'answered' })).toHaveLength(1);
    expect(await mark(first, 'closed', 'other')).toBeUndefined();
    expect(await mark('unknown', 'closed')).toBeUndefined();
    expect(await purgeMessages(db, NOW + 1)).toBe(1);
    expect(await newestNew(db, TENANT)).toBe(0);
    await db.deleteFrom('offline_messages').execute();
  });

  it('pages through messages of one instant without losing any', async () => {
    for (let n = 0; n < 9; n++) await leave(NOW + Math.floor(n / 3));
    const seen: string[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await listMessages(db, TENANT, { before, limit: 2, state: 'new' });
      if (page.length === 0) break;
      seen.push(...page.map(({ id }) => id));
      before = page.at(-1)?.at;
    }
    expect(new Set(seen).size).toBe(9);
    await db.deleteFrom('offline_messages').execute();
  });

  it('spends a proof once, of a hundred at once', async () => {
    const spent = await Promise.all(Array.from({ length: 100 }, () => spendProof(db, 'nonce', NOW)));
    expect(spent.filter(Boolean)).toHaveLength(1);
    await purgeProofs(db, NOW);
    expect(await spendProof(db, 'nonce', NOW)).toBe(false);
    await purgeProofs(db, NOW + 1);
    expect(await spendProof(db, 'nonce', NOW)).toBe(true);
  });

  it('knows who is due to be told, once', async () => {
    const account = { id: newId(), tenant_id: TENANT };
    await insertAccount(db, {
      ...account,
      role: 'operator',
      login_id: 'olga',
      login_key: 'olga',
      name: 'Olga',
      email: 'olga@example.org',
      password_hash: '',
      state: 'enabled',
      created_at: NOW,
    });
    expect(await wantsNotices(db, account.id)).toBe(false);
    await setNotices(db, account, true, NOW);
    expect(await wantsNotices(db, account.id)).toBe(true);
    expect(await dueNotices(db, TENANT, NOW, NOW)).toEqual([]);
    const [due] = await dueNotices(db, TENANT, NOW + 1, NOW + 1);
    if (!due) throw new Error('nobody is due');
    expect(due).toEqual({ account: account.id, name: 'Olga', email: 'olga@example.org', toldAt: NOW });
    const change = { toldAt: NOW + 1, nextAt: NOW + MINUTE };
    const claims = await Promise.all([claimNotice(db, due, change), claimNotice(db, due, change)]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await dueNotices(db, TENANT, NOW + 2, NOW + 2)).toEqual([]);
    expect(await dueNotices(db, TENANT, NOW + 2, NOW + MINUTE)).toHaveLength(1);
    await returnNotice(db, due, NOW + 1);
    expect(await dueNotices(db, TENANT, NOW + 1, NOW + MINUTE)).toHaveLength(1);
    // Wished once more, in another tab: what was not told yet is still due, and no sooner.
    await setNotices(db, account, true, NOW + 5);
    expect(await dueNotices(db, TENANT, NOW + 1, NOW + 2)).toEqual([]);
    expect(await dueNotices(db, TENANT, NOW + 1, NOW + MINUTE)).toHaveLength(1);
    await setNotices(db, account, false, NOW);
    expect(await claimNotice(db, due, change)).toBe(false);
    expect(await wantsNotices(db, account.id)).toBe(false);
  });

  it('keeps the mail server, one a tenant', async () => {
    const row: MailSettingsTable = {
      tenant_id: TENANT,
      host: 'smtp.example.org',
      port: 465,
      security: 'tls',
      user_name: 'mailer',
      password_box: 'AAAA',
      from_name: 'Acme 株式会社',
      from_address: 'support@example.org',
    };
    expect(await findMailSettings(db, TENANT)).toBeUndefined();
    await saveMailSettings(db, row);
    await saveMailSettings(db, { ...row, port: 587, password_box: null });
    expect(await findMailSettings(db, TENANT)).toEqual({ ...row, port: 587, password_box: null });
    expect([await deleteMailSettings(db, TENANT), await deleteMailSettings(db, TENANT)]).toEqual([
      'smtp.example.org',
      undefined,
    ]);
  });
});
