import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdminLogRow } from '../../shared/protocol/http';
import { DAY, HOUR, MINUTE, SECOND } from '../clock';
import { PASSWORD, cookieOf, startTestServer, type TestServer } from '../testing/server';
import { activate, issue } from '../testing/session';
import { findSession } from '../store/sessions';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const login = (id: string, password: string, role = 'operator') =>
  server.request('POST', '/api/login', { body: { id, password, role } });
const me = (cookie: string, query = '') => server.request('GET', `/api/me${query}`, { cookie });
const log = async (): Promise<AdminLogRow[]> => {
  const cookie = await server.login('administrator');
  return (await server.request('GET', '/api/admin/log', { cookie })).body as AdminLogRow[];
};

describe('signing in', () => {
  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await login('operator', PASSWORD);
    expect(answer.body).toMatchObject({ id: 'operator', role: 'operator', permit: { recording: 'off' } });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^tasuki-operator=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const rows = await server.db.selectFrom('sign_ins').select('token_hash').execute();
    expect(cookie).not.toContain(rows[0]?.token_hash);
  });

  it('keeps both roles in one browser', async () => {
    await server.addOperator('admin', 'Also Admin');
    const both = `${await server.login('operator', 'admin')}; ${await server.login('administrator')}`;
    expect((await me(both)).body).toMatchObject({ role: 'operator', name: 'Also Admin' });
    const administrator = (await me(both, '?role=administrator')).body;
    expect(administrator).toMatchObject({ role: 'administrator', id: 'admin' });
    expect(administrator).not.toHaveProperty('permit');
    await server.request('POST', '/api/logout', { cookie: both, body: { role: 'operator' } });
    expect((await me(both)).body).toMatchObject({ role: 'administrator' });
  });

  it('takes an ID in any case, and only for its role', async () => {
    expect((await login('OPERATOR', PASSWORD)).status).toBe(200);
    expect((await login('operator', PASSWORD, 'administrator')).status).toBe(401);
  });

  it('answers alike for an unknown ID and a wrong password, and locks both (RS-41, RS-129)', async () => {
    for (const id of ['operator', 'nobody']) {
      const bad = { ok: false, error: 'bad_login' };
      expect(
        [await login(id, 'wrong'), await login(id, 'wrong')].map(({ status, body }) => ({ status, body })),
      ).toEqual([
        { status: 401, body: bad },
        { status: 401, body: bad },
      ]);
      const until = server.clock.now() + 30 * MINUTE;
      for (const password of ['wrong', PASSWORD]) {
        const { status, body, headers } = await login(id, password);
        expect(status).toBe(423);
        expect(body).toEqual({ ok: false, error: 'locked', retryAt: until });
        expect(headers.get('retry-after')).toBe('1800');
      }
    }
    const blocked = (await log()).filter((row) => row.action === 'login.blocked');
    expect(blocked.map((row) => [row.actor, row.subject, row.address]).sort()).toEqual([
      ['operator:nobody', 'nobody', '127.0.0.1'],
      ['operator:operator', 'operator', '127.0.0.1'],
    ]);
    const cookie = await server.login('administrator');
    const { body } = await server.request('GET', '/api/admin/operators', { cookie });
    expect(body).toMatchObject([{ id: 'operator', lockedUntil: server.clock.now() + 30 * MINUTE }]);
    await server.clock.advance(30 * MINUTE);
    expect((await login('operator', PASSWORD)).status).toBe(200);
  });

  it('counts failures in a row only', async () => {
    for (let round = 0; round < 3; round++) {
      await login('operator', 'wrong');
      await login('operator', 'wrong');
      expect((await login('operator', PASSWORD)).status).toBe(200);
    }
  });

  it('looks at no more than three of a hundred guesses at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => login('operator', `guess ${n}`)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 423)).toHaveLength(98);
  });

  it('writes down odd IDs in plain characters', async () => {
    expect((await login('a\u0000\u202E\uD800 <b>', 'wrong')).status).toBe(401);
    expect((await log()).find((row) => row.action === 'login.failed')?.subject).toBe(
      'a???????'.slice(0, 4) + '?<b>'.replace(/[<>]/g, '?'),
    );
  });

  it('ends when unused, and in any case after a week', async () => {
    const idle = await server.login('operator');
    await server.clock.advance(12 * HOUR);
    expect((await me(idle)).status).toBe(401);
    const busy = await server.login('operator');
    for (let n = 0; n < 15; n++) {
      expect((await me(busy)).status).toBe(200);
      await server.clock.advance(11 * HOUR);
    }
    await server.clock.advance(4 * HOUR);
    expect((await me(busy)).status).toBe(401);
    await server.clock.advance(DAY);
    expect(await server.db.selectFrom('sign_ins').selectAll().execute()).toEqual([]);
  });

  it('is limited per address', async () => {
    const small = await startTestServer({ limits: { loginsPerAddress: 2 } });
    const body = { id: 'x', password: 'y', role: 'operator' };
    for (let n = 0; n < 5; n++) await small.login('operator');
    await small.request('POST', '/api/login', { body });
    await small.request('POST', '/api/login', { body });
    const refused = await small.request('POST', '/api/login', { body });
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ error: 'limited' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
    await small.close();
  });
});

