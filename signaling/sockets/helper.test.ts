import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CustomerSnapshot, Joined } from '../../shared/protocol/customer';
import { DeskSnapshot, Opened } from '../../shared/protocol/desk';
import { Attached, HELPER_OFFER_MS, HelperSnapshot } from '../../shared/protocol/helper';
import type { SessionRow } from '../../shared/protocol/http';
import { SECOND } from '../clock';
import { findHelper } from '../store/helpers';
import { MAX_GRANT_ROWS } from '../store/session-grants';
import { findSession } from '../store/sessions';
import { scratchFolder } from '../testing/scratch';
import { startTestServer, type TestServer } from '../testing/server';
import { activate, attachMessage, bytes, helped, pair } from '../testing/session';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const sealed = () => ({ t: 'sealed', epoch: bytes(8), frame: bytes(30) });
const UNKNOWN = { ok: false, error: 'code_unknown' };
const GONE = { ok: false, error: 'session_gone' };
const NOT_ALLOWED = { ok: false, error: 'not_allowed' };
const INVALID = { ok: false, error: 'invalid' };

async function auditOf(id: string): Promise<SessionRow | undefined> {
  const cookie = await server.login('administrator');
  const { body } = await server.request('GET', '/api/admin/sessions', { cookie });
  return (body as SessionRow[]).find((row) => row.id === id);
}

describe('offering', () => {
  it.each(['control', 'share'] as const)('is for the side that is operated, in %s', async (mode) => {
    const [desk, customer] = [await server.desk(), await server.customer()];
    const { id } = await pair(desk, customer, mode);
    const [host, peer] = mode === 'control' ? [customer, desk] : [desk, customer];
    const offer = { sessionId: id, rdv: bytes(16) };
    expect(await host.ask('helper:offer', offer)).toEqual(NOT_ALLOWED); // nobody has agreed yet
    await customer.ask('session:consent', { sessionId: id, granted: true });
    expect(await peer.ask('helper:offer', offer)).toEqual(NOT_ALLOWED);
    expect(await host.ask('helper:offer', offer)).toEqual({
      ok: true,
      expiresAt: server.clock.now() + HELPER_OFFER_MS,
    });
    for (const browser of [host, peer])
      expect(await browser.next('helper:state')).toEqual({ sessionId: id, state: 'offered' });
    expect(await peer.ask('helper:dismiss', { sessionId: id })).toEqual(NOT_ALLOWED);
  });

  it.each(['view', 'show'] as const)('is for nobody in %s', async (mode) => {
    const [desk, customer] = [await server.desk(), await server.customer()];
    const { id } = await activate(desk, customer, mode);
    for (const browser of [desk, customer]) {
      expect(await browser.ask('helper:offer', { sessionId: id, rdv: bytes(16) })).toEqual(NOT_ALLOWED);
      expect(await browser.ask('helper:relay', { sessionId: id, envelope: sealed() })).toEqual(NOT_ALLOWED);
    }
  });

  it('again replaces the offer before, unless a helper came', async () => {
    const [desk, customer] = [await server.desk(), await server.customer()];
    const { id } = await activate(desk, customer, 'control');
    const [first, second] = [bytes(16), bytes(16)];
    for (const rdv of [first, second])
      expect((await customer.ask('helper:offer', { sessionId: id, rdv })).ok).toBe(true);
    const helper = await server.helper();
    expect(await helper.ask('helper:attach', attachMessage(first))).toEqual(UNKNOWN);
    expect((await helper.ask('helper:attach', attachMessage(second))).ok).toBe(true);
    expect(await customer.ask('helper:offer', { sessionId: id, rdv: bytes(16) })).toEqual({
      ok: false,
      error: 'conflict',
    });
  });

  it('takes no rendezvous of another session', async () => {
    const rdv = bytes(16);
    const answers = [];
    for (let n = 0; n < 2; n++) {
      const [desk, customer] = [await server.desk(), await server.customer()];
      const { id } = await activate(desk, customer, 'control');
      answers.push(await customer.ask('helper:offer', { sessionId: id, rdv }));
    }
    expect(answers).toMatchObject([{ ok: true }, { ok: false, error: 'busy' }]);
  });

  it('expires, and both browsers hear of it', async () => {
    const [desk, customer] = [await server.desk(), await server.customer()];
    const { id } = await activate(desk, customer, 'control');
    const rdv = bytes(16);
    await customer.ask('helper:offer', { sessionId: id, rdv });
    await server.clock.advance(HELPER_OFFER_MS);
    for (const browser of [desk, customer]) {
      expect(await browser.next('helper:state')).toMatchObject({ state: 'offered' });
      expect(await browser.next('helper:state')).toEqual({ sessionId: id, state: 'none' });
    }
    const helper = await server.helper();
    const late = await helper.ask('helper:attach', attachMessage(rdv));
    expect(late).toEqual(UNKNOWN);
    expect(await helper.ask('helper:attach', attachMessage(bytes(16)))).toEqual(late);
    expect(await findSession(server.db, id)).toMatchObject({ state: 'active' });
  });
});

