import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, fillTenant, openTestStore, type TestStore } from '../testing/stores';
import { blockAddress, blockedUntil, deleteBlock, listBlocks, purgeBlocks } from './blocks';
import { isAvailable, setAvailable, touchPresence } from './chat-presence';
import type { Db } from './schema';

const NOW = 1_800_000_000_000;
const ACCOUNT = 'account';

describe.each(ENGINES)('who takes conversations, and from whom, on %s', (engine) => {
  let store: TestStore;
  let db: Db;
  beforeAll(async () => {
    store = await openTestStore(engine);
    db = store.db;
    await fillTenant(db, ACCOUNT, NOW);
  }, 120_000);
  afterAll(() => store.close());

  it('nobody at a blocked address', async () => {
    const by = { id: 'olga', name: 'Olga' };
    const block = { tenantId: 'tenant', addressHash: 'there', since: NOW, by, chatId: 'chat' };
    await blockAddress(db, { ...block, until: NOW + 10 });
    await blockAddress(db, { ...block, until: NOW + 20, by: { id: 'otto', name: 'Otto' } });
    expect(await blockedUntil(db, 'tenant', 'there', NOW + 19)).toBe(NOW + 20);
    expect(await blockedUntil(db, 'tenant', 'there', NOW + 20)).toBeUndefined();
    const listed = await listBlocks(db, 'tenant', NOW + 19, 10);
    const id = listed[0]?.id ?? '';
    const about = { since: NOW, until: NOW + 20, byId: 'otto', byName: 'Otto', chatId: 'chat' };
    expect(listed).toEqual([{ id, ...about, chatStartedAt: null, address: null }]);
    expect(await listBlocks(db, 'tenant', NOW + 20, 10)).toEqual([]);
    expect(await deleteBlock(db, 'other', id)).toBeUndefined();
    expect(await deleteBlock(db, 'tenant', id)).toEqual({ chat_id: 'chat' });
    expect(await blockedUntil(db, 'tenant', 'there', NOW)).toBeUndefined();
    await blockAddress(db, { ...block, until: NOW + 20 });
    await purgeBlocks(db, NOW + 20);
    expect(await db.selectFrom('blocks').selectAll().execute()).toEqual([]);
  });

  it('an operator is as available as they said', async () => {
    const who = { accountId: ACCOUNT, tenantId: 'tenant', now: NOW };
    await touchPresence(db, who);
    expect(await isAvailable(db, ACCOUNT)).toBe(false);
    expect([await setAvailable(db, ACCOUNT, true), await setAvailable(db, ACCOUNT, true)]).toEqual([
      true,
      false,
    ]);
    await touchPresence(db, { ...who, now: NOW + 1 });
    expect(await isAvailable(db, ACCOUNT)).toBe(true);
  });
});
