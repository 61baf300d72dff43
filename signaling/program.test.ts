/** The programs as people start them: links, signals, crashes, the command line. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SessionRow } from '../shared/protocol/http';
import { buildPrograms, freePort, run, type Program } from './testing/program';
import { PASSWORD } from './testing/server';
import { activate, bytes, issue, joinMessage, NETWORK } from './testing/session';
import { connect } from './testing/socket';

let removePrograms: () => void;
beforeAll(async () => {
  removePrograms = await buildPrograms();
}, 60_000);
afterAll(() => removePrograms());

let folder: string;
let running: Program[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasuki-program-'));
  running = [];
});
afterEach(async () => {
  for (const { child, exited } of running) {
    child.kill('SIGKILL');
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
});

const env = (more: Record<string, string> = {}) => ({
  TASUKI_PORT: '0',
  TASUKI_DATA_DIR: join(folder, 'data'),
  TASUKI_LOG_LEVEL: 'warn',
  ...more,
});
const start = (args: string[], settings: Record<string, string>): Program => {
  const program = run('main', args, settings);
  running.push(program);
  return program;
};
const cli = async (args: string[], stdin = `${PASSWORD}\n`) => {
  const program = run('cli', args, env(), stdin);
  return { code: await program.exited, stdout: program.stdout(), stderr: program.stderr() };
};
const SETUP = ['setup', '--company', 'Acme', '--admin-id', 'admin', '--password-stdin'];
const ADD = ['operator', 'add', '--id', 'operator', '--name', 'Olga', '--password-stdin'];

async function login(url: string, role: string, id: string, password = PASSWORD): Promise<string> {
  const response = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ id, password, role }),
  });
  expect([response.status, await response.text()]).toEqual([200, expect.anything()]);
  return response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

describe('the server', () => {
  it('makes its folder, prints three links, keeps the set-up link, and stops when asked', async () => {
    const first = start([], env());
    const links = await first.prints('/setup#token=');
    const url = /Customer page\s+(http:\/\/localhost:\d+)\//.exec(links)?.[1] ?? '';
    expect(links).toContain(`${url}/desk`);
    const token = /#token=([\w-]{43})\n/.exec(links)?.[1];
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(mode(join(folder, 'data'))).toBe('700');
    for (const file of readdirSync(join(folder, 'data')))
      expect([file, mode(join(folder, 'data', file))]).toEqual([file, '600']);
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(first.stderr()).not.toContain(token);

    const second = start([], env());
    expect(await second.prints('/setup#token=')).toContain(`#token=${token}\n`);
    expect((await cli(SETUP)).code).toBe(0);
    second.child.kill('SIGINT');
    expect(await second.exited).toBe(0);
    expect(existsSync(join(folder, 'data', 'setup-token'))).toBe(false);

    const third = start([], env({ TASUKI_SETUP_TOKEN: 'fixed' }));
    const later = await third.prints('/admin');
    expect(later).not.toContain('setup');
  });

  it('survives SIGKILL in the middle of a session; the record is complete', async () => {
    expect((await cli(SETUP)).code).toBe(0);
    expect((await cli(ADD)).code).toBe(0);
    const settings = env({ TASUKI_PORT: String(await freePort()) });
    const url = `http://localhost:${settings.TASUKI_PORT}`;
    const first = start([], settings);
    await first.prints('/admin');
    const cookie = await login(url, 'operator', 'operator');
    const [desk, customer] = [await connect(url, '/desk', { cookie }), await connect(url, '/customer')];
    const session = await activate(desk, customer);
    const unused = await issue(desk);
    first.child.kill('SIGKILL');
    await Promise.all([desk.gone, customer.gone]);
    await first.exited;

    const second = start([], settings);
    await second.prints('/admin');
    const [desk2, customer2] = [await connect(url, '/desk', { cookie }), await connect(url, '/customer')];
    const ticket = (resume: string) => ({ sessionId: session.id, resume });
    const atDesk = await desk2.ask('session:resume', ticket(session.operatorToken));
    expect(atDesk).toMatchObject({ ok: true, peerPresent: false, mode: 'view' });
    expect(await customer2.ask('session:resume', ticket(session.customerToken))).toMatchObject({
      ok: true,
      peerPresent: true,
    });
    expect(await desk2.next('session:peer')).toEqual({ sessionId: session.id, present: true });
    const envelope = { t: 'hello', nonce: bytes(16), mac: bytes(32) };
    await customer2.ask('session:relay', { sessionId: session.id, envelope });
    expect(await desk2.next('session:relay')).toEqual({ sessionId: session.id, envelope });
    // A number issued before the crash can still be typed, and the operator hears of it after resuming.
    await desk2.ask('session:resume', { sessionId: unused.opened.sessionId, resume: unused.opened.resume });
    expect((await customer2.ask('session:join', joinMessage(unused.rdv))).ok).toBe(true);
    await desk2.next('session:joined');

    await desk2.ask('session:connected', { sessionId: session.id, network: { ...NETWORK, route: 'direct' } });
    await desk2.ask('session:end', { sessionId: session.id, by: 'operator', reason: 'cancelled' });
    const response = await fetch(`${url}/api/admin/sessions`, {
      headers: { cookie: await login(url, 'administrator', 'admin') },
    });
    const row = ((await response.json()) as SessionRow[]).find(({ id }) => id === session.id);
    expect(row).toMatchObject({
      operatorId: 'operator',
      customerAddress: '127.0.0.1',
      consent: 'granted',
      endedBy: 'operator',
      endReason: 'cancelled',
      route: 'direct',
    });
    const times = [row?.issuedAt, row?.redeemedAt, row?.consentAt, row?.startedAt, row?.endedAt];
    expect(times.every((time) => typeof time === 'number')).toBe(true);
    expect([...times].sort()).toEqual(times);
    desk2.disconnect();
    customer2.disconnect();
  }, 60_000);

  it('does not start with a wrong setting and says why', async () => {
    const wrong: [Record<string, string>, string][] = [
      [{ TASUKI_PORT: 'x' }, 'TASUKI_PORT must be a whole number from 0 to 65535, not "x".\n'],
      [{ TASUKI_HOST: '192.0.2.1' }, 'TASUKI_HOST is 192.0.2.1, but this machine has no such address.\n'],
      [{ TASUKI_DATA_DIR: '/dev/null/x' }, 'TASUKI_DATA_DIR cannot be used as a folder'],
    ];
    const programs = wrong.map(([settings, sentence]) => ({ program: start([], env(settings)), sentence }));
    for (const { program, sentence } of programs) {
      expect(await program.exited).toBe(1);
      expect(program.stderr()).toContain(sentence);
      expect(program.stderr()).not.toContain('    at ');
    }
  });

  it('says when its port is taken, and leaves the sessions of the other server alone', async () => {
    const first = start([], env());
    const url = /Customer page\s+(http:\/\/localhost:(\d+))\//.exec(await first.prints('/setup#token='));
    const second = start([], env({ TASUKI_PORT: url?.[2] ?? '' }));
    expect(await second.exited).toBe(1);
    expect(second.stderr()).toContain(`TASUKI_PORT is ${url?.[2]}, but something listens there already.`);
    expect((await fetch(`${url?.[1]}/readyz`)).status).toBe(200);
  });

  it('shows itself with --demo and leaves nothing behind', async () => {
    const demo = start(['--demo'], env({ TMPDIR: folder }));
    const text = await demo.prints('Administrator');
    const url = /Customer page\s+(http:\/\/localhost:\d+)\//.exec(text)?.[1] ?? '';
    expect(await (await fetch(`${url}/api/public`)).json()).toEqual({
      company: 'Demo Support',
      language: 'en',
      demo: true,
    });
    const password = /ID operator, password (\S+)/.exec(text)?.[1] ?? '';
    const cookie = await login(url, 'operator', 'operator', password);
    const desk = await connect(url, '/desk', { cookie });
    expect((await issue(desk)).opened.ok).toBe(true);
    const admin = /ID admin, password (\S+)/.exec(text)?.[1] ?? '';
    await login(url, 'administrator', 'admin', admin);
    expect(readdirSync(folder).some((name) => name.startsWith('tasuki-demo-'))).toBe(true);
    demo.child.kill('SIGTERM');
    expect(await demo.exited).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('tasuki-demo-') || name === 'data')).toEqual(
      [],
    );
  });
});

describe('the command line', () => {
  it('prints one line of JSON, or one sentence and fails', async () => {
    const done = await cli(SETUP);
    expect(done.code).toBe(0);
    expect(done.stdout).toMatch(/^\{"subscriber":"\w{8}","releaseKey":"[\w-]{39}"\}\n$/);
    expect(await cli(SETUP)).toEqual({ code: 1, stdout: '', stderr: 'The set-up was done before.\n' });
  });
});