describe('attaching', () => {
  it.each(['control', 'share'] as const)('tells both browsers and the helper, in %s', async (mode) => {
    const { id, attached, desk, customer, host, peer, customerToken, opened } = await helped(server, mode);
    expect(Attached.parse(attached)).toMatchObject({
      sessionId: id,
      side: mode === 'control' ? 'customer' : 'operator',
      mode,
      host: { operator: 'Olga Operator', company: 'Acme 株式会社' },
      hostPresent: true,
      peerPresent: true,
    });
    const attachedStates = [host, peer].map(
      (each) => each.heard.filter(({ event }) => event === 'helper:state').at(-1)?.message,
    );
    const state = { sessionId: id, state: 'attached', version: '1.2.3', system: 'windows' };
    expect(attachedStates).toEqual([state, state]);
    const again = await customer.ask('session:resume', { sessionId: id, resume: customerToken });
    expect(CustomerSnapshot.parse(again).helper).toEqual(state);
    const atDesk = await desk.ask('session:resume', { sessionId: id, resume: opened.resume });
    expect(DeskSnapshot.parse(atDesk).helper).toEqual(state);
  });

  it('works once of a hundred at once', async () => {
    const [desk, customer] = [await server.desk(), await server.customer()];
    const { id } = await activate(desk, customer, 'control');
    const rdv = bytes(16);
    await customer.ask('helper:offer', { sessionId: id, rdv });
    const helpers = await Promise.all(Array.from({ length: 10 }, () => server.helper()));
    const answers = await Promise.all(
      Array.from({ length: 10 }).flatMap(() =>
        helpers.map((helper) => helper.ask('helper:attach', attachMessage(rdv))),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused).toEqual(Array.from({ length: 99 }, () => UNKNOWN));
  });

  it('is limited by address and overall, and the right secret does not count', async () => {
    const strict = await startTestServer({
      limits: { helpersPerAddress: 3, helpersOverall: 5 },
      env: { TASUKI_TRUSTED_PROXIES: '127.0.0.1' },
    });
    const from = (address: string) => strict.helper({ headers: { 'x-forwarded-for': address } });
    const [first, second] = [await from('192.0.2.1'), await from('192.0.2.2')];
    for (let n = 0; n < 3; n++)
      expect(await first.ask('helper:attach', attachMessage(bytes(16)))).toEqual(UNKNOWN);
    const refused = { ok: false, error: 'limited', retryAt: expect.any(Number) as number };
    expect(await first.ask('helper:attach', attachMessage(bytes(16)))).toEqual(refused);
    // Numbers have a limiter of their own: a flood of helpers keeps nobody from typing one.
    await pair(await strict.desk(), await strict.customer());
    for (let n = 0; n < 2; n++)
      expect(await second.ask('helper:attach', attachMessage(bytes(16)))).toEqual(UNKNOWN);
    expect(await second.ask('helper:attach', attachMessage(bytes(16)))).toEqual(refused);
    await strict.close();
  });

  it('ends with the session, and leaves version and system for the audit', async () => {
    const { id, helper, desk, attached } = await helped(server);
    await desk.ask('session:end', { sessionId: id, by: 'operator', reason: 'cancelled' });
    expect(await helper.next('session:ended')).toEqual({
      sessionId: id,
      by: 'operator',
      reason: 'cancelled',
    });
    const relay = { sessionId: id, to: 'host', envelope: sealed() };
    expect(await helper.ask('helper:relay', relay)).toEqual(GONE);
    expect(await helper.ask('helper:resume', { sessionId: id, resume: attached.resume })).toEqual(GONE);
    expect(await findHelper(server.db, id)).toMatchObject({
      rdv: null,
      socket: null,
      resume: null,
      away_until: null,
      version: '1.2.3',
    });
    expect(await auditOf(id)).toMatchObject({ helperVersion: '1.2.3', helperSystem: 'Windows 11 24H2' });
  });
});

describe('relaying', () => {
  it('goes both ways, in order, and says who speaks', async () => {
    const { id, host, peer, helper } = await helped(server, 'share');
    const envelopes = Array.from({ length: 20 }, sealed);
    for (const [to, browser] of [
      ['host', host],
      ['peer', peer],
    ] as const) {
      await Promise.all(
        envelopes.map((envelope) => helper.ask('helper:relay', { sessionId: id, to, envelope })),
      );
      for (const envelope of envelopes)
        expect(await browser.next('helper:relay')).toEqual({ sessionId: id, envelope });
      await Promise.all(
        envelopes.map((envelope) => browser.ask('helper:relay', { sessionId: id, envelope })),
      );
      for (const envelope of envelopes)
        expect(await helper.next('helper:relay')).toEqual({ sessionId: id, from: to, envelope });
    }
  });

  it('carries only what each end may say there, and nothing oversized', async () => {
    const { id, host, helper } = await helped(server);
    const hello = { t: 'hello', nonce: bytes(16), mac: bytes(32) };
    const welcome = { t: 'welcome', nonce: bytes(16), re: bytes(16), mac: bytes(32) };
    const reply = { t: 'reply', share: bytes(32), tag: bytes(64), frame: bytes(30) };
    const huge = { t: 'sealed', epoch: bytes(8), frame: 'A'.repeat(40_001) };
    for (const envelope of [welcome, { t: 'knock' }, reply, huge, null, {}])
      expect(await helper.ask('helper:relay', { sessionId: id, to: 'host', envelope })).toEqual(INVALID);
    for (const envelope of [hello, reply, huge])
      expect(await host.ask('helper:relay', { sessionId: id, envelope })).toEqual(INVALID);
    expect(await helper.ask('helper:relay', { sessionId: id, to: 'operator', envelope: hello })).toEqual(
      INVALID,
    );
    expect((await helper.ask('helper:relay', { sessionId: id, to: 'host', envelope: hello })).ok).toBe(true);
    expect((await host.ask('helper:relay', { sessionId: id, envelope: welcome })).ok).toBe(true);
    expect(helper.heard.filter(({ event }) => event === 'helper:relay')).toHaveLength(1);
  });

  it('reaches no helper before it is attached, and none of another session', async () => {
    const [mine, other] = [await helped(server), await helped(server)];
    const stranger = await server.helper();
    const message = { sessionId: mine.id, to: 'host', envelope: sealed() };
    for (const helper of [stranger, other.helper])
      expect(await helper.ask('helper:relay', message)).toEqual(GONE);
    await mine.host.ask('helper:relay', { sessionId: mine.id, envelope: sealed() });
    await mine.helper.next('helper:relay');
    expect(other.helper.heard).toEqual([]);
    expect(stranger.heard).toEqual([]);
  });

  it('is bounded in number', async () => {
    const slow = await startTestServer({ limits: { eventsPerSocket: 20 } });
    const { id, helper } = await helped(slow);
    const relay = () => helper.ask('helper:relay', { sessionId: id, to: 'host', envelope: sealed() });
    const answers = await Promise.all(Array.from({ length: 120 }, relay));
    expect(answers.filter(({ error }) => error === 'limited').length).toBeGreaterThanOrEqual(40);
    await slow.close();
  });
});

describe('coming and going', () => {
  it('tells the helper which browser is there', async () => {
    const { id, helper, customer, desk, customerToken } = await helped(server);
    customer.disconnect();
    expect(await helper.next('helper:presence')).toEqual({ sessionId: id, who: 'host', present: false });
    const back = await server.customer();
    await back.ask('session:resume', { sessionId: id, resume: customerToken });
    expect(await helper.next('helper:presence')).toEqual({ sessionId: id, who: 'host', present: true });
    desk.disconnect();
    expect(await helper.next('helper:presence')).toEqual({ sessionId: id, who: 'peer', present: false });
  });

  it('lets a helper come back with its token, and no other one', async () => {
    const { id, helper, host, peer, attached } = await helped(server);
    helper.disconnect();
    const away = { sessionId: id, state: 'away', version: '1.2.3', system: 'windows' };
    for (const browser of [host, peer]) expect(await browser.next('helper:state')).toEqual(away);
    expect(await host.ask('helper:relay', { sessionId: id, envelope: sealed() })).toEqual({ ok: true });

    const again = await server.helper();
    expect(await again.ask('helper:resume', { sessionId: id, resume: bytes(32) })).toEqual(GONE);
    const snapshot = await again.ask('helper:resume', { sessionId: id, resume: attached.resume });
    expect(HelperSnapshot.parse(snapshot)).toMatchObject({ mode: 'control', hostPresent: true });
    for (const browser of [host, peer])
      expect(await browser.next('helper:state')).toMatchObject({ state: 'attached' });

    // A newer socket takes the older one's place; the older one's end is no news any more.
    const newest = await server.helper();
    expect((await newest.ask('helper:resume', { sessionId: id, resume: attached.resume })).ok).toBe(true);
    const message = { sessionId: id, to: 'host', envelope: sealed() };
    expect(await again.ask('helper:relay', message)).toEqual(GONE);
    again.disconnect();
    await again.gone;
    expect(await newest.ask('helper:relay', message)).toEqual({ ok: true });
    expect(await findHelper(server.db, id)).toMatchObject({ away_until: null });
  });

  it('goes on without a helper that stays away', async () => {
    const { id, helper, host, peer, attached } = await helped(server);
    helper.disconnect();
    await host.next('helper:state');
    await server.clock.advance(61 * SECOND);
    expect(await host.next('helper:state')).toEqual({ sessionId: id, state: 'none' });
    expect(await peer.next('helper:state')).toMatchObject({ state: 'away' });
    expect(await peer.next('helper:state')).toEqual({ sessionId: id, state: 'none' });
    expect(await findSession(server.db, id)).toMatchObject({ state: 'active' });
    const late = await server.helper();
    expect(await late.ask('helper:resume', { sessionId: id, resume: attached.resume })).toEqual(GONE);
    expect((await host.ask('helper:offer', { sessionId: id, rdv: bytes(16) })).ok).toBe(true);
  });

  it('sends a helper away for good when the host goes on without it', async () => {
    const { id, helper, host, peer, attached, helperRdv } = await helped(server);
    expect(await host.ask('helper:dismiss', { sessionId: id })).toEqual({ ok: true });
    expect(await helper.next('helper:dismissed')).toEqual({ sessionId: id });
    expect(await peer.next('helper:state')).toEqual({ sessionId: id, state: 'none' });
    const end = { sessionId: id, by: 'customer', reason: 'cancelled' };
    expect(await helper.ask('session:end', end)).toEqual(GONE);
    expect(await helper.ask('helper:resume', { sessionId: id, resume: attached.resume })).toEqual(GONE);
    expect(await helper.ask('helper:attach', attachMessage(helperRdv))).toEqual(UNKNOWN);
    expect(await host.ask('helper:dismiss', { sessionId: id })).toEqual({ ok: true });
    expect(await findSession(server.db, id)).toMatchObject({ state: 'active' });
  });

  it('survives a restart of the server', async () => {
    const dataDir = scratchFolder();
    const before = await startTestServer({ dataDir });
    const { id, attached } = await helped(before);
    await before.stop();
    const after = await startTestServer({ dataDir });
    const helper = await after.helper();
    expect(await helper.ask('helper:resume', { sessionId: id, resume: attached.resume })).toMatchObject({
      ok: true,
      hostPresent: false,
      peerPresent: false,
    });
    await after.close();
  });
});

describe('ending', () => {
  it.each(['control', 'share'] as const)('is the helper’s own side’s, in %s', async (mode) => {
    const { id, helper, peer } = await helped(server, mode);
    const [own, other] = mode === 'control' ? ['customer', 'operator'] : ['operator', 'customer'];
    for (const by of [other, 'server'])
      expect(await helper.ask('session:end', { sessionId: id, by, reason: 'cancelled' })).toEqual(INVALID);
    for (const reason of ['declined', 'share_stopped', 'expired', 'signed_out', 'no_path'])
      expect(await helper.ask('session:end', { sessionId: id, by: own, reason })).toEqual(INVALID);
    const end = { sessionId: id, by: own, reason: 'cancelled' };
    expect(await helper.ask('session:end', end)).toEqual({ ok: true });
    expect(await peer.next('session:ended')).toEqual(end);
    expect(await helper.ask('session:end', end)).toEqual({ ok: true });
    expect(await auditOf(id)).toMatchObject({ endedBy: own, endReason: 'cancelled' });
  });
});

describe('the audit', () => {
  it('has the grants as they changed, in order, told by the helper only', async () => {
    const { id, helper, host } = await helped(server);
    const report = (input: boolean, clipboard: boolean) =>
      helper.ask('helper:grants', { sessionId: id, grants: { input, clipboard } });
    expect(
      await host.ask('helper:grants', { sessionId: id, grants: { input: true, clipboard: true } }),
    ).toEqual(INVALID);
    await report(true, false);
    const at = server.clock.now();
    await server.clock.advance(SECOND);
    await Promise.all([report(true, false), report(true, true), report(false, true), report(false, false)]);
    expect((await auditOf(id))?.grants).toEqual([
      { at, input: true, clipboard: false },
      { at: at + SECOND, input: true, clipboard: true },
      { at: at + SECOND, input: false, clipboard: true },
      { at: at + SECOND, input: false, clipboard: false },
    ]);
  });

  it.each(['dismissed', 'gone without a word'] as const)(
    'ends what was granted with a helper that is %s',
    async (how) => {
      const { id, helper, host } = await helped(server);
      const on = { input: true, clipboard: true };
      await helper.ask('helper:grants', { sessionId: id, grants: on });
      const at = server.clock.now();
      if (how === 'dismissed') await host.ask('helper:dismiss', { sessionId: id });
      else {
        helper.disconnect();
        expect(await host.next('helper:state')).toMatchObject({ state: 'away' });
        await server.clock.advance(61 * SECOND);
        expect(await host.next('helper:state')).toMatchObject({ state: 'none' });
      }
      const grants = (await auditOf(id))?.grants;
      expect(grants).toEqual([
        { at, ...on },
        { at: expect.any(Number), input: false, clipboard: false },
      ]);
    },
  );

  it('has no end of changes refused', async () => {
    const { id, helper } = await helped(server);
    const answers = await Promise.all(
      Array.from({ length: MAX_GRANT_ROWS + 5 }, (_, n) =>
        helper.ask('helper:grants', { sessionId: id, grants: { input: n % 2 === 0, clipboard: false } }),
      ),
    );
    expect(answers.filter(({ error }) => error === 'limited')).toHaveLength(3); // every other one repeats the last that was kept
    expect((await auditOf(id))?.grants).toHaveLength(MAX_GRANT_ROWS);
  });

  it('has the windows that were chosen, told by the side that shows them (RS-114)', async () => {
    const { id, host, peer } = await helped(server);
    expect(await auditOf(id)).toMatchObject({ windowsOnly: false, windows: null });
    expect(await peer.ask('session:selection', { sessionId: id, windows: 3 })).toEqual(NOT_ALLOWED);
    for (const windows of [0, 9, 1.5, '2'])
      expect(await host.ask('session:selection', { sessionId: id, windows })).toEqual(INVALID);
    expect(await host.ask('session:selection', { sessionId: id, windows: 3 })).toEqual({ ok: true });
    expect(await auditOf(id)).toMatchObject({ windowsOnly: true, windows: 3 });
  });
});

describe('application selection', () => {
  it('is carried from the operator’s wish to both sides (RS-50)', async () => {
    const [desk, customer] = [await server.desk(), await server.customer()];
    const rdv = bytes(16);
    const opened = await desk.ask('session:open', { rdv, mode: 'control', ttlMinutes: 5, windowsOnly: true });
    expect(Opened.parse(opened).windowsOnly).toBe(true);
    const id = opened.sessionId;
    const joined = await customer.ask('session:join', { rdv, share: bytes(32), path: 'download' });
    expect(Joined.parse(joined).windowsOnly).toBe(true);
    const ticket = { sessionId: id, resume: joined.resume };
    expect(await customer.ask('session:resume', ticket)).toMatchObject({ windowsOnly: true });
    expect(await desk.ask('session:resume', { sessionId: id, resume: opened.resume })).toMatchObject({
      windowsOnly: true,
      helper: { sessionId: id, state: 'none' },
    });
    expect(await auditOf(id)).toMatchObject({ windowsOnly: true, path: 'download' });
  });
});
