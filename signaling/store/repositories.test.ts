import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PERMIT } from '../../shared/policy';
import { DAY, MINUTE } from '../clock';
import { hashToken, newId } from '../secrets';
import { bytes, NETWORK } from '../testing/session';
import { ENGINES, openTestStore, type TestStore } from '../testing/stores';
import {
  findAccount,
  findPermit,
  insertAccount,
  insertPermit,
  updateAccount,
  updatePermit,
} from './accounts';
import { insertLogRow, listLogRows, purgeLog } from './admin-log';
import { agree, rendezvousOfChat, sessionOfChat } from './chat-sessions';
import { endDue } from './deadlines';
import {
  detachAllHelpers,
  detachHelper,
  findHelper,
  forgetDueHelpers,
  forgetHelpers,
  offerHelper,
  reattachHelper,
  redeemHelper,
  rendezvousTaken,
} from './helpers';
import type { AccountRow, Db } from './schema';
import { appendGrants, grantsOf, MAX_GRANT_ROWS } from './session-grants';
import { listSessions, purgeSessions } from './session-log';
import { countLive, countStates, sessionsUnder } from './session-queries';
import {
  attach,
  detach,
  detachAll,
  endRow,
  findSession,
  insertSession,
  pendEnd,
  recordConnected,
  recordGrant,
  recordWindows,
  redeem,
} from './sessions';
import { clearFailures, countAttempt, lockedUntil, locksOf, purgeFailures } from './sign-ins';
import { findTenant, insertTenant } from './tenants';

const NOW = 1_800_000_000_000;
const PATIENCE = { noAnswerMs: 15 * MINUTE, pendingEndMs: MINUTE };
const TENANT = {
  id: 'tenant',
  company: 'Acme 株式会社',
  subscriber: 'ABCDEFGH',
  language: 'ja',
  created_at: NOW,
} as const;

const account = (id: string, role: AccountRow['role'] = 'operator'): AccountRow => ({
  id: newId(),
  tenant_id: TENANT.id,
  role,
  login_id: id,
  login_key: id.toLowerCase(),
  name: 'Ö 山田 😀',
  email: '',
  password_hash: 'hash',
  state: 'enabled',
  created_at: NOW,
});

async function waiting(db: Db, change: Partial<Parameters<typeof insertSession>[1]> = {}) {
  const row = {
    id: newId(),
    tenant_id: TENANT.id,
    operator_account: 'account',
    operator_id: 'operator',
    operator_name: 'Olga',
    sign_in: 'sign-in',
    mode: 'view' as const,
    rdv: bytes(16),
    operator_resume: hashToken('operator token'),
    operator_socket: 'desk 1',
    issued_at: NOW,
    expires_at: NOW + 10 * MINUTE,
    app_selection: 0,
    ...change,
  };
  expect(await insertSession(db, row)).toBe(true);
  return row;
}

const join = (rdv: string | null, change: Partial<Parameters<typeof redeem>[1]> = {}) => ({
  rdv: rdv ?? '',
  share: bytes(32),
  path: 'code' as const,
  now: NOW + 1,
  address: '192.0.2.1',
  resumeHash: hashToken('customer token'),
  socketId: 'customer 1',
  awayUntil: NOW + MINUTE,
  ...change,
});

