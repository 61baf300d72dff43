/** Mail notices to operators, with a real mail server, and without one. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MINUTE } from '../clock';
import { OUTBOX_FILES, writeToOutbox } from '../mail/outbox';
import { CONTENT, leave, offlineMessage } from '../testing/offline';
import { scratchFolder } from '../testing/scratch';
import { COMPANY, startTestServer, type TestServer } from '../testing/server';
import { bytes } from '../testing/session';
import { refusal, startSmtp, type TestSmtp } from '../testing/smtp';

let server: TestServer;
let smtp: TestSmtp;
let operator: string;
let admin: string;
let refusing = false;
beforeEach(async () => {
  refusing = false;
  server = await startTestServer();
  smtp = await startSmtp({
    hideSTARTTLS: true,
    onRcptTo: (_address, _session, done) => done(refusing ? refusal(451, 'Try later') : null),
  });
  operator = await server.login('operator');
  admin = await server.login('administrator');
  const change = { email: 'olga@example.org' };
  await server.request('PATCH', '/api/admin/operators/operator', { cookie: admin, body: change });
});
afterEach(async () => {
  await smtp.close();
  await server.close();
});

const useSmtp = () =>
  server.request('PUT', '/api/admin/mail', {
    cookie: admin,
    body: {
      host: '127.0.0.1',
      port: smtp.port,
      security: 'none',
      user: '',
      fromName: COMPANY,
      fromAddress: 'support@example.org',
    },
  });
const want = (offlineMail: boolean, cookie = operator) =>
  server.request('PUT', '/api/me/notices', { cookie, body: { offlineMail } });
const VAULT_KEY = bytes(32);
const arrive = async () => {
  await server.clock.advance(1);
  expect((await leave(server, await offlineMessage(server, VAULT_KEY))).status).toBe(201);
};
const received = (count: number) => expect.poll(() => smtp.received.length).toBe(count);

it('tells who wants to know, in no more words than that a message waits', async () => {
  await useSmtp();
  await server.addOperator('colleague');
  expect((await want(true)).body).toEqual({ offlineMail: true, address: 'olga@example.org' });
  await arrive();
  await received(1);
  const [notice] = smtp.received;
  expect(notice?.to).toEqual(['olga@example.org']);
  expect(notice?.mail.text).toContain(`${server.url}/desk`);
  for (const secret of [CONTENT.name, CONTENT.mail, CONTENT.subject, CONTENT.text]) {
    expect(notice?.raw).not.toContain(secret);
  }
});

it('tells nobody who does not want to know, has no address, or may not sign in', async () => {
  await useSmtp();
  await server.addOperator('silent');
  await want(true, await server.login('operator', 'silent'));
  await want(true);
  await server.request('PATCH', '/api/admin/operators/operator', {
    cookie: admin,
    body: { state: 'disabled' },
  });
  await arrive();
  await server.clock.advance(MINUTE);
  expect(smtp.connections).toBe(0);
  await server.request('PATCH', '/api/admin/operators/operator', {
    cookie: admin,
    body: { state: 'enabled' },
  });
  await server.clock.advance(MINUTE);
  await received(1);
});

it('tells of many messages once in ten minutes, and of a later one after that', async () => {
  await useSmtp();
  await want(true);
  await arrive();
  await received(1);
  await arrive();
  await arrive();
  await server.clock.advance(9 * MINUTE);
  expect(smtp.received).toHaveLength(1);
  await server.clock.advance(MINUTE);
  await received(2);
  await server.clock.advance(30 * MINUTE);
  expect(smtp.received).toHaveLength(2);
});

it('tries again later when the mail server does not take it', async () => {
  await useSmtp();
  await want(true);
  refusing = true;
  await arrive();
  await expect.poll(() => smtp.connections).toBe(1);
  refusing = false;
  const later = async () => {
    await server.clock.advance(10 * MINUTE);
    return smtp.received.length;
  };
  await expect.poll(later).toBe(1);
});

it('does not tell of what was answered meanwhile', async () => {
  await useSmtp();
  await arrive();
  await want(true);
  await server.clock.advance(11 * MINUTE);
  expect(smtp.connections).toBe(0);
  expect((await want(false)).body).toEqual({ offlineMail: false, address: 'olga@example.org' });
  await arrive();
  await server.clock.advance(11 * MINUTE);
  expect(smtp.connections).toBe(0);
});

it('writes into the outbox folder while there is no mail server', async () => {
  await want(true);
  await arrive();
  const outbox = join(server.dataDir, 'outbox');
  const files = () => {
    try {
      return readdirSync(outbox);
    } catch {
      return [];
    }
  };
  await expect.poll(files).toHaveLength(1);
  expect(readFileSync(join(outbox, files()[0] ?? ''), 'utf8')).toMatch(/^To: .*olga@example\.org/m);
});

it('keeps only so many files in the outbox, the newest', async () => {
  const folder = scratchFolder();
  const mail = {
    to: { name: 'Olga', address: 'olga@example.org' },
    text: 'x',
    html: '<p>x</p>',
    automatic: true,
  };
  for (let n = 0; n < OUTBOX_FILES + 3; n++) await writeToOutbox(folder, { ...mail, subject: `mail ${n}` });
  const files = readdirSync(folder).sort();
  expect(files).toHaveLength(OUTBOX_FILES);
  expect(readFileSync(join(folder, files[0] ?? ''), 'utf8')).toMatch(/^Subject: mail 3$/m);
  rmSync(folder, { recursive: true });
});
