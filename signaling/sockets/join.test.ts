import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../clock';
import { joinSession } from '../pairing/join';
import { findAccount, updatePermit } from '../store/accounts';
import { findTenant } from '../store/tenants';
import { startTestServer, type TestServer } from '../testing/server';
import { bytes, issue, joinMessage, pair } from '../testing/session';
import type { TestSocket } from '../testing/socket';
import { DEFAULT_PERMIT } from '../../shared/policy';

const UNKNOWN = { ok: false, error: 'code_unknown' };

describe('a session number', () => {
  let server: TestServer;
  let desk: TestSocket;
  beforeAll(async () => {
    server = await startTestServer();
    desk = await server.desk();
  });
  afterAll(() => server.close());

  it('is redeemed by exactly one of 100 at once (RS-66)', async () => {
    const customers = await Promise.all(Array.from({ length: 100 }, () => server.customer()));
    const { rdv, opened } = await issue(desk);
    const answers = await Promise.all(customers.map((each) => each.ask('session:join', joinMessage(rdv))));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok)).toEqual(Array(99).fill(UNKNOWN));
    await desk.next('session:joined');
    const joined = desk.heard.filter(({ message }) => message.sessionId === opened.sessionId);
    expect(joined).toHaveLength(1);
    for (const customer of customers) customer.disconnect();
  });

  it('is refused alike whether wrong, expired, withdrawn, used or of another company (RS-67)', async () => {
    const customer = await server.customer();
    const tenant = await findTenant(server.db);
    const wrong = bytes(16);
    const expired = await issue(desk, { ttlMinutes: 5 });
    await server.clock.advance(6 * MINUTE);
    const withdrawn = await issue(desk);
    await desk.ask('session:withdraw', { sessionId: withdrawn.opened.sessionId });
    const used = await pair(desk, await server.customer());
    for (const rdv of [wrong, expired.rdv, withdrawn.rdv, used.rdv]) {
      expect(await customer.ask('session:join', joinMessage(rdv))).toEqual(UNKNOWN);
    }
    const { rdv } = await issue(desk);
    expect(await customer.ask('session:join', { ...joinMessage(rdv), subscriber: 'ZZZZZZZZ' })).toEqual(
      UNKNOWN,
    );
    const right = { ...joinMessage(rdv), subscriber: tenant?.subscriber };
    expect((await customer.ask('session:join', right)).ok).toBe(true);
  });

  it('is answered for with nothing left to read once the operator knows', async () => {
    const { rdv } = await issue(desk);
    const { pairing } = server.server.core;
    let told = false;
    const readsAfterwards: unknown[] = [];
    const db = pairing.db.withPlugin({
      transformQuery({ node }) {
        if (told) readsAfterwards.push(node);
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const notice = { ...pairing.notice, joined: () => (told = true) };
    const joiner = { address: '192.0.2.1', socketId: 'customer', enter: () => Promise.resolve() };
    const message = { rdv, share: bytes(32), path: 'code' as const };
    await joinSession({ ...pairing, db, notice }, joiner, message);
    expect(told).toBe(true);
    expect(readsAfterwards).toEqual([]);
  });

  it('is not given out twice', async () => {
    const { rdv } = await issue(desk);
    const again = { rdv, mode: 'view', ttlMinutes: 5, windowsOnly: false };
    expect(await desk.ask('session:open', again)).toEqual({ ok: false, error: 'busy' });
  });

  it('needs a mode that the permit has and this version can run (RS-46, RS-53)', async () => {
    const open = (mode: string) =>
      desk.ask('session:open', { rdv: bytes(16), mode, ttlMinutes: 10, windowsOnly: false });
    expect(await open('manage')).toEqual({ ok: false, error: 'not_allowed' });
    expect((await open('show')).ok).toBe(true);
    const tenant = await findTenant(server.db);
    const operator = await findAccount(server.db, tenant?.id ?? '', 'operator', 'operator');
    await updatePermit(server.db, operator?.id ?? '', { ...DEFAULT_PERMIT, modes: ['view'] });
    expect(await open('show')).toEqual({ ok: false, error: 'not_allowed' });
    expect((await open('view')).ok).toBe(true);
    await updatePermit(server.db, operator?.id ?? '', DEFAULT_PERMIT);
  });
});

describe('limits', () => {
  it('stop guessing from one address and say when to come back; the right number does not count', async () => {
    const server = await startTestServer({
      limits: { joinsPerAddress: 3 },
      env: { TASUKI_TRUSTED_PROXIES: '127.0.0.1' },
    });
    const desk = await server.desk();
    const from = (address: string) => server.customer({ headers: { 'x-forwarded-for': address } });
    const guesser = await from('192.0.2.1');
    await pair(desk, guesser);
    for (let n = 0; n < 3; n++)
      expect(await guesser.ask('session:join', joinMessage(bytes(16)))).toEqual(UNKNOWN);
    const { rdv } = await issue(desk);
    const refused = await guesser.ask('session:join', joinMessage(rdv));
    expect(refused).toMatchObject({ ok: false, error: 'limited' });
    const wait = (refused.retryAt ?? 0) - server.clock.now();
    expect(wait).toBeGreaterThan(500_000);
    expect(wait).toBeLessThanOrEqual(600_000);

    const household = await from('2001:db8:1:2::1');
    for (let n = 0; n < 3; n++) await household.ask('session:join', joinMessage(bytes(16)));
    const neighbour = await from('2001:db8:1:2:ffff::2');
    expect(await neighbour.ask('session:join', joinMessage(rdv))).toMatchObject({ error: 'limited' });
    const other = await from('2001:db8:1:3::1');
    expect((await other.ask('session:join', joinMessage(rdv))).ok).toBe(true);
    await server.close();
  });

  it('stop guessing from everywhere together', async () => {
    const server = await startTestServer({
      limits: { joinsOverall: 5 },
      env: { TASUKI_TRUSTED_PROXIES: '127.0.0.0/8' },
    });
    const answers = [];
    for (let n = 0; n < 6; n++) {
      const customer = await server.customer({ headers: { 'x-forwarded-for': `192.0.2.${n}` } });
      answers.push(await customer.ask('session:join', joinMessage(bytes(16))));
    }
    expect(answers.slice(0, 5)).toEqual(Array(5).fill(UNKNOWN));
    expect(answers[5]).toMatchObject({ ok: false, error: 'limited' });
    await server.close();
  });

  it('bound what one operator has out', async () => {
    const server = await startTestServer({ limits: { opensPerOperator: 4, livePerOperator: 2 } });
    const desk = await server.desk();
    const open = () =>
      desk.ask('session:open', { rdv: bytes(16), mode: 'view', ttlMinutes: 5, windowsOnly: false });
    const first = await open();
    await open();
    const third = await open();
    expect(third).toMatchObject({ ok: false, error: 'limited' });
    expect(third.retryAt).toBeGreaterThan(server.clock.now());
    await desk.ask('session:withdraw', { sessionId: first.sessionId });
    expect((await open()).ok).toBe(true);
    expect(await open()).toMatchObject({ ok: false, error: 'limited' });
    await server.close();
  });
});
