import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Joined, CustomerSnapshot } from '../../shared/protocol/customer';
import { DeskSnapshot, Opened } from '../../shared/protocol/desk';
import type { SessionRow } from '../../shared/protocol/http';
import { MINUTE, SECOND } from '../clock';
import { findSession } from '../store/sessions';
import { scratchFolder } from '../testing/scratch';
import { startTestServer, type TestServer } from '../testing/server';
import { activate, bytes, issue, joinMessage, NETWORK, pair } from '../testing/session';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    env: {
      TASUKI_TURN_URLS: 'turn:turn.example.org:3478?transport=udp',
      TASUKI_TURN_SECRET: 'secret',
      TASUKI_STUN_URLS: 'stun:stun.example.org:3478',
    },
  });
});
afterAll(() => server.close());

const sides = async () => ({ desk: await server.desk(), customer: await server.customer() });
const rowOf = (id: string) => findSession(server.db, id);

describe('a session', () => {
  it('goes from number to end, every step in its row (RS-58, RS-60, RS-66, RS-84, RS-128)', async () => {
    const { desk, customer } = await sides();
    const { rdv, opened } = await issue(desk, { ttlMinutes: 30 });
    Opened.parse(opened);
    expect(opened.expiresAt).toBe(server.clock.now() + 30 * MINUTE);
    const id = opened.sessionId;
    const host = { operator: 'Olga Operator', company: 'Acme 株式会社' };
    expect(opened.host).toEqual(host);

    const wish = { ...joinMessage(rdv), path: 'link' };
    const joined = await customer.ask('session:join', wish);
    Joined.parse(joined);
    expect(joined).toMatchObject({
      sessionId: id,
      host,
      mode: 'view',
      peerPresent: true,
    });
    expect(await desk.next('session:joined')).toEqual({ sessionId: id, share: wish.share });

    const envelope = { t: 'reply', share: bytes(32), tag: bytes(64), frame: bytes(500) };
    expect(await desk.ask('session:relay', { sessionId: id, envelope })).toEqual({ ok: true });
    expect(await customer.next('session:relay')).toEqual({ sessionId: id, envelope });
    expect(await customer.ask('session:consent', { sessionId: id, granted: true })).toEqual({ ok: true });
    expect(await customer.ask('session:connected', { sessionId: id, network: NETWORK })).toEqual({
      ok: true,
    });
    const direct = { ...NETWORK, route: 'direct' };
    expect(await desk.ask('session:connected', { sessionId: id, network: direct })).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ state: 'active', share: wish.share });

    expect(await customer.ask('session:end', { sessionId: id, by: 'customer', reason: 'cancelled' })).toEqual(
      {
        ok: true,
      },
    );
    const ended = { sessionId: id, by: 'customer', reason: 'cancelled' };
    expect(await desk.next('session:ended')).toEqual(ended);
    expect(await customer.next('session:ended')).toEqual(ended);

    const cookie = await server.login('administrator');
    const { body } = await server.request('GET', '/api/admin/sessions', { cookie });
    const now = server.clock.now();
    expect((body as SessionRow[]).find((row) => row.id === id)).toEqual({
      id,
      operatorId: 'operator',
      operatorName: 'Olga Operator',
      path: 'code', // a link that nobody mailed
      mode: 'view',
      customerAddress: '127.0.0.1',
      issuedAt: now,
      redeemedAt: now,
      consent: 'granted',
      consentAt: now,
      startedAt: now,
      endedAt: now,
      endedBy: 'customer',
      endReason: 'cancelled',
      route: 'direct',
      protocol: 'udp',
      dtlsCipher: 'TLS_AES_128_GCM_SHA256',
      srtpCipher: 'AEAD_AES_256_GCM',
      windowsOnly: false,
      windows: null,
      helperVersion: null,
      helperSystem: null,
      grants: [],
    });
    expect(await rowOf(id)).toMatchObject({
      rdv: null,
      share: null,
      operator_resume: null,
      customer_resume: null,
    });
  });

  it('gives each link its own TURN credentials', async () => {
    const { desk, customer } = await sides();
    const { id } = await pair(desk, customer);
    await server.clock.advance(SECOND);
    const { ice } = await customer.ask('session:ice', { sessionId: id });
    const expiry = Math.floor(server.clock.now() / 1000) + 7200;
    expect(ice).toMatchObject({
      policy: 'all',
      servers: [{ urls: ['stun:stun.example.org:3478'] }, { username: `${expiry}:${id}` }],
    });
  });

  it('ends at once when the customer declines', async () => {
    const { desk, customer } = await sides();
    const { id } = await pair(desk, customer);
    await customer.ask('session:consent', { sessionId: id, granted: false });
    expect(await desk.next('session:ended')).toEqual({ sessionId: id, by: 'customer', reason: 'declined' });
    const again = { sessionId: id, by: 'customer', reason: 'declined' };
    expect(await customer.ask('session:end', again)).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ consent: 'declined', started_at: null });
  });

  it('expires unused, and is not missed by an operator who is away meanwhile', async () => {
    const { desk, customer } = await sides();
    const { rdv, opened } = await issue(desk, { ttlMinutes: 5 });
    await server.clock.advance(5 * MINUTE - 1);
    expect(await rowOf(opened.sessionId)).toMatchObject({ state: 'waiting' });
    await server.clock.advance(SECOND);
    expect(await desk.next('session:ended')).toMatchObject({ by: 'server', reason: 'expired' });
    expect(await customer.ask('session:join', joinMessage(rdv))).toEqual({
      ok: false,
      error: 'code_unknown',
    });
  });

  it('is given up when nobody answers', async () => {
    const { desk, customer } = await sides();
    await pair(desk, customer);
    await server.clock.advance(15 * MINUTE);
    const ended = { by: 'server', reason: 'no_answer' };
    expect(await desk.next('session:ended')).toMatchObject(ended);
    expect(await customer.next('session:ended')).toMatchObject(ended);
  });

  it('can be withdrawn, also when the customer was quicker', async () => {
    const { desk, customer } = await sides();
    const first = await issue(desk);
    const withdrawn = { sessionId: first.opened.sessionId };
    expect(await desk.ask('session:withdraw', withdrawn)).toEqual({ ok: true });
    expect(await desk.next('session:ended')).toMatchObject({ by: 'operator', reason: 'withdrawn' });
    expect(await desk.ask('session:withdraw', withdrawn)).toEqual({ ok: true });

    const second = await pair(desk, customer);
    await desk.ask('session:withdraw', { sessionId: second.id });
    expect(await customer.next('session:ended')).toMatchObject({ by: 'operator', reason: 'cancelled' });
  });

  it('takes a reason from a browser only where a browser can know it', async () => {
    const { desk, customer } = await sides();
    const { id } = await activate(desk, customer);
    for (const [by, reason] of [
      ['operator', 'declined'],
      ['server', 'cancelled'],
      ['server', 'expired'],
      ['operator', 'signed_out'],
      ['customer', 'expired'],
    ]) {
      expect(await customer.ask('session:end', { sessionId: id, by, reason })).toEqual({
        ok: false,
        error: 'invalid',
      });
    }
    expect(await customer.ask('session:end', { sessionId: id, by: 'server', reason: 'tampered' })).toEqual({
      ok: true,
    });
    expect(await desk.next('session:ended')).toMatchObject({ by: 'server', reason: 'tampered' });
  });

  it('records a refusal only from the customer, once (RS-85)', async () => {
    const { desk, customer } = await sides();
    const { id } = await pair(desk, customer);
    const declined = { sessionId: id, by: 'customer', reason: 'declined' };
    expect(await desk.ask('session:end', declined)).toEqual({ ok: false, error: 'not_allowed' });
    expect(await rowOf(id)).toMatchObject({ state: 'joined', consent: null, pending_end_by: null });
    expect(await customer.ask('session:end', declined)).toEqual({ ok: true });
    expect(await desk.next('session:ended')).toEqual(declined);
    expect(await rowOf(id)).toMatchObject({ consent: 'declined', consent_at: server.clock.now() });
    expect(await desk.ask('session:end', declined)).toEqual({ ok: true });
    expect(await customer.ask('session:consent', { sessionId: id, granted: true })).toEqual({
      ok: false,
      error: 'session_gone',
    });
    expect(await rowOf(id)).toMatchObject({ consent: 'declined' });
  });

  it('starts with the customer’s grant, which may be repeated (RS-84)', async () => {
    const { desk, customer } = await sides();
    const { id } = await pair(desk, customer);
    const connected = { sessionId: id, network: NETWORK };
    for (const side of [desk, customer]) {
      expect(await side.ask('session:connected', connected)).toEqual({ ok: false, error: 'not_allowed' });
    }
    expect(await rowOf(id)).toMatchObject({ state: 'joined', started_at: null, route: null });
    const agreedAt = server.clock.now();
    const granted = { sessionId: id, granted: true };
    expect(await customer.ask('session:consent', granted)).toEqual({ ok: true });
    await server.clock.advance(SECOND);
    expect(await customer.ask('session:consent', granted)).toEqual({ ok: true });
    expect(await desk.ask('session:connected', connected)).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ state: 'active', consent: 'granted', consent_at: agreedAt });
  });

  it('lets each side say only what the ladder gives it', async () => {
    const { desk, customer } = await sides();
    const { id } = await pair(desk, customer);
    const hello = { sessionId: id, envelope: { t: 'hello', nonce: bytes(16), mac: bytes(32) } };
    expect(await desk.ask('session:relay', hello)).toEqual({ ok: false, error: 'invalid' });
    expect(await customer.ask('session:relay', hello)).toEqual({ ok: true });
    const knock = { sessionId: id, envelope: { t: 'knock' } };
    expect(await customer.ask('session:relay', knock)).toEqual({ ok: false, error: 'invalid' });
    expect(await desk.ask('session:relay', knock)).toEqual({ ok: true });
  });
});