describe.each(ENGINES)('repositories on %s', (engine) => {
  let store: TestStore;
  let db: Db;
  beforeAll(async () => {
    store = await openTestStore(engine);
    db = store.db;
    expect(await insertTenant(db, TENANT)).toBe(true);
  }, 120_000);
  afterAll(() => store.close());

  it('keeps one tenant', async () => {
    expect(await insertTenant(db, { ...TENANT, id: 'other', subscriber: 'ZZZZZZZZ' })).toBe(false);
    expect(await findTenant(db)).toEqual({ ...TENANT, slot: 1 });
  });

  it('keeps accounts, one ID a role whatever its case', async () => {
    const row = account('Anna');
    expect(await insertAccount(db, row)).toBe(true);
    expect(await insertAccount(db, account('ANNA'))).toBe(false);
    expect(await insertAccount(db, account('anna', 'administrator'))).toBe(true);
    expect(await findAccount(db, TENANT.id, 'operator', 'aNNa')).toEqual(row);
    await updateAccount(db, row.id, { state: 'disabled' });
    await updateAccount(db, row.id, {});
    expect(await findAccount(db, TENANT.id, 'operator', 'anna')).toEqual({ ...row, state: 'disabled' });
  });

  it('keeps permits (T-RS-7); without one nothing is allowed', async () => {
    const row = account('permitted');
    await insertAccount(db, row);
    expect((await findPermit(db, row.id)).modes).toEqual([]);
    await insertPermit(db, TENANT.id, row.id, DEFAULT_PERMIT);
    expect(await findPermit(db, row.id)).toEqual(DEFAULT_PERMIT);
    const wider = {
      ...DEFAULT_PERMIT,
      fileTransfer: true,
      modes: ['show' as const],
      recording: 'always' as const,
    };
    await updatePermit(db, row.id, wider);
    expect(await findPermit(db, row.id)).toEqual(wider);
  });

  it('counts failures in a row, also a hundred at once', async () => {
    const who = { tenantId: TENANT.id, role: 'operator', key: 'guessed' } as const;
    const attempt = (now: number) => countAttempt(db, who, { now, limit: 3, lockedUntil: now + 30 * MINUTE });
    const results = await Promise.all(Array.from({ length: 100 }, () => attempt(NOW)));
    expect(results.filter((n) => n !== undefined).sort()).toEqual([1, 2, 3]);
    expect(await lockedUntil(db, who, NOW)).toBe(NOW + 30 * MINUTE);
    expect((await locksOf(db, TENANT.id, NOW)).get('guessed')).toBe(NOW + 30 * MINUTE);

    expect(await attempt(NOW + 30 * MINUTE)).toBe(1);
    expect(await lockedUntil(db, who, NOW + 30 * MINUTE)).toBeNull();
    await clearFailures(db, who);
    expect(await attempt(NOW)).toBe(1);
    await purgeFailures(db, NOW + 1);
    expect(await attempt(NOW)).toBe(1);
  });

  it('gives a rendezvous to one session at a time', async () => {
    const row = await waiting(db);
    expect(await insertSession(db, { ...row, id: newId() })).toBe(false);
    await endRow(db, { id: row.id, by: 'operator', reason: 'withdrawn' }, NOW);
    expect(await insertSession(db, { ...row, id: newId() })).toBe(true);
  });

  it('redeems once of a hundred at once', async () => {
    const { rdv, id } = await waiting(db);
    const rows = await Promise.all(
      Array.from({ length: 100 }, (_, n) => redeem(db, join(rdv, { socketId: `customer ${n}` }))),
    );
    const won = rows.filter((row) => row !== undefined);
    expect(won).toHaveLength(1);
    expect(await findSession(db, id)).toEqual(won[0]);
  });

  it('keeps one session of a conversation, and takes one answer of a hundred at once', async () => {
    const chatId = bytes(16);
    const way = { rdv: rendezvousOfChat(chatId), path: 'chat', chat_id: chatId } as const;
    const row = await waiting(db, way);
    expect(await insertSession(db, { ...row, id: newId() })).toBe(false);
    expect(await sessionOfChat(db, chatId)).toMatchObject({ id: row.id, path: 'chat', state: 'waiting' });
    const answer = {
      id: row.id,
      chatId,
      now: NOW + 1,
      address: '192.0.2.1',
      resumeHash: hashToken('customer token'),
      awayUntil: NOW + MINUTE,
    };
    expect(await agree(db, { ...answer, socketId: 'x', chatId: bytes(16) })).toBeUndefined();
    expect(await agree(db, { ...answer, socketId: 'x', now: row.expires_at })).toBeUndefined();
    const rows = await Promise.all(
      Array.from({ length: 100 }, (_, n) => agree(db, { ...answer, socketId: `customer ${n}` })),
    );
    const won = rows.filter((each) => each !== undefined);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({ state: 'joined', consent: 'granted', consent_at: NOW + 1 });
    expect(await sessionOfChat(db, chatId)).toEqual(won[0]);
    await endRow(db, { id: row.id, by: 'customer', reason: 'cancelled' }, NOW + 2);
    expect(await sessionOfChat(db, chatId)).toBeUndefined();
    const next = await waiting(db, { ...way, expires_at: NOW + 3 });
    expect(await endDue(db, NOW + 3, PATIENCE)).toContainEqual({
      id: next.id,
      by: 'server',
      reason: 'expired',
      chatId,
    });
  });

  it('redeems neither too late nor for another company', async () => {
    const { rdv, expires_at } = await waiting(db);
    expect(await redeem(db, join(rdv, { now: expires_at }))).toBeUndefined();
    expect(await redeem(db, join(rdv, { subscriber: 'ZZZZZZZZ' }))).toBeUndefined();
    expect(await redeem(db, join(rdv, { subscriber: TENANT.subscriber }))).toMatchObject({
      state: 'joined',
      operator_away_until: null,
    });
  });

  it('knows who is there, in whatever order sockets come and go', async () => {
    const { rdv, id } = await waiting(db);
    const ticket = { id, resumeHash: hashToken('operator token') };
    expect(await detach(db, 'operator', { id, socketId: 'desk 1', awayUntil: NOW })).toMatchObject({
      operator_away_until: NOW + 10 * MINUTE,
    });
    expect(await redeem(db, join(rdv))).toMatchObject({ operator_away_until: NOW + MINUTE });
    expect(await attach(db, 'operator', { ...ticket, socketId: 'desk 2' })).toMatchObject({
      operator_socket: 'desk 2',
      operator_away_until: null,
    });
    // The news of the older socket's end come late.
    expect(await detach(db, 'operator', { id, socketId: 'desk 1', awayUntil: NOW })).toBeUndefined();
    expect(await attach(db, 'operator', { ...ticket, resumeHash: 'wrong', socketId: 'x' })).toBeUndefined();
    const operator = { account: 'somebody else', signIn: 's' };
    expect(await attach(db, 'operator', { ...ticket, socketId: 'x', operator })).toBeUndefined();
    await endRow(db, { id, by: 'customer', reason: 'cancelled' }, NOW);
    expect(await attach(db, 'operator', { ...ticket, socketId: 'desk 3' })).toBeUndefined();
  });

  it('writes down consent and connection, the first of each', async () => {
    const { rdv, id } = await waiting(db);
    expect(await recordGrant(db, id, NOW)).toBe(false);
    expect(await findSession(db, id)).toMatchObject({ consent: null });
    await redeem(db, join(rdv));
    expect(await recordConnected(db, id, NETWORK, NOW + 1)).toBe(false);
    expect(await recordGrant(db, id, NOW + 2)).toBe(true);
    expect(await recordGrant(db, id, NOW + 3)).toBe(true);
    expect(await recordConnected(db, id, NETWORK, NOW + 4)).toBe(true);
    await recordConnected(db, id, { ...NETWORK, route: 'direct' }, NOW + 5);
    expect(await findSession(db, id)).toMatchObject({
      state: 'active',
      consent: 'granted',
      consent_at: NOW + 2,
      started_at: NOW + 4,
      route: 'direct',
    });
    expect(await endRow(db, { id, by: 'operator', reason: 'cancelled' }, NOW + 6)).toMatchObject({
      share: null,
    });
    expect(await endRow(db, { id, by: 'customer', reason: 'left' }, NOW + 7)).toBeUndefined();
    expect(await recordConnected(db, id, NETWORK, NOW + 8)).toBe(false);
    expect(await findSession(db, id)).toMatchObject({
      ended_by: 'operator',
      ended_at: NOW + 6,
      route: 'direct',
    });
  });

  it('writes a refusal down with the end that it is, unless there was a decision', async () => {
    const declined = { by: 'customer', reason: 'declined' } as const;
    const first = await waiting(db);
    await redeem(db, join(first.rdv));
    expect(await endRow(db, { id: first.id, ...declined }, NOW + 3)).toMatchObject({
      consent: 'declined',
      consent_at: NOW + 3,
    });
    expect(await recordGrant(db, first.id, NOW + 4)).toBe(false);
    const second = await waiting(db);
    await redeem(db, join(second.rdv));
    await recordGrant(db, second.id, NOW + 2);
    expect(await endRow(db, { id: second.id, ...declined }, NOW + 3)).toMatchObject({
      consent: 'granted',
      consent_at: NOW + 2,
      end_reason: 'declined',
    });
  });

  describe('the helper of a session', () => {
    const RESUME = hashToken('helper token');
    const agreed = async () => {
      const { id, rdv } = await waiting(db, { mode: 'control' });
      await redeem(db, join(rdv));
      await recordGrant(db, id, NOW);
      return id;
    };
    const offer = (sessionId: string, rdv = bytes(16)) => {
      const wish = { sessionId, tenantId: TENANT.id, rdv, now: NOW, expiresAt: NOW + MINUTE };
      return { rdv, offered: offerHelper(db, wish) };
    };
    const take = (rdv: string, change: Partial<Parameters<typeof redeemHelper>[1]> = {}) =>
      redeemHelper(db, {
        rdv,
        now: NOW + 1,
        socketId: 'helper 1',
        resumeHash: RESUME,
        version: '1.0.0',
        system: 'linux',
        systemVersion: 'Debian 12',
        ...change,
      });

    it('comes once of a hundred at once', async () => {
      const id = await agreed();
      const { rdv, offered } = offer(id);
      expect(await offered).toBe(true);
      const rows = await Promise.all(
        Array.from({ length: 100 }, (_, n) => take(rdv, { socketId: `helper ${n}` })),
      );
      const won = rows.filter((row) => row !== undefined);
      expect(won).toHaveLength(1);
      expect(await findHelper(db, id)).toEqual(won[0]);
    });

    it('comes neither late, nor by a replaced offer, nor without consent, nor after the end', async () => {
      const id = await agreed();
      const first = offer(id);
      expect(await first.offered).toBe(true);
      const second = offer(id);
      expect(await second.offered).toBe(true);
      expect(await take(first.rdv)).toBeUndefined();
      expect(await take(second.rdv, { now: NOW + MINUTE })).toBeUndefined();
      expect(await rendezvousTaken(db, second.rdv, 'other')).toBe(true);
      expect(await rendezvousTaken(db, second.rdv, id)).toBe(false);

      const undecided = await waiting(db, { mode: 'control' });
      await redeem(db, join(undecided.rdv));
      const early = offer(undecided.id);
      await early.offered;
      expect(await take(early.rdv)).toBeUndefined();

      await endRow(db, { id, by: 'operator', reason: 'cancelled' }, NOW);
      expect(await take(second.rdv)).toBeUndefined();
    });

    it('keeps its place while it is away, and is forgotten in time', async () => {
      const id = await agreed();
      const { rdv, offered } = offer(id);
      await offered;
      await take(rdv);
      expect(await offer(id).offered).toBe(false);
      const gone = { sessionId: id, socketId: 'helper 1', awayUntil: NOW + MINUTE };
      expect(await detachHelper(db, { ...gone, socketId: 'other' })).toBeUndefined();
      expect(await detachHelper(db, gone)).toMatchObject({ socket: null, away_until: NOW + MINUTE });
      expect(await offer(id).offered).toBe(false);
      const back = { sessionId: id, socketId: 'helper 2' };
      expect(await reattachHelper(db, { ...back, resumeHash: 'wrong' })).toBeUndefined();
      expect(await reattachHelper(db, { ...back, resumeHash: RESUME })).toMatchObject({ away_until: null });
      expect(await detachHelper(db, gone)).toBeUndefined();

      await detachAllHelpers(db, NOW + MINUTE);
      expect(await forgetDueHelpers(db, NOW + MINUTE - 1)).not.toContain(id);
      expect(await forgetDueHelpers(db, NOW + MINUTE)).toContain(id);
      expect(await findHelper(db, id)).toMatchObject({ resume: null, version: '1.0.0', system: 'linux' });
      expect(await reattachHelper(db, { ...back, resumeHash: RESUME })).toBeUndefined();
      expect(await offer(id).offered).toBe(true);
      expect(await forgetHelpers(db, [id, 'unknown'])).toEqual([id]);
      expect(await forgetHelpers(db, [id])).toEqual([]);
      expect(await forgetHelpers(db, [])).toEqual([]);
    });

    it('of a session that ended unnoticed is forgotten at a restart', async () => {
      const id = await agreed();
      const { rdv, offered } = offer(id);
      await offered;
      await take(rdv);
      await endRow(db, { id, by: 'operator', reason: 'cancelled' }, NOW);
      await detachAllHelpers(db, NOW + MINUTE);
      expect(await findHelper(db, id)).toMatchObject({ resume: null, away_until: null });
    });

    it('has its grants written down change by change, up to a bound, and purged with the session', async () => {
      await db.deleteFrom('sessions').execute();
      const id = await agreed();
      await take(await offer(id).offered.then(async () => (await findHelper(db, id))?.rdv ?? ''));
      const session = { id, tenant_id: TENANT.id };
      const [off, on] = [
        { input: false, clipboard: false },
        { input: true, clipboard: false },
      ];
      expect(await appendGrants(db, session, on, NOW)).toBe(true);
      expect(await appendGrants(db, session, on, NOW + 1)).toBe(true);
      expect(await appendGrants(db, session, off, NOW + 2)).toBe(true);
      expect(await listSessions(db, TENANT.id, { limit: 10 })).toMatchObject([
        {
          helperVersion: '1.0.0',
          helperSystem: 'Debian 12',
          grants: [
            { at: NOW, ...on },
            { at: NOW + 2, ...off },
          ],
        },
      ]);
      for (let n = 3; n <= MAX_GRANT_ROWS; n++)
        expect(await appendGrants(db, session, n % 2 ? on : off, NOW + n)).toBe(true);
      expect(await appendGrants(db, session, on, NOW)).toBe(false);
      expect((await grantsOf(db, [id])).get(id)).toHaveLength(MAX_GRANT_ROWS);

      expect(await recordWindows(db, id, 2)).toBe(true);
      await endRow(db, { id, by: 'operator', reason: 'cancelled' }, NOW - 181 * DAY);
      expect(await recordWindows(db, id, 3)).toBe(false);
      expect(await purgeSessions(db, NOW - 180 * DAY)).toBe(1);
      expect(await findHelper(db, id)).toBeUndefined();
      expect((await grantsOf(db, [id])).size).toBe(0);
    });
  });

  it('finds what is due, and under whom', async () => {
    await db.deleteFrom('sessions').execute();
    const expiring = await waiting(db);
    const silent = await waiting(db, { operator_account: 'other', sign_in: 'their sign-in' });
    await redeem(db, join(silent.rdv));
    const active = await waiting(db);
    await redeem(db, join(active.rdv));
    await recordGrant(db, active.id, NOW);
    await recordConnected(db, active.id, NETWORK, NOW);
    expect(await endDue(db, NOW + MINUTE, PATIENCE)).toEqual([]);
    expect(await countStates(db)).toEqual(
      new Map([
        ['waiting', 1],
        ['joined', 1],
        ['active', 1],
      ]),
    );
    expect(await countLive(db, 'account')).toBe(2);
    expect(await sessionsUnder(db, { account: 'other' })).toEqual([silent.id]);
    expect((await sessionsUnder(db, { signIn: 'sign-in' })).sort()).toEqual([expiring.id, active.id].sort());

    await detachAll(db, NOW + DAY);
    expect(await endDue(db, NOW + 16 * MINUTE, PATIENCE)).toEqual([
      { id: expiring.id, by: 'server', reason: 'expired', chatId: null },
      { id: silent.id, by: 'server', reason: 'no_answer', chatId: null },
    ]);
    const ended = { id: active.id, by: 'operator', reason: 'left', chatId: null };
    expect(await endDue(db, NOW + DAY, PATIENCE)).toEqual([ended]);
    expect(await endDue(db, NOW + DAY, PATIENCE)).toEqual([]);
    expect(await findSession(db, active.id)).toMatchObject({
      ended_by: 'operator',
      ended_at: NOW + DAY,
      operator_resume: null,
    });
  });

  it('forgets at a restart only who was there', async () => {
    const { id, rdv } = await waiting(db);
    await detachAll(db, NOW + MINUTE);
    expect(await findSession(db, id)).toMatchObject({
      operator_away_until: NOW + 10 * MINUTE,
      customer_away_until: null,
    });
    await redeem(db, join(rdv));
    await detachAll(db, NOW + MINUTE);
    expect(await findSession(db, id)).toMatchObject({ customer_away_until: NOW + MINUTE });
  });

  it('ends what one side said of the other, after a while, and what was said first', async () => {
    await db.deleteFrom('sessions').execute();
    const { id, rdv } = await waiting(db);
    await redeem(db, join(rdv));
    const said = { id, by: 'operator', reason: 'share_stopped' } as const;
    expect(await pendEnd(db, said, NOW)).toBe(true);
    expect(await pendEnd(db, { ...said, reason: 'cancelled' }, NOW + MINUTE)).toBe(true);
    // The side that said so may go: it is not the one that left.
    await detach(db, 'customer', { id, socketId: 'customer 1', awayUntil: NOW + 1 });
    expect(await endDue(db, NOW + MINUTE - 1, PATIENCE)).toEqual([]);
    expect(await endDue(db, NOW + MINUTE, PATIENCE)).toEqual([{ ...said, chatId: null }]);
    expect(await findSession(db, id)).toMatchObject({ ended_by: 'operator', end_reason: 'share_stopped' });
    expect(await pendEnd(db, said, NOW + MINUTE)).toBe(false);
  });

  it('ends no session whose side came back at the same moment', async () => {
    await db.deleteFrom('sessions').execute();
    const ids: string[] = [];
    for (let n = 0; n < 40; n++) {
      const { id, rdv } = await waiting(db);
      await redeem(db, join(rdv));
      ids.push(id);
    }
    await detachAll(db, NOW + MINUTE);
    await db.updateTable('sessions').set({ customer_away_until: null }).execute();
    const back = (id: string) =>
      attach(db, 'operator', { id, resumeHash: hashToken('operator token'), socketId: 'desk 2' });
    const [early, ended, late] = await Promise.all([
      Promise.all(ids.slice(0, 20).map(back)),
      endDue(db, NOW + MINUTE, PATIENCE),
      Promise.all(ids.slice(20).map(back)),
    ]);
    const kept = [...early, ...late].flatMap((row) => row?.id ?? []);
    expect([...kept, ...ended.map(({ id }) => id)].sort()).toEqual([...ids].sort());
    for (const id of kept) expect(await findSession(db, id)).toMatchObject({ state: 'joined' });
  });

  it('pages through rows of one instant without losing any (RS-125)', async () => {
    await db.deleteFrom('sessions').execute();
    for (let n = 0; n < 12; n++) await waiting(db, { issued_at: NOW + Math.floor(n / 4) });
    const seen: string[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await listSessions(db, TENANT.id, { before, limit: 3 });
      if (page.length === 0) break;
      seen.push(...page.map((row) => row.id));
      before = page.at(-1)?.issuedAt;
    }
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
  });

  it('purges what is old enough, never what is live (RS-126)', async () => {
    await db.deleteFrom('sessions').execute();
    const old = await waiting(db, { issued_at: NOW - 200 * DAY, expires_at: NOW });
    const ended = await waiting(db);
    await endRow(db, { id: ended.id, by: 'server', reason: 'expired' }, NOW - 181 * DAY);
    const kept = await waiting(db);
    await endRow(db, { id: kept.id, by: 'server', reason: 'expired' }, NOW - 179 * DAY);
    expect(await purgeSessions(db, NOW - 180 * DAY)).toBe(1);
    const left = await listSessions(db, TENANT.id, { limit: 10 });
    expect(left.map((row) => row.id).sort()).toEqual([old.id, kept.id].sort());

    const entry = { tenantId: TENANT.id, actor: 'cli', action: 'setup', subject: 'x', address: null };
    await insertLogRow(db, { ...entry, id: 'old', at: NOW - 181 * DAY });
    await insertLogRow(db, { ...entry, id: 'new', at: NOW });
    expect(await purgeLog(db, NOW - 180 * DAY)).toBe(1);
    expect((await listLogRows(db, TENANT.id, { limit: 10 })).map((row) => row.id)).toEqual(['new']);
  });
});
