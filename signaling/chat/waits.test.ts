/** What a waiting visitor is told of their place and of the wait, with figures, on both engines. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../clock';
import { newId } from '../secrets';
import { insertEpoch } from '../store/chat-epochs';
import type { ChatRecord } from '../store/chat-schema';
import { insertChat } from '../store/chats';
import { bytes } from '../testing/session';
import { ENGINES, fillTenant, openTestStore, type TestStore } from '../testing/stores';
import { placesOf, usualWait } from './waits';

const NOW = 1_800_000_000_000;
const ACCOUNT = 'account';
const MANY = { present: 1000, all: 1000 };

describe.each(ENGINES)('waiting on %s', (engine) => {
  let store: TestStore;
  const clock = { now: () => NOW, every: () => () => undefined };
  const context = () => ({ db: store.db, clock, isOpen: async () => Promise.resolve(true) });
  beforeAll(async () => {
    store = await openTestStore(engine);
    await fillTenant(store.db, ACCOUNT, NOW);
  }, 120_000);
  afterAll(() => store.close());
  beforeEach(async () => {
    for (const table of ['chat_epochs', 'chat_messages', 'chats'] as const)
      await store.db.deleteFrom(table).execute();
  });

  /** A conversation that began so long ago. */
  async function begun(agoMs: number, more: Partial<ChatRecord> = {}): Promise<string> {
    const id = newId();
    const row = {
      id,
      tenant_id: 'tenant',
      language: 'ja' as const,
      visitor_key: bytes(32),
      key_box: bytes(112),
      token_hash: id,
      address: null,
      address_hash: id,
      started_at: NOW - agoMs,
    };
    const question = { epoch: 0, from: 'customer', sender: bytes(8), n: 0, frame: bytes(40) } as const;
    expect(await insertChat(store.db, row, question, MANY)).toBeUndefined();
    if (Object.keys(more).length > 0)
      await store.db.updateTable('chats').set(more).where('id', '=', id).execute();
    return id;
  }

  /** …that waited so long for that claim, which was made just now unless told. */
  async function claimed(waitedMs: number, { epoch = 1, at = NOW } = {}): Promise<void> {
    const chatId = await begun(waitedMs, { state: 'open', owner: ACCOUNT, epoch, claimed_at: at });
    const about = { tenantId: 'tenant', accountId: ACCOUNT, operatorId: 'Olga', operatorName: 'Olga' };
    await insertEpoch(store.db, { ...about, chatId, claim: { epoch } as never, at, waitedMs });
  }

  const gaveUp = (waitedMs: number, more: Partial<ChatRecord> = {}) =>
    begun(waitedMs, { state: 'ended', ended_at: NOW, ended_by: 'customer', ...more });
  const usual = () => usualWait(context(), 'tenant');
  const places = async () => [...(await placesOf(context(), 'tenant')).values()];

  it('the usual wait is the median of the first claims of the last hours', async () => {
    await claimed(99 * SECOND, { at: NOW - 4 * HOUR });
    await claimed(10 * SECOND);
    await claimed(40 * SECOND);
    expect(await usual()).toBeNull();
    await claimed(20 * SECOND);
    expect(await usual()).toBe(20 * SECOND);
    await claimed(30 * SECOND);
    expect(await usual()).toBe(25 * SECOND);
    // Handed on and taken at once: nobody waited so little for a first answer.
    for (let each = 0; each < 10; each++) await claimed(SECOND, { epoch: 2 });
    expect(await usual()).toBe(25 * SECOND);
  });

  it('who gave up after long waiting counts, who left at once does not', async () => {
    for (const seconds of [20, 30, 40]) await claimed(seconds * SECOND);
    for (let each = 0; each < 5; each++) await gaveUp(2 * SECOND);
    expect(await usual()).toBe(30 * SECOND);
    await gaveUp(10 * MINUTE);
    expect(await usual()).toBe(35 * SECOND);
    // Closed the page after eight minutes; the server noticed later.
    await gaveUp(13 * MINUTE, { ended_by: 'idle', customer_away_at: NOW - 5 * MINUTE });
    expect(await usual()).toBe(40 * SECOND);
    // Ended by the staff: that is no wait.
    await gaveUp(HOUR, { ended_by: 'operator' });
    await gaveUp(HOUR, { ended_by: 'blocked' });
    expect(await usual()).toBe(40 * SECOND);
  });

  it('the place is the order in which they began to wait, in each operator’s own line', async () => {
    const second = await begun(2 * SECOND);
    const first = await begun(3 * SECOND);
    const handed = await begun(SECOND, { for_account: 'otto', for_from: 'Olga', epoch: 1 });
    const told = await placesOf(context(), 'tenant');
    const plain = { waitMs: null, late: false, online: false };
    expect([...told]).toEqual([
      [first, { ...plain, epoch: 0, place: 1 }],
      [second, { ...plain, epoch: 0, place: 2 }],
      [handed, { ...plain, epoch: 1, place: 1 }],
    ]);
  });

  it('is never said to be less than what the first in the line has waited already', async () => {
    for (let each = 0; each < 5; each++) await claimed(20 * SECOND);
    await begun(10 * SECOND);
    expect(await places()).toMatchObject([{ waitMs: 20 * SECOND, late: false }]);
    await begun(3 * MINUTE + SECOND);
    expect(await places()).toMatchObject([
      { place: 1, waitMs: 4 * MINUTE, late: true },
      { place: 2, waitMs: 4 * MINUTE, late: false },
    ]);
    await begun(21 * MINUTE);
    expect(await places()).toMatchObject([
      { place: 1, waitMs: 25 * MINUTE, late: true },
      { place: 2, waitMs: 25 * MINUTE, late: true },
      { place: 3, waitMs: 25 * MINUTE, late: false },
    ]);
  });

  it('counts from when it was handed on, not from the beginning', async () => {
    for (let each = 0; each < 3; each++) await claimed(20 * SECOND);
    await begun(HOUR, { epoch: 1, waiting_since: NOW - 5 * SECOND });
    expect(await places()).toMatchObject([{ waitMs: 20 * SECOND, late: false }]);
  });
});