describe('signing out', () => {
  it('ends the sign-in, its desk and its sessions, and no other', async () => {
    const cookie = await server.login('operator');
    const other = await server.login('operator');
    const [desk, elsewhere] = [await server.desk(cookie), await server.desk(other)];
    const customer = await server.customer();
    const { id } = await activate(desk, customer);
    const kept = await issue(elsewhere);
    const answer = await server.request('POST', '/api/logout', { cookie, body: { role: 'operator' } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^tasuki-operator=;/);
    await desk.next('account:signed-out');
    await desk.gone;
    expect(await customer.next('session:ended')).toEqual({
      sessionId: id,
      by: 'server',
      reason: 'signed_out',
    });
    expect((await me(cookie)).status).toBe(401);
    expect((await me(other)).status).toBe(200);
    expect(await findSession(server.db, kept.opened.sessionId)).toMatchObject({ state: 'waiting' });
    expect((await log()).map((row) => row.action)).toContain('logout');
  });

  it('happens to a desk whose time is up', async () => {
    const desk = await server.desk();
    await server.clock.advance(12 * HOUR);
    await desk.next('account:signed-out');
    await desk.gone;
  });

  it('does not happen to a desk at work', async () => {
    const desk = await server.desk();
    await server.clock.advance(11 * HOUR);
    await issue(desk);
    await server.clock.advance(11 * HOUR);
    expect((await issue(desk)).opened.ok).toBe(true);
  });
});

describe('the administrator', () => {
  const change = async (id: string, body: object) =>
    server.request('PATCH', `/api/admin/operators/${id}`, {
      cookie: await server.login('administrator'),
      body,
    });

  it('adds operators, each ID once (RS-16)', async () => {
    const cookie = await server.login('administrator');
    const body = { id: 'Hanako', name: '山田 花子', email: 'hanako@example.org', password: PASSWORD };
    const added = await server.request('POST', '/api/admin/operators', { cookie, body });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ id: 'Hanako', state: 'enabled', lockedUntil: null });
    const again = await server.request('POST', '/api/admin/operators', {
      cookie,
      body: { ...body, id: 'hanako' },
    });
    expect(again).toMatchObject({ status: 409, body: { ok: false, error: 'conflict', fields: ['id'] } });
    const weak = await server.request('POST', '/api/admin/operators', {
      cookie,
      body: { ...body, id: 'x', password: 'short' },
    });
    expect(weak).toMatchObject({ status: 400, body: { ok: false, error: 'invalid', fields: ['password'] } });
    expect((await login('hanako', PASSWORD)).status).toBe(200);
    expect((await change('nobody', { name: 'X' })).status).toBe(404);
    expect(await log()).toContainEqual(
      expect.objectContaining({ action: 'operator.added', subject: 'Hanako', actor: 'administrator:admin' }),
    );
  });

  it.each([
    ['disabling', { state: 'disabled' }],
    ['a new password', { password: 'another good password' }],
  ])('%s ends all sign-ins and sessions of an operator', async (_what, body) => {
    const cookie = await server.login('operator');
    const desk = await server.desk(cookie);
    const customer = await server.customer();
    await activate(desk, customer);
    expect((await change('operator', body)).status).toBe(200);
    await desk.next('account:signed-out');
    await desk.gone;
    expect(await customer.next('session:ended')).toMatchObject({ by: 'server', reason: 'signed_out' });
    expect((await me(cookie)).status).toBe(401);
    await expect(server.desk(cookie)).rejects.toThrow('signed_out');
    expect(await login('operator', PASSWORD)).toMatchObject({ status: 401, body: { error: 'bad_login' } });
  });

  it('changing a name leaves the operator at work', async () => {
    const cookie = await server.login('operator');
    const desk = await server.desk(cookie);
    const { body } = await change('operator', { name: 'New Name', email: '' });
    expect(body).toMatchObject({ name: 'New Name' });
    expect((await me(cookie)).body).toMatchObject({ name: 'New Name' });
    expect((await issue(desk)).opened.ok).toBe(true);
    expect(await log()).toContainEqual(
      expect.objectContaining({ action: 'operator.changed', subject: 'operator (email, name)' }),
    );
  });
});

describe('records', () => {
  it('are kept 180 days (RS-126)', async () => {
    const desk = await server.desk();
    const { opened } = await issue(desk);
    await desk.ask('session:withdraw', { sessionId: opened.sessionId });
    await server.clock.advance(179 * DAY);
    expect(await findSession(server.db, opened.sessionId)).toBeDefined();
    await server.clock.advance(DAY + HOUR + SECOND);
    expect(await findSession(server.db, opened.sessionId)).toBeUndefined();
    const left = await server.db.selectFrom('admin_log').select('action').execute();
    expect(left).toEqual([]);
  });
});

it('cookies of a TLS-only server carry the host prefix', async () => {
  const tls = await startTestServer({ env: { TASUKI_ORIGIN: 'https://support.example.org' } });
  const answer = await tls.request('POST', '/api/login', {
    body: { id: 'operator', password: PASSWORD, role: 'operator' },
    headers: { origin: 'https://support.example.org' },
  });
  expect(cookieOf(answer)).toMatch(/^__Host-tasuki-operator=/);
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  await tls.close();
});