describe('coming and going', () => {
  it('tells the other side, and lets go after the grace time', async () => {
    const { desk, customer } = await sides();
    const { id, customerToken } = await activate(desk, customer);
    customer.disconnect();
    expect(await desk.next('session:peer')).toEqual({ sessionId: id, present: false });
    const missing = { sessionId: id, envelope: { t: 'sealed', epoch: bytes(8), frame: bytes(9) } };
    expect(await desk.ask('session:relay', missing)).toEqual({ ok: true });

    await server.clock.advance(59 * SECOND);
    const back = await server.customer();
    const snapshot = await back.ask('session:resume', { sessionId: id, resume: customerToken });
    CustomerSnapshot.parse(snapshot);
    expect(snapshot).toMatchObject({ peerPresent: true, mode: 'view' });
    expect(await desk.next('session:peer')).toEqual({ sessionId: id, present: true });

    back.disconnect();
    await desk.next('session:peer');
    await server.clock.advance(61 * SECOND);
    expect(await desk.next('session:ended')).toMatchObject({ by: 'customer', reason: 'left' });
    const late = await server.customer();
    expect(await late.ask('session:resume', { sessionId: id, resume: customerToken })).toEqual({
      ok: false,
      error: 'session_gone',
    });
  });

  it('is impatient after a goodbye', async () => {
    const { desk, customer } = await sides();
    const { id } = await activate(desk, customer);
    expect(await customer.ask('session:leaving', { sessionId: id })).toEqual({ ok: true });
    customer.disconnect();
    await desk.next('session:peer');
    await server.clock.advance(11 * SECOND);
    expect(await desk.next('session:ended')).toMatchObject({ by: 'customer', reason: 'left' });
  });

  it('forgets a goodbye of a page that stayed', async () => {
    const { desk, customer } = await sides();
    const { id } = await activate(desk, customer);
    await customer.ask('session:leaving', { sessionId: id });
    await server.clock.advance(20 * SECOND);
    customer.disconnect();
    await desk.next('session:peer');
    await server.clock.advance(30 * SECOND);
    expect(await rowOf(id)).toMatchObject({ state: 'active' });
  });

  it('gives a reloaded desk the customer that came meanwhile', async () => {
    const cookie = await server.login('operator');
    const desk = await server.desk(cookie);
    const customer = await server.customer();
    const { rdv, opened } = await issue(desk);
    const id = opened.sessionId;
    desk.disconnect();
    await expect.poll(async () => (await rowOf(id))?.operator_socket).toBeNull();
    await server.clock.advance(2 * MINUTE);
    const message = joinMessage(rdv);
    const joined = await customer.ask('session:join', message);
    expect(joined).toMatchObject({ ok: true, peerPresent: false });

    const reloaded = await server.desk(cookie);
    const snapshot = await reloaded.ask('session:resume', { sessionId: id, resume: opened.resume });
    DeskSnapshot.parse(snapshot);
    expect(snapshot).toMatchObject({ share: message.share, peerPresent: true, expiresAt: opened.expiresAt });
    expect(snapshot.host).toEqual(opened.host);
    expect(snapshot.host).toEqual(joined.host);
    expect(await customer.next('session:peer')).toEqual({ sessionId: id, present: true });
  });

  it('gives an absent operator the grace time once a customer has come', async () => {
    const { desk, customer } = await sides();
    const { rdv, opened } = await issue(desk);
    desk.disconnect();
    await expect.poll(async () => (await rowOf(opened.sessionId))?.operator_socket).toBeNull();
    await customer.ask('session:join', joinMessage(rdv));
    await server.clock.advance(61 * SECOND);
    expect(await customer.next('session:ended')).toMatchObject({ by: 'operator', reason: 'left' });
  });

  it('lets a newer socket take over in silence', async () => {
    const { desk, customer } = await sides();
    const { id, customerToken } = await activate(desk, customer);
    const newer = await server.customer();
    expect((await newer.ask('session:resume', { sessionId: id, resume: customerToken })).ok).toBe(true);
    expect(await desk.next('session:peer')).toEqual({ sessionId: id, present: true });
    const envelope = { t: 'sealed', epoch: bytes(8), frame: bytes(9) };
    expect(await customer.ask('session:relay', { sessionId: id, envelope })).toEqual({
      ok: false,
      error: 'session_gone',
    });
    await desk.ask('session:relay', { sessionId: id, envelope });
    expect(await newer.next('session:relay')).toEqual({ sessionId: id, envelope });
    customer.disconnect();
    await customer.gone;
    await server.clock.advance(2 * MINUTE);
    expect(await rowOf(id)).toMatchObject({ state: 'active' });
    expect(customer.heard.map((each) => each.event)).not.toContain('session:ended');
    expect(desk.heard.filter(({ event, message }) => event === 'session:peer' && !message.present)).toEqual(
      [],
    );
  });
});

