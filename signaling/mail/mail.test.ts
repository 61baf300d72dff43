/** The administrator's mail server and the session mail, over HTTP, with a real mail server behind them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MailOutcome, MailSettingsAnswer } from '../../shared/protocol/mail';
import { findMailSettings } from '../store/mail-settings';
import { findTenant } from '../store/tenants';
import { COMPANY, startTestServer, type TestServer } from '../testing/server';
import { bytes, issue, joinMessage } from '../testing/session';
import { CERTIFICATE } from '../testing/smtp-certificate';
import { SMTP_LOGIN, startSmtp, type TestSmtp } from '../testing/smtp';

let server: TestServer;
let smtp: TestSmtp;
let admin: string;
let operator: string;
beforeAll(async () => {
  [server, smtp] = [await startTestServer({ mailAuthorities: CERTIFICATE }), await startSmtp()];
  admin = await server.login('administrator');
  operator = await server.login('operator');
});
afterAll(async () => {
  await smtp.close();
  await server.close();
});
afterEach(async () => {
  smtp.received.length = 0;
  await server.request('DELETE', '/api/admin/mail', { cookie: admin });
});

const settings = (change: object = {}) => ({
  host: 'localhost',
  port: smtp.port,
  security: 'starttls',
  user: SMTP_LOGIN.user,
  password: SMTP_LOGIN.password,
  fromName: COMPANY,
  fromAddress: 'support@example.org',
  ...change,
});
const without = (name: string, from: object) =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));
const shownNow = async () =>
  ((await server.request('GET', '/api/admin/mail', { cookie: admin })).body as MailSettingsAnswer).settings;
const save = (body: object) => server.request('PUT', '/api/admin/mail', { cookie: admin, body });
const test = async (change: object, language = 'en') => {
  const body = { settings: change, to: 'admin@example.org', language };
  return server.request('POST', '/api/admin/mail/test', { cookie: admin, body });
};

describe('the mail server', () => {
  it('is kept without showing its password, and its password is kept sealed', async () => {
    expect(await shownNow()).toBeNull();
    const shown = { ...without('password', settings()), hasPassword: true };
    expect((await save(settings())).body).toEqual({ settings: shown });
    expect(await shownNow()).toEqual(shown);
    const tenant = await findTenant(server.db);
    const row = await findMailSettings(server.db, tenant?.id ?? '');
    expect(row?.password_box).toMatch(/^[A-Za-z0-9_-]{50,}$/);
    expect(filesOf(server.dataDir).some((text) => text.includes(SMTP_LOGIN.password))).toBe(false);
    expect(statSync(join(server.dataDir, 'server-secret')).mode & 0o777).toBe(0o600);
  });

  it('keeps its password for the same host, port and user only', async () => {
    await save(settings());
    const kept = await save(without('password', settings({ fromName: 'Other' })));
    expect(kept.body).toMatchObject({ settings: { fromName: 'Other', hasPassword: true } });
    for (const change of [{ host: '127.0.0.1' }, { port: 1 }, { user: 'other' }]) {
      const answer = await save(without('password', settings(change)));
      expect([answer.status, answer.body]).toEqual([
        400,
        { ok: false, error: 'invalid', fields: ['password'] },
      ]);
      expect((await test(without('password', settings(change)))).status).toBe(400);
    }
  });

  it('does not hand its password to a host that somebody wrote into the database', async () => {
    await save(settings());
    await server.db.updateTable('mail_settings').set({ host: '127.0.0.1' }).execute();
    expect(await shownNow()).toMatchObject({ hasPassword: false });
  });

  it('is tried out before it is saved, with a mail in the administrator’s language', async () => {
    expect((await test(settings())).body).toEqual({ sent: true, fault: null, reply: '' });
    expect(smtp.received).toMatchObject([{ to: ['admin@example.org'], secure: true, user: SMTP_LOGIN.user }]);
    expect(await shownNow()).toBeNull();
    expect((await test(settings({ password: 'wrong' }))).body).toMatchObject({ sent: false, fault: 'login' });
    await save(settings());
    expect((await test(without('password', settings()), 'ja')).body).toMatchObject({ sent: true });
    expect(smtp.received[1]?.mail.subject).toContain('テスト');
  });

  it('is written into the administration log, without the password', async () => {
    await save(settings());
    await server.request('DELETE', '/api/admin/mail', { cookie: admin });
    const { body } = await server.request('GET', '/api/admin/log?limit=200', { cookie: admin });
    const actions = (body as { action: string }[]).map(({ action }) => action);
    expect(actions.slice(0, 2)).toEqual(['mail.removed', 'mail.changed']);
    expect(JSON.stringify(body)).not.toContain(SMTP_LOGIN.password);
  });

  it.each([
    ['host', 'smtp.example.org/path'],
    ['host', 'a b'],
    ['port', 0],
    ['fromName', 'X\r\nBcc: y@example.org'],
    ['fromAddress', 'x@example.org\r\nBcc: y@example.org'],
    ['fromAddress', 'a@example.org, b@example.org'],
    ['security', 'maybe'],
  ])('refuses a %s like %j', async (field, value) => {
    const answer = await save(settings({ [field]: value }));
    expect([answer.status, answer.body]).toMatchObject([400, { fields: [field] }]);
  });
});

describe('the session mail (RS-72)', () => {
  const CODE = '12345678';
  const send = (sessionId: string, change: object = {}, cookie = operator) =>
    server.request('POST', '/api/session-mail', {
      cookie,
      body: {
        sessionId,
        to: 'carla@example.org',
        customerName: 'Carla Customer',
        language: 'en',
        zone: 'Asia/Tokyo',
        code: CODE,
        ...change,
      },
    });
  const open = async () => {
    const desk = await server.desk(operator);
    const { rdv, opened } = await issue(desk);
    return { desk, rdv, id: opened.sessionId };
  };

  it('brings the link to the customer, in both forms, and leaves no trace of the number', async () => {
    await save(settings());
    const { id, rdv } = await open();
    expect((await send(id)).body).toEqual({ sent: true, fault: null, reply: '' });
    const { subscriber } = (await findTenant(server.db)) ?? { subscriber: '' };
    const link = `${server.url}/c/${subscriber}#${CODE}`;
    const { mail, to } = smtp.received[0] ?? {};
    expect(to).toEqual(['carla@example.org']);
    expect(mail?.to).toEqual([{ name: 'Carla Customer', address: 'carla@example.org' }]);
    for (const each of [mail?.text, mail?.html]) {
      for (const part of [link, 'Olga Operator', COMPANY, '1234 5678', 'Decline'])
        expect(each).toContain(part);
    }
    expect(filesOf(server.dataDir).some((text) => text.includes(CODE))).toBe(false);

    // The link leads to the session, as one that came by mail.
    const customer = await server.customer();
    const joined = await customer.ask('session:join', { ...joinMessage(rdv), path: 'link', subscriber });
    expect(joined).toMatchObject({ ok: true, sessionId: id });
    const { body } = await server.request('GET', '/api/admin/sessions', { cookie: admin });
    expect(body).toContainEqual(expect.objectContaining({ id, path: 'mail' }));
    const log = await server.request('GET', '/api/admin/log', { cookie: admin });
    expect(log.body).toContainEqual(expect.objectContaining({ action: 'session.mailed', subject: id }));
    expect((await send(id)).body).toMatchObject({ error: 'session_gone' });
  });

  it('makes the path `mail` of a session that was reached by the mailed link, and of no other (RS-83)', async () => {
    await save(settings());
    const auditOf = async (id: string) => {
      const { body } = await server.request('GET', '/api/admin/sessions', { cookie: admin });
      return (body as { id: string; path: string }[]).find((row) => row.id === id)?.path;
    };
    const draft = (id: string, cookie = operator) =>
      server.request('POST', '/api/session-mail/own', { cookie, body: { sessionId: id } });
    const ways: [mailed: (id: string) => Promise<unknown>, told: string, recorded: string][] = [
      [send, 'code', 'code'], // the number in the mail, typed
      [draft, 'link', 'mail'],
      [draft, 'code', 'code'],
      [async () => undefined, 'link', 'code'], // pasted into a messenger
    ];
    for (const [mailed, path, recorded] of ways) {
      const { id, rdv } = await open();
      await mailed(id);
      const customer = await server.customer();
      expect(await customer.ask('session:join', { ...joinMessage(rdv), path })).toMatchObject({ ok: true });
      expect([path, await auditOf(id)]).toEqual([path, recorded]);
    }
    // No page says so by itself.
    const { id, rdv } = await open();
    const customer = await server.customer();
    expect(await customer.ask('session:join', { ...joinMessage(rdv), path: 'mail' })).toMatchObject({
      error: 'invalid',
    });
    // Logged once for each session, and of one's own waiting ones only.
    expect([(await draft(id)).status, (await draft(id)).status]).toEqual([200, 200]);
    const log = await server.request('GET', '/api/admin/log?limit=200', { cookie: admin });
    const lines = log.body as { action: string; subject: string; actor: string }[];
    expect(lines.filter((line) => line.action === 'session.drafted' && line.subject === id)).toEqual([
      expect.objectContaining({ actor: 'operator:operator' }),
    ]);
    await server.addOperator('neighbour');
    const neighbour = await server.login('operator', 'neighbour');
    expect((await draft(id, neighbour)).body).toMatchObject({ error: 'session_gone' });
  });

  it('is written in the customer’s language', async () => {
    await save(settings());
    const { id } = await open();
    await send(id, { language: 'ja' });
    expect(smtp.received[0]?.mail.subject).toBe(`${COMPANY} リモートサポートのご案内`);
    expect(smtp.received[0]?.mail.html).toContain('lang="ja"');
  });

  it('tells the desk as whom it would send', async () => {
    const way = async () => (await server.request('GET', '/api/session-mail', { cookie: operator })).body;
    expect(await way()).toEqual({ from: null });
    await save(settings());
    expect(await way()).toEqual({ from: settings().fromAddress });
  });

  it('asks for the operator’s own mail program while there is no mail server', async () => {
    const { id } = await open();
    const expected: MailOutcome = { sent: false, fault: 'unset', reply: '' };
    expect((await send(id)).body).toEqual(expected);
    expect(readdirSync(server.dataDir)).not.toContain('outbox');
  });

  it('is sent for one’s own waiting sessions only', async () => {
    await save(settings());
    const { id, desk } = await open();
    await server.addOperator('colleague');
    const colleague = await server.login('operator', 'colleague');
    expect((await send(id, {}, colleague)).body).toMatchObject({ error: 'session_gone' });
    expect((await send(bytes(16))).body).toMatchObject({ error: 'session_gone' });
    await desk.ask('session:withdraw', { sessionId: id });
    expect((await send(id)).body).toMatchObject({ error: 'session_gone' });
    expect(smtp.received).toEqual([]);
  });

  it.each([
    ['to', 'x@example.org\nBcc: y@example.org'],
    ['to', 'x@example.org,y@example.org'],
    ['customerName', 'X\r\nBcc: y@example.org'],
    ['customerName', '\u202eevil'],
    ['code', '1234567'],
    ['zone', 'Middle/Earth'],
    ['zone', '../../etc'],
  ])('refuses %s %j', async (field, value) => {
    await save(settings());
    const { id } = await open();
    expect([field, (await send(id, { [field]: value })).body]).toMatchObject([
      field,
      { error: 'invalid', fields: [field] },
    ]);
    expect(smtp.received).toEqual([]);
  });
});

it('sends no more than so many mails for one account', async () => {
  const strict = await startTestServer({ limits: { mailsPerAccount: 2 } });
  const cookie = await strict.login('administrator');
  const body = { settings: settings({ host: '127.0.0.1', port: 1 }), to: 'a@example.org', language: 'en' };
  const ask = () => strict.request('POST', '/api/admin/mail/test', { cookie, body });
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429]);
  await strict.close();
});

/** Everything in a folder, as text. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
