import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../secrets';
import { ENGINES, openTestStore, type TestStore } from '../testing/stores';
import { TENANT_OWNER, countReplies, deleteReply, insertReply, listReplies } from './replies';
import { insertTenant } from './tenants';

const NOW = 1_800_000_000_000;
const tenantId = 'tenant';
const reply = (owner: string, shortcut: string) => ({
  id: newId(),
  tenant_id: tenantId,
  owner,
  shortcut,
  text: '改行\nand 😀',
  changed_at: NOW,
});

describe.each(ENGINES)('canned replies on %s', (engine) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore(engine);
    const tenant = { company: 'Acme', subscriber: 'ABCDEFGH', language: 'ja', created_at: NOW } as const;
    await insertTenant(store.db, { id: tenantId, ...tenant });
  }, 120_000);
  afterAll(() => store.close());

  it('are kept by owner, one shortcut each', async () => {
    const { db } = store;
    const [tenants, anna, bert] = [reply(TENANT_OWNER, 'a'), reply('anna', 'a'), reply('bert', 'b')];
    for (const row of [tenants, anna, bert]) expect(await insertReply(db, row)).toBe(true);
    expect(await insertReply(db, reply('anna', 'a'))).toBe(false);
    expect(await insertReply(db, { ...reply('anna', 'other'), id: bert.id })).toBe(false);
    expect(await listReplies(db, tenantId, [TENANT_OWNER, 'anna'])).toEqual([tenants, anna]);
    expect(await listReplies(db, 'other', [TENANT_OWNER])).toEqual([]);
    expect(await countReplies(db, tenantId, 'anna')).toBe(1);
    expect(await deleteReply(db, { tenantId, owner: 'anna', id: bert.id })).toBeUndefined();
    expect(await deleteReply(db, { tenantId, owner: 'bert', id: bert.id })).toBe('b');
    expect(await countReplies(db, tenantId, 'bert')).toBe(0);
  });
});
