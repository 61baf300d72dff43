/** What is changed without a line in the log is not changed. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findMailSettings } from '../store/mail-settings';
import { findSession } from '../store/sessions';
import { findTenant, findVault } from '../store/tenants';
import { COMPANY, startTestServer, type TestServer } from '../testing/server';
import { issue } from '../testing/session';
import { VAULT } from '../testing/vault';

let server: TestServer;
let tenantId: string;
let [admin, operator] = ['', ''];
beforeAll(async () => {
  server = await startTestServer();
  tenantId = (await findTenant(server.db))?.id ?? '';
  [admin, operator] = [await server.login('administrator'), await server.login('operator')];
});
afterAll(() => server.close());

const full = () =>
  sql`create trigger full before insert on admin_log begin select raise(abort, 'full'); end`.execute(
    server.db,
  );
const roomAgain = () => sql`drop trigger if exists full`.execute(server.db);
beforeEach(roomAgain);

const MAIL = {
  host: 'mail.example.org',
  port: 587,
  security: 'starttls',
  user: '',
  fromName: COMPANY,
  fromAddress: 'support@example.org',
};
const status = async (method: 'PUT' | 'POST' | 'DELETE', path: string, cookie: string, body?: object) =>
  (await server.request(method, path, { cookie, ...(body && { body }) })).status;
const host = async () => (await findMailSettings(server.db, tenantId))?.host;

it('the mail server', async () => {
  await full();
  expect(await status('PUT', '/api/admin/mail', admin, MAIL)).toBe(500);
  expect(await host()).toBeUndefined();
  await roomAgain();
  expect(await status('PUT', '/api/admin/mail', admin, MAIL)).toBe(200);
  await full();
  expect(await status('DELETE', '/api/admin/mail', admin)).toBe(500);
  expect(await host()).toBe(MAIL.host);
});

it('the card of the vault', async () => {
  await server.db.updateTable('vaults').set({ card: null }).execute();
  const card = async () => (await findVault(server.db, tenantId))?.card;
  await full();
  expect(await status('PUT', '/api/admin/vault-card', admin, { card: VAULT.card })).toBe(500);
  expect(await card()).toBeNull();
  await roomAgain();
  expect(await status('PUT', '/api/admin/vault-card', admin, { card: VAULT.card })).toBe(200);
  expect(await card()).toBe(VAULT.card);
});

it('that the link of a session was mailed', async () => {
  const { sessionId } = (await issue(await server.desk(operator))).opened;
  await full();
  expect(await status('POST', '/api/session-mail/own', operator, { sessionId })).toBe(500);
  expect((await findSession(server.db, sessionId))?.mailed).toBeNull();
  await roomAgain();
  expect(await status('POST', '/api/session-mail/own', operator, { sessionId })).toBe(200);
  expect((await findSession(server.db, sessionId))?.mailed).toBe('own');
});
