/** Messages left while nobody is there, over HTTP: who may leave them, what they cost, who reads them. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openOffline } from '../../shared/crypto/offline';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import type { Challenge, OfflineRow, Proof } from '../../shared/protocol/mail';
import { HOUR, MINUTE } from '../clock';
import { hashToken } from '../secrets';
import { blockAddress } from '../store/blocks';
import { saveButtonSet } from '../store/button-sets';
import { DEFAULT_CHAT_SETTINGS, saveChatSettings } from '../store/chat-settings';
import { findTenant } from '../store/tenants';
import { approvedDevice } from '../testing/device';
import { challengeOf, CONTENT, leave, offlineMessage, solve } from '../testing/offline';
import { startTestServer, type TestServer } from '../testing/server';
import { bytes } from '../testing/session';
import { PROOF_WORK } from './proof';

let server: TestServer;
let sodium: Sodium;
let operator: string;
let tenantId: string;
let box: { publicKey: Uint8Array; privateKey: Uint8Array };
let vaultKey: string;
beforeAll(async () => {
  [server, sodium] = [await startTestServer(), await loadSodium()];
  operator = await server.login('operator');
  await approvedDevice(server);
  tenantId = (await findTenant(server.db))?.id ?? '';
  box = sodium.crypto_box_keypair();
  vaultKey = Buffer.from(box.publicKey).toString('base64url');
});
afterAll(() => server.close());
afterEach(() => server.db.deleteFrom('offline_messages').execute());

const message = (change: Parameters<typeof offlineMessage>[2] = {}) =>
  offlineMessage(server, vaultKey, change);
const inbox = async (query = '') =>
  (await server.request('GET', `/api/offline${query}`, { cookie: operator })).body as OfflineRow[];

describe('a message', () => {
  it('is kept sealed, and opened by the staff', async () => {
    expect((await leave(server, await message())).status).toBe(201);
    const rows = await inbox();
    expect(rows).toMatchObject([{ state: 'new', language: 'en', by: null, changedAt: null }]);
    expect(openOffline(sodium, { box }, rows[0]?.box ?? '')).toEqual(CONTENT);
    expect(openOffline(sodium, { box: sodium.crypto_box_keypair() }, rows[0]?.box ?? '')).toBeNull();
  });

  it('is told to every open desk, with the count', async () => {
    const desk = await server.desk(operator);
    await leave(server, await message());
    expect(await desk.next('chat:unread')).toEqual({ unread: 1 });
    await leave(server, await message());
    expect(await desk.next('chat:unread')).toEqual({ unread: 2 });
    const [row] = await inbox();
    await server.request('PATCH', `/api/offline/${row?.id}`, { cookie: operator, body: { state: 'closed' } });
    expect(await desk.next('chat:unread')).toEqual({ unread: 1 });
    const { body } = await server.request('GET', '/api/offline/unread', { cookie: operator });
    expect(body).toEqual({ unread: 1 });
  });

  it('is not taken while messages are switched off, nor for another company (RS-32)', async () => {
    await saveChatSettings(server.db, tenantId, { ...DEFAULT_CHAT_SETTINGS, offlineMessages: false });
    expect((await leave(server, await message())).body).toEqual({ ok: false, error: 'not_allowed' });
    await saveChatSettings(server.db, tenantId, DEFAULT_CHAT_SETTINGS);
    expect((await leave(server, await message({ owner: 'ZZZZZZZZ' }))).status).toBe(404);
    expect(await inbox()).toEqual([]);
  });

  it('is not taken for a button whose offline picture is named disabled.* (RS-32)', async () => {
    const set = { online: 'https://a.test/on.gif', offline: 'https://a.test/img/Disabled.GIF?v=2' };
    await saveButtonSet(server.db, tenantId, { name: 'shop', ...set });
    expect((await leave(server, await message({ button: 'shop' }))).body).toMatchObject({
      error: 'not_allowed',
    });
    expect(await inbox()).toEqual([]);
    // Of another button, of none, and of one that nobody has.
    await saveButtonSet(server.db, tenantId, { name: 'help', ...set, offline: 'https://a.test/off.gif' });
    for (const button of [{ button: 'help' }, {}, { button: 'none' }])
      expect((await leave(server, await message(button))).status).toBe(201);
    expect((await leave(server, { ...(await message()), button: '../x' })).body).toMatchObject({
      fields: ['button'],
    });
  });

  it('of a form that a program filled in is refused, not lost: the same proof is good afterwards', async () => {
    const filled = await message({ website: 'https://spam.example' });
    expect(await leave(server, filled)).toMatchObject({
      status: 400,
      body: { error: 'invalid', fields: ['website'] },
    });
    expect(await inbox()).toEqual([]);
    expect((await leave(server, { ...filled, website: '' })).status).toBe(201);
    expect(await inbox()).toHaveLength(1);
    const metrics = await server.request('GET', '/metrics');
    expect(String(metrics.body)).toContain('tasuki_offline_messages_total{outcome="filled"} 1');
  });

  it('is not taken from a blocked address, and taken again when the block is over', async () => {
    const own = await startTestServer();
    const tenant = (await findTenant(own.db))?.id ?? '';
    const since = own.clock.now();
    const by = { id: 'olga', name: 'Olga' };
    const block = { tenantId: tenant, addressHash: hashToken('127.0.0.1'), since, by, chatId: bytes(16) };
    await blockAddress(own.db, { ...block, until: since + HOUR });
    expect(await leave(own, await offlineMessage(own, vaultKey))).toMatchObject({
      status: 429,
      body: { error: 'limited', retryAt: since + HOUR, fields: ['address'] },
    });
    await own.clock.advance(HOUR);
    expect((await leave(own, await offlineMessage(own, vaultKey))).status).toBe(201);
    await own.close();
  });

  it.each([
    ['box', 'x'.repeat(30_001)],
    ['box', '<script>'],
    ['language', 'fr'],
    ['owner', 'abc'],
  ])('with a wrong %s is refused', async (field, value) => {
    const answer = await leave(server, { ...(await message()), [field]: value });
    expect(answer.body).toMatchObject({ ok: false, error: 'invalid', fields: [field] });
  });

  it('is not taken from another site’s page', async () => {
    const answer = await server.request('POST', '/api/chat/offline', {
      body: await message(),
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('the proof of work', () => {
  const refused = { ok: false, error: 'invalid', fields: ['proof'] };

  it('is good once, of a hundred at once too', async () => {
    const once = await message();
    const answers = await Promise.all(Array.from({ length: 100 }, () => leave(server, once)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(99);
    expect((await leave(server, once)).body).toEqual(refused);
    expect(await inbox()).toHaveLength(1);
  });

  it('is good for ten minutes', async () => {
    const late = await startTestServer();
    const proof = await solve(await challengeOf(late));
    const fresh = await offlineMessage(late, vaultKey, { proof });
    await late.clock.advance(10 * MINUTE);
    expect((await leave(late, fresh)).body).toEqual(refused);
    await late.close();
  });

  const forgeries: Record<string, (proof: Proof) => Proof> = {
    'another counter': ({ challenge, solution }) => ({
      challenge,
      solution: { counter: solution.counter + 1, derivedKey: 'ab'.repeat(32) },
    }),
    'a longer life': ({ challenge, solution }) => ({
      challenge: changed(challenge, { expiresAt: challenge.parameters.expiresAt + 3600 }),
      solution,
    }),
    'a fresh nonce': ({ challenge, solution }) => ({
      challenge: changed(challenge, { nonce: 'ab'.repeat(16) }),
      solution,
    }),
    'less work': ({ challenge, solution }) => ({ challenge: changed(challenge, { cost: 2 }), solution }),
    'another signature': ({ challenge, solution }) => ({
      challenge: { ...challenge, signature: 'ab'.repeat(32) },
      solution,
    }),
  };
  const changed = (challenge: Challenge, change: Partial<Challenge['parameters']>): Challenge => ({
    ...challenge,
    parameters: { ...challenge.parameters, ...change },
  });

  it.each(Object.keys(forgeries))('is not believed with %s', async (name) => {
    const proof = await solve(await challengeOf(server));
    const forged = forgeries[name]?.(proof) ?? proof;
    expect((await leave(server, await message({ proof: forged }))).body).toEqual(refused);
    expect(await inbox()).toEqual([]);
  });

  it('of another installation is worth nothing', async () => {
    const other = await startTestServer();
    const proof = await solve(await challengeOf(other));
    expect((await leave(server, await message({ proof }))).body).toEqual(refused);
    await other.close();
  });

  it('costs real work outside the tests', async () => {
    const real = await startTestServer({ proofWork: PROOF_WORK });
    const { parameters } = await challengeOf(real);
    expect(parameters).toMatchObject({ cost: 1000, keyPrefix: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const proof = await solve({ ...(await challengeOf(real)) });
    expect(proof.solution.counter).toBeGreaterThanOrEqual(PROOF_WORK.least);
    expect((await leave(real, await offlineMessage(real, vaultKey, { proof }))).status).toBe(201);
    await real.close();
  }, 60_000);

  it('is forgotten once it is worthless', async () => {
    const short = await startTestServer();
    await leave(short, await offlineMessage(short, vaultKey));
    expect(await short.db.selectFrom('spent_proofs').selectAll().execute()).toHaveLength(1);
    await short.clock.advance(HOUR);
    expect(await short.db.selectFrom('spent_proofs').selectAll().execute()).toEqual([]);
    await short.close();
  });
});

it('an address leaves so many messages and no more', async () => {
  const strict = await startTestServer({ limits: { offlinePerAddress: 3 } });
  const answers = [];
  for (let n = 0; n < 4; n++) answers.push(await leave(strict, await offlineMessage(strict, vaultKey)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
  expect(answers[3]?.body).toMatchObject({ error: 'limited', retryAt: expect.any(Number) });
  await strict.close();
});

describe('the inbox', () => {
  it('has states that say who changed them, and filters by them', async () => {
    await leave(server, await message());
    await leave(server, await message());
    const [row] = await inbox();
    const mark = (state: string, id = row?.id) =>
      server.request('PATCH', `/api/offline/${id}`, { cookie: operator, body: { state } });
    expect((await mark('answered')).body).toMatchObject({
      state: 'answered',
      by: 'Olga Operator',
      changedAt: server.clock.now(),
    });
    expect((await inbox('?state=new')).length).toBe(1);
    expect((await inbox('?state=answered')).map(({ id }) => id)).toEqual([row?.id]);
    expect(await inbox('?state=closed')).toEqual([]);
    expect((await mark('new')).body).toMatchObject({ state: 'new' });
    expect((await mark('gone')).status).toBe(400);
    expect((await mark('closed', bytes(16))).status).toBe(404);
  });

  it('is forgotten with the audit (RS-126)', async () => {
    const old = await startTestServer({ env: { TASUKI_RETENTION_DAYS: '1' } });
    await leave(old, await offlineMessage(old, vaultKey));
    await old.clock.advance(25 * HOUR);
    expect(await old.db.selectFrom('offline_messages').selectAll().execute()).toEqual([]);
    await old.close();
  });
});
