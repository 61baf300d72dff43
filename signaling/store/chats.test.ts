import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_CHAT_BYTES, MAX_UNCLAIMED_CHAT_BYTES, type SealedChat } from '../../shared/protocol/chat';
import { HOUR, MINUTE } from '../clock';
import { newId } from '../secrets';
import { bytes } from '../testing/session';
import { ENGINES, fillTenant, openTestStore, type TestStore } from '../testing/stores';
import { purgeAddresses } from './chat-addresses';
import { appendMessage, messagesOf } from './chat-messages';
import { countChatStates, countFrom, detachCustomers, wronglyAway } from './chat-queries';
import { chatsOfAccount, isStaff, joinStaff, leaveAsGuest, leaveStaff, loads, staffOf } from './chat-staff';
import {
  claimRow,
  endChatRow,
  findChat,
  findOwnChat,
  idleChats,
  insertChat,
  lockChat,
  openToAll,
  raiseMarks,
  rateRow,
  requeueRow,
  setCustomerPresence,
} from './chats';
import type { Db } from './schema';

const NOW = 1_800_000_000_000;
const ACCOUNT = 'account';
/** Of one address. */
const MOST = { present: 3, all: 5 };

describe.each(ENGINES)('conversations on %s', (engine) => {
  let store: TestStore;
  let db: Db;
  beforeAll(async () => {
    store = await openTestStore(engine);
    db = store.db;
    await fillTenant(db, ACCOUNT, NOW);
  }, 120_000);
  afterAll(() => store.close());

  const message = (n: number, more: Partial<SealedChat> = {}): SealedChat => ({
    epoch: 0,
    from: 'customer',
    sender: 'AAAAAAAAAAA',
    n,
    frame: bytes(40),
    ...more,
  });
  const begin = async (more: { address_hash?: string; started_at?: number } = {}): Promise<string> => {
    const id = newId();
    const row = {
      id,
      tenant_id: 'tenant',
      language: 'ja' as const,
      visitor_key: bytes(32),
      key_box: bytes(112),
      token_hash: `hash of ${id}`,
      address: '192.0.2.1',
      address_hash: more.address_hash ?? id,
      started_at: more.started_at ?? NOW,
    };
    expect(await insertChat(db, row, message(0), MOST)).toBeUndefined();
    return id;
  };
  const claim = (id: string, epoch = 1, account = ACCOUNT) => claimRow(db, { id, account, epoch, now: NOW });

  it('begin with a question, a key of their own, and three from one address', async () => {
    const id = await begin({ address_hash: 'here' });
    const row = (await findChat(db, id))!;
    expect(row).toMatchObject({ state: 'waiting', epoch: 0, next_seq: 1, waiting_since: NOW });
    expect(await messagesOf(db, id, { after: -1, notes: true })).toMatchObject([{ seq: 0, n: 0, at: NOW }]);
    expect(await insertChat(db, { ...row, id: newId() }, message(0), { present: 9, all: 9 })).toBe('taken');
    await begin({ address_hash: 'here' });
    await begin({ address_hash: 'here' });
    expect(await countFrom(db, 'tenant', 'here')).toEqual({ present: 3, all: 3 });
    const another = { ...row, id: newId(), visitor_key: bytes(32) };
    expect(await insertChat(db, another, message(0), MOST)).toBe('limited');
    await endChatRow(db, { id, by: 'customer', now: NOW });
    expect(await insertChat(db, another, message(0), MOST)).toBeUndefined();
  });

  it('whose page was closed make room for another, up to a larger number', async () => {
    const ids = [];
    for (let each = 0; each < MOST.all; each++) {
      const id = await begin({ address_hash: 'office' });
      ids.push(id);
      await setCustomerPresence(db, { id, awayAt: NOW });
    }
    expect(await countFrom(db, 'tenant', 'office')).toEqual({ present: 0, all: 5 });
    const row = (await findChat(db, ids[0]!))!;
    const another = { ...row, id: newId(), visitor_key: bytes(32) };
    expect(await insertChat(db, another, message(0), MOST)).toBe('limited');
    for (const id of ids) await endChatRow(db, { id, by: 'idle', now: NOW });
  });

  it('are counted one after the other, however many one address begins at once', async () => {
    const row = (await findChat(db, await begin()))!;
    const starts = Array.from({ length: 20 }, () => ({
      ...row,
      id: newId(),
      visitor_key: bytes(32),
      address_hash: 'flood',
    }));
    const answers = await Promise.all(starts.map((each) => insertChat(db, each, message(0), MOST)));
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(3);
    expect(await countFrom(db, 'tenant', 'flood')).toEqual({ present: 3, all: 3 });
    await purgeAddresses(db, NOW);
    expect(await db.selectFrom('chat_addresses').selectAll().execute()).toEqual([]);
  });

  it('are the customer’s by their token', async () => {
    const id = await begin();
    expect((await findOwnChat(db, id, `hash of ${id}`))?.id).toBe(id);
    expect(await findOwnChat(db, id, 'another')).toBeUndefined();
    expect(await findOwnChat(db, newId(), `hash of ${id}`)).toBeUndefined();
  });

  it('are claimed by one of many at once, of the next epoch only', async () => {
    const id = await begin();
    expect(await claim(id, 2)).toBeUndefined();
    const claims = await Promise.all(Array.from({ length: 30 }, () => claim(id)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await findChat(db, id)).toMatchObject({
      state: 'open',
      epoch: 1,
      owner: ACCOUNT,
      claimed_at: NOW,
    });
  });

  it('are handed on by their owner, to one or to all', async () => {
    const id = await begin();
    await claim(id);
    const wish = { id, to: 'colleague', from: 'Olga', now: NOW + 5 };
    expect(await requeueRow(db, { ...wish, owner: 'somebody' })).toBeUndefined();
    expect(await requeueRow(db, { ...wish, owner: ACCOUNT })).toMatchObject({
      state: 'waiting',
      waiting_since: NOW + 5,
      owner: null,
    });
    expect(await claim(id, 2)).toBeUndefined();
    expect((await openToAll(db, NOW)).map((row) => row.id)).not.toContain(id);
    expect((await openToAll(db, NOW + 5)).map((row) => row.id)).toEqual([id]);
    expect(await claim(id, 2)).toMatchObject({ state: 'open', epoch: 2, claimed_at: NOW });
  });

  it('give messages their places without gaps, each once', async () => {
    const id = await begin();
    const [one, two] = [message(1), message(2)];
    expect(await appendMessage(db, id, one, NOW)).toEqual({ result: 'added', seq: 1, at: NOW, full: false });
    expect(await appendMessage(db, id, one, NOW + 9)).toEqual({ result: 'again', seq: 1, at: NOW });
    expect(await appendMessage(db, id, message(1), NOW)).toEqual({ result: 'disordered' });
    expect(await appendMessage(db, id, message(3), NOW)).toEqual({ result: 'disordered' });
    expect(await appendMessage(db, id, message(0, { epoch: 1 }), NOW)).toEqual({ result: 'gone' });
    expect(await appendMessage(db, id, two, NOW)).toMatchObject({ seq: 2 });
    const others = Array.from({ length: 20 }, (_, each) =>
      message(0, { sender: bytes(8), from: each % 2 ? 'note' : 'operator' }),
    );
    const done = await Promise.all(others.map((each) => appendMessage(db, id, each, NOW)));
    expect(done.map((each) => ('seq' in each ? each.seq : -1)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, each) => each + 3),
    );
    expect(await messagesOf(db, id, { after: -1, notes: false })).toHaveLength(13);
    expect((await messagesOf(db, id, { after: 1, notes: true })).map(({ seq }) => seq)[0]).toBe(2);
    await endChatRow(db, { id, by: 'operator', now: NOW });
    expect(await appendMessage(db, id, message(3), NOW)).toEqual({ result: 'gone' });
  });

  it('count what they hold, each message once, and are full with the one that reaches the limit', async () => {
    const id = await begin();
    const sizes = async () => (await findChat(db, id))?.bytes;
    const frame = message(1).frame;
    const question = await sizes();
    expect(question).toBe(message(0).frame.length);
    const full = async (n: number) => {
      const done = await appendMessage(db, id, message(n, { frame }), NOW);
      return 'full' in done ? done.full : done.result;
    };
    expect([await full(1), await full(1), await full(3)]).toEqual([false, 'again', 'disordered']);
    expect(await sizes()).toBe(question! + frame.length);
    const setBytes = (bytes: number) => db.updateTable('chats').set({ bytes }).where('id', '=', id).execute();
    await setBytes(MAX_UNCLAIMED_CHAT_BYTES - frame.length);
    expect([await full(2), await full(3)]).toEqual([true, 'gone']);
    await claim(id);
    expect(await full(3)).toBe(false);
    await setBytes(MAX_CHAT_BYTES - frame.length - 1);
    expect([await full(4), await full(5), await full(6)]).toEqual([false, true, 'gone']);
  });

  it('raise marks, never past the last message and never back', async () => {
    const id = await begin();
    await appendMessage(db, id, message(1), NOW);
    expect(await raiseMarks(db, 'operator', { id, delivered: 2, seen: 0 })).toBeUndefined();
    const row = await raiseMarks(db, 'operator', { id, delivered: 1, seen: 0 });
    expect(row).toMatchObject({ staff_delivered: 1, staff_seen: 0, customer_seen: -1 });
    expect(await raiseMarks(db, 'operator', { id, delivered: 0, seen: -1 })).toBeUndefined();
    expect(await raiseMarks(db, 'operator', { id, delivered: 0, seen: 1 })).toMatchObject({
      staff_delivered: 1,
      staff_seen: 1,
    });
  });

  it('end once, and are rated once, afterwards', async () => {
    const id = await begin();
    expect(await rateRow(db, { id, stars: 3, comment: null })).toBe(false);
    expect(await endChatRow(db, { id, by: 'operator', now: NOW })).toMatchObject({ ended_by: 'operator' });
    expect(await endChatRow(db, { id, by: 'customer', now: NOW })).toBeUndefined();
    expect(await rateRow(db, { id, stars: 3, comment: 'sealed' })).toBe(true);
    expect(await rateRow(db, { id, stars: 1, comment: null })).toBe(false);
  });

  it('are given up when the customer stays away', async () => {
    const [waiting, open, here] = [await begin(), await begin(), await begin()];
    await claim(open);
    const absent = async (id: string) => setCustomerPresence(db, { id, awayAt: NOW });
    expect([await absent(waiting), await absent(waiting), await absent(open)]).toEqual([true, false, true]);
    const idle = async (now: number) =>
      (await idleChats(db, now, { waitingMs: 5 * MINUTE, openMs: 30 * MINUTE })).map(({ id }) => id);
    expect(await idle(NOW + 5 * MINUTE - 1)).toEqual([]);
    expect(await idle(NOW + 5 * MINUTE)).toEqual([waiting]);
    expect((await idle(NOW + 30 * MINUTE)).sort()).toEqual([waiting, open].sort());
    expect(await wronglyAway(db, [waiting, here])).toEqual([waiting]);
    await detachCustomers(db, NOW + HOUR);
    expect((await findChat(db, here))?.customer_away_at).toBe(NOW + HOUR);
    expect((await findChat(db, waiting))?.customer_away_at).toBe(NOW);
  });

  it('go on when the customer comes back before they are ended', async () => {
    const id = await begin();
    await setCustomerPresence(db, { id, awayAt: NOW });
    const end = { id, by: 'idle', awaySince: NOW, now: NOW + HOUR } as const;
    await setCustomerPresence(db, { id, awayAt: null });
    expect(await endChatRow(db, end)).toBeUndefined();
    // Gone once more: that has not been long enough.
    await setCustomerPresence(db, { id, awayAt: NOW + 1 });
    expect(await endChatRow(db, end)).toBeUndefined();
    expect(await endChatRow(db, { ...end, awaySince: NOW + 1 })).toMatchObject({ ended_by: 'idle' });
  });

  it('keep, after the end, how long the customer was there before it', async () => {
    const id = await begin();
    await endChatRow(db, { id, by: 'customer', now: NOW });
    expect(await setCustomerPresence(db, { id, awayAt: NOW + HOUR })).toBe(false);
    expect((await findChat(db, id))?.customer_away_at).toBeNull();
  });

  it('are ended by the staff only while they are theirs', async () => {
    const id = await begin();
    await claim(id);
    await requeueRow(db, { id, owner: ACCOUNT, to: null, from: null, now: NOW });
    const end = { id, by: 'operator', account: ACCOUNT, now: NOW } as const;
    expect(await endChatRow(db, end)).toBeUndefined();
    await claim(id, 2);
    expect(await endChatRow(db, end)).toMatchObject({ ended_account: ACCOUNT });
    expect(await lockChat(db, id)).toBeUndefined();
  });

  it('are not left by whoever has just claimed them', async () => {
    const id = await begin();
    const about = { chatId: id, accountId: ACCOUNT, tenantId: 'tenant', at: NOW };
    await joinStaff(db, { ...about, owner: false });
    await joinStaff(db, { ...about, owner: true });
    expect(await leaveAsGuest(db, id, ACCOUNT, NOW)).toBe(false);
    expect(await staffOf(db, id)).toMatchObject([{ owner: true }]);
    await leaveStaff(db, id, ACCOUNT, NOW);
    await joinStaff(db, { ...about, owner: false });
    expect(await leaveAsGuest(db, id, ACCOUNT, NOW)).toBe(true);
  });

  it('know who of the staff is in them', async () => {
    const id = await begin();
    await claim(id);
    const about = { chatId: id, accountId: ACCOUNT, tenantId: 'tenant', at: NOW };
    await joinStaff(db, { ...about, owner: true });
    expect(await staffOf(db, id)).toEqual([
      { accountId: ACCOUNT, id: 'Olga', name: 'Olga', owner: true, seenAt: null, leftAt: null },
    ]);
    expect((await chatsOfAccount(db, ACCOUNT, 50)).map((row) => row.id)).toContain(id);
    expect((await loads(db, 'tenant')).get(ACCOUNT)).toBeGreaterThan(0);
    expect(await leaveStaff(db, id, ACCOUNT, NOW)).toBe(true);
    expect(await leaveStaff(db, id, ACCOUNT, NOW)).toBe(false);
    expect(await staffOf(db, id)).toEqual([]);
    await joinStaff(db, { ...about, owner: false });
    expect(await staffOf(db, id)).toMatchObject([{ owner: false }]);
    // Invited, and claims it; an invitation that comes after the claim takes nothing away.
    await joinStaff(db, { ...about, owner: true });
    await joinStaff(db, { ...about, owner: false });
    expect(await staffOf(db, id)).toMatchObject([{ owner: true }]);
    expect([await isStaff(db, id, ACCOUNT), await isStaff(db, id, 'nobody')]).toEqual([true, false]);
    await leaveStaff(db, id, ACCOUNT, NOW);
    expect(await isStaff(db, id, ACCOUNT)).toBe(false);
  });

  it('are counted by state', async () => {
    await db.updateTable('chats').set({ state: 'ended' }).execute();
    await begin();
    const id = await begin();
    await claim(id);
    expect(await countChatStates(db)).toEqual(
      new Map([
        ['waiting', 1],
        ['open', 1],
      ]),
    );
  });
});
