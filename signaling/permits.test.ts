/** The administrator changes what an operator may do, and it holds at once (RS-45, RS-46, RS-50, RS-51, RS-53). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_PERMIT } from '../shared/policy';
import type { AdminLogRow, Me, Operator, Permit } from '../shared/protocol/http';
import { startTestServer, type TestServer } from './testing/server';
import { bytes, issue, joinMessage, pair } from './testing/session';

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startTestServer();
  cookie = await server.login('administrator');
});
afterAll(() => server.close());

const change = (body: unknown) => server.request('PATCH', '/api/admin/operators/operator', { cookie, body });
const allow = async (wish: Partial<Permit>) => {
  const { status, body } = await change({ permit: { ...DEFAULT_PERMIT, ...wish } });
  expect(status).toBe(200);
  return body as Operator;
};
const wish = (mode: string, windowsOnly = false) => ({ rdv: bytes(16), mode, ttlMinutes: 10, windowsOnly });
const NOT_ALLOWED = { ok: false, error: 'not_allowed' };

beforeEach(() => allow({}));

describe('a permit', () => {
  it('is kept, shown to the operator, and written into the log', async () => {
    const modes: Permit['modes'] = ['view', 'control'];
    expect((await allow({ modes, appSelectionAlways: true })).permit).toMatchObject({
      modes,
      appSelectionAlways: true,
    });
    const { body } = await server.request('GET', '/api/me', { cookie: await server.login('operator') });
    expect((body as Me).permit).toMatchObject({ modes });
    const log = (await server.request('GET', '/api/admin/log', { cookie })).body as AdminLogRow[];
    expect(log.find(({ action }) => action === 'operator.permit')).toMatchObject({
      actor: 'administrator:admin',
      subject: 'operator (control, view, appSelection, appSelectionAlways)',
    });
  });

  it('without a mode keeps the open desk from it at once (RS-53)', async () => {
    const desk = await server.desk();
    expect((await desk.ask('session:open', wish('control'))).ok).toBe(true);
    await allow({ modes: ['view'] });
    expect(await desk.next('account:permit')).toMatchObject({ permit: { modes: ['view'] } });
    for (const mode of ['control', 'share', 'show', 'manage'])
      expect(await desk.ask('session:open', wish(mode))).toEqual(NOT_ALLOWED);
    expect((await desk.ask('session:open', wish('view'))).ok).toBe(true);
  });

  it('takes unused numbers back that it does not cover, and leaves what has begun', async () => {
    const [desk, customer] = [await server.desk(), await server.customer()];
    const running = await pair(desk, customer, 'control');
    const [control, view] = [await issue(desk, { mode: 'control' }), await issue(desk, { mode: 'view' })];
    await allow({ modes: ['view'] });
    expect(await desk.next('session:ended')).toEqual({
      sessionId: control.opened.sessionId,
      by: 'server',
      reason: 'withdrawn',
    });
    const late = await server.customer();
    expect(await late.ask('session:join', joinMessage(control.rdv))).toMatchObject({ error: 'code_unknown' });
    expect((await late.ask('session:join', joinMessage(view.rdv))).ok).toBe(true);
    expect((await desk.ask('session:ice', { sessionId: running.id })).ok).toBe(true);
  });

  it('has chosen windows only when it says always, and lets nobody ask for what it lacks', async () => {
    const desk = await server.desk();
    const free = await issue(desk);
    await allow({ appSelectionAlways: true });
    expect(await desk.next('session:ended')).toMatchObject({ sessionId: free.opened.sessionId });
    expect(await desk.ask('session:open', wish('view', false))).toMatchObject({
      ok: true,
      windowsOnly: true,
    });
    await allow({ appSelection: false });
    expect(await desk.ask('session:open', wish('view', true))).toEqual(NOT_ALLOWED);
    expect(await desk.ask('session:open', wish('view', false))).toMatchObject({ windowsOnly: false });
  });

  it('is refused in any other shape', async () => {
    for (const permit of [null, {}, { ...DEFAULT_PERMIT, modes: ['all'] }, { ...DEFAULT_PERMIT, more: true }])
      expect(await change({ permit })).toMatchObject({ status: 400, body: { error: 'invalid' } });
    const body = { permit: DEFAULT_PERMIT };
    const asOperator = { cookie: await server.login('operator'), body };
    expect((await server.request('PATCH', '/api/admin/operators/operator', asOperator)).status).toBe(401);
  });
});
