import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, fillTenant, openTestStore, type TestStore } from '../testing/stores';
import { blockAddress, blockedUntil, purgeBlocks } from './chat-blocks';
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
    const block = { tenantId: 'tenant', addressHash: 'there' };
    await blockAddress(db, { ...block, until: NOW + 10 });
    await blockAddress(db, { ...block, until: NOW + 20 });
    expect(await blockedUntil(db, 'tenant', 'there', NOW + 19)).toBe(NOW + 20);
    expect(await blockedUntil(db, 'tenant', 'there', NOW + 20)).toBeUndefined();
    await purgeBlocks(db, NOW + 20);
    expect(await db.selectFrom('chat_blocks').selectAll().execute()).toEqual([]);
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