describe('an end that one side reports of the other', () => {
  const by = (id: string, side: 'operator' | 'customer', reason: string) => ({
    sessionId: id,
    by: side,
    reason,
  });

  it('is left to that side while it is there', async () => {
    const { desk, customer } = await sides();
    const { id } = await activate(desk, customer);
    expect(await customer.ask('session:end', by(id, 'operator', 'failed'))).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ state: 'active' });
    expect(await desk.ask('session:end', by(id, 'operator', 'cancelled'))).toEqual({ ok: true });
    expect(await customer.next('session:ended')).toEqual(by(id, 'operator', 'cancelled'));
    expect(await rowOf(id)).toMatchObject({ pending_end_by: null, pending_end_reason: null });
  });

  it('is believed at once when that side is away', async () => {
    const { desk, customer } = await sides();
    const { id } = await activate(desk, customer);
    customer.disconnect();
    await desk.next('session:peer');
    expect(await desk.ask('session:end', by(id, 'customer', 'share_stopped'))).toEqual({ ok: true });
    expect(await desk.next('session:ended')).toEqual(by(id, 'customer', 'share_stopped'));
  });

  it('counts after the grace time when that side neither confirms nor leaves', async () => {
    const { desk, customer } = await sides();
    const { id, customerToken } = await activate(desk, customer);
    await customer.ask('session:end', by(id, 'operator', 'cancelled'));
    // Neither a return nor a departure of the side that reported it changes anything.
    const again = await server.customer();
    await again.ask('session:resume', { sessionId: id, resume: customerToken });
    await again.ask('session:leaving', { sessionId: id });
    again.disconnect();
    await expect.poll(async () => (await rowOf(id))?.customer_socket).toBeNull();
    await server.clock.advance(59 * SECOND);
    expect(await rowOf(id)).toMatchObject({ state: 'active' });
    await server.clock.advance(SECOND);
    expect(await desk.next('session:ended')).toEqual(by(id, 'operator', 'cancelled'));
  });

  it('gives way to that side’s leaving', async () => {
    const { desk, customer } = await sides();
    const { id } = await activate(desk, customer);
    await customer.ask('session:end', by(id, 'operator', 'cancelled'));
    await desk.ask('session:leaving', { sessionId: id });
    desk.disconnect();
    expect(await customer.next('session:peer')).toEqual({ sessionId: id, present: false });
    await server.clock.advance(11 * SECOND);
    expect(await customer.next('session:ended')).toEqual(by(id, 'operator', 'left'));
  });
});

it('a number outlives a restart, and so does the session made from it (RS-58)', async () => {
  const dataDir = scratchFolder();
  const before = await startTestServer({ dataDir });
  const { rdv, opened } = await issue(await before.desk(), { ttlMinutes: 5 });
  const id = opened.sessionId;
  await before.stop();

  const after = await startTestServer({ dataDir });
  const desk = await after.desk();
  expect(await desk.ask('session:resume', { sessionId: id, resume: opened.resume })).toMatchObject({
    ok: true,
    peerPresent: false,
  });
  const customer = await after.customer();
  expect(await customer.ask('session:join', joinMessage(rdv))).toMatchObject({ ok: true, peerPresent: true });
  await after.clock.advance(6 * MINUTE);
  expect(await findSession(after.db, id)).toMatchObject({ state: 'joined', customer_away_until: null });
  await after.close();
});
