import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerSocket, SocketEvents } from '../net/socket';
import { CustomerPage } from './customer-page.svelte';
import { PATIENCE_MS } from './restored-session.svelte';

const HOST = { operator: '山田 花子', company: 'みどり商事' };
const ID = 'A'.repeat(22);
const address = (change: object = {}) =>
  Buffer.from(
    JSON.stringify({
      v: 1,
      id: ID,
      resume: 'B'.repeat(43),
      key: Buffer.alloc(64, 7).toString('base64url'),
      mode: 'view',
      host: HOST,
      windowsOnly: false,
      secret: Buffer.alloc(16, 7).toString('base64url'),
      ...change,
    }),
  ).toString('base64url');
const SNAPSHOT = {
  ok: true,
  host: HOST,
  mode: 'view',
  peerPresent: true,
  ice: { servers: [], policy: 'all' },
  windowsOnly: false,
  helper: { sessionId: ID, state: 'none' },
};

/** A page whose server is away until `online`. */
function arrive(answers: Record<string, object> = {}) {
  const asked: [string, unknown][] = [];
  let events!: SocketEvents;
  let connected = false;
  const socket = {
    get connected() {
      return connected;
    },
    open: () => undefined,
    close: () => undefined,
    replace: () => undefined,
    on: () => () => undefined,
    request: (event: string, message: unknown) => {
      asked.push([event, message]);
      const ack = connected ? (answers[event] ?? { ok: true }) : { ok: false, error: 'failed' };
      return Promise.resolve(ack);
    },
  } as unknown as ServerSocket;
  const page = new CustomerPage((given) => {
    events = given;
    return socket;
  });
  const online = () => {
    connected = true;
    events.connected();
  };
  return { page, asked, online, events: () => events, names: () => asked.map(([event]) => event) };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { origin: 'https://support.example' });
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: () => new Promise(() => undefined) } });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a session taken over from the helper', () => {
  it('asks the person in front of the page once more before anything is shown', async () => {
    const { page, online } = arrive({ 'session:resume': SNAPSHOT });
    const taking = page.take(address());
    await vi.waitFor(() => expect(page.restoring).toBe('soon'));
    expect(page.session).toBeNull();
    online();
    await taking;
    expect(page.session?.phase).toEqual({ at: 'consent', card: HOST });
    expect(page.session?.taken).toBe(true);
    page.session?.allow();
    expect(page.session?.phase).toEqual({ at: 'picking', capture: 'picking' });
    expect(page.session?.taken).toBe(false);
  });

  it('can be declined', async () => {
    const { page, online, names } = arrive({ 'session:resume': SNAPSHOT });
    const taking = page.take(address());
    await vi.waitFor(() => expect(page.restoring).toBe('soon'));
    online();
    await taking;
    page.session?.decline();
    expect(page.session?.phase).toEqual({ at: 'ended', by: 'customer', reason: 'declined' });
    expect(names()).toContain('session:end');
  });

  it.each([
    ['company', { host: { ...HOST, company: 'Bank' } }],
    ['operator', { host: { ...HOST, operator: 'x' } }],
    ['mode', { mode: 'show' }],
  ])('ends as tampered with where the address names another %s than the server', async (_, change) => {
    const { page, online } = arrive({ 'session:resume': SNAPSHOT });
    const taking = page.take(address(change));
    await vi.waitFor(() => expect(page.restoring).toBe('soon'));
    online();
    await taking;
    expect(page.session?.phase).toEqual({ at: 'ended', by: 'customer', reason: 'tampered' });
  });

  it('says so when the address is of no helper', async () => {
    for (const text of ['*', address({ key: 'C'.repeat(86) })]) {
      const { page } = arrive();
      await page.take(text);
      expect([page.takeProblem, page.restoring, page.session]).toEqual(['broken', null, null]);
    }
  });

  it('says so when it is over, also when the server came back late', async () => {
    const { page, online } = arrive({ 'session:resume': { ok: false, error: 'session_gone' } });
    const taking = page.take(address());
    await vi.waitFor(() => expect(page.restoring).toBe('soon'));
    await vi.advanceTimersByTimeAsync(15_000);
    await taking;
    expect([page.restoring, page.takeProblem]).toEqual(['late', null]);
    online();
    await vi.waitFor(() => expect(page.takeProblem).toBe('gone'));
    expect([page.restoring, page.session]).toEqual([null, null]);
  });
});

describe('while the server is away', () => {
  async function waiting(answers?: Record<string, object>) {
    const there = arrive(answers);
    void there.page.take(address());
    await vi.waitFor(() => expect(there.page.restoring).toBe('soon'));
    return there;
  }

  it('goes on waiting, says so, and takes the session up whenever the server comes back', async () => {
    const { page, online } = await waiting({ 'session:resume': SNAPSHOT });
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(page.restoring).toBe('late');
    // Longer than any step of a session that runs may last.
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    expect(page.restoring).toBe('late');
    online();
    await vi.waitFor(() => expect(page.session?.phase.at).toBe('consent'));
    expect(page.restoring).toBeNull();
  });

  it.each([
    ['given up', (page: CustomerPage) => page.giveUp()],
    [
      'replaced by a number',
      (page: CustomerPage) => void page.submit({ code: '12345678', path: 'code', subscriber: 'x' }),
    ],
  ])('ends a session that is %s, and tells the server later', async (_, act) => {
    const { page, asked, online } = await waiting({ 'session:resume': SNAPSHOT });
    act(page);
    expect(page.restoring).toBeNull();
    expect(asked.filter(([event]) => event === 'session:end')).toEqual([]);
    online();
    await vi.waitFor(() =>
      expect(asked).toContainEqual(['session:end', { sessionId: ID, by: 'customer', reason: 'cancelled' }]),
    );
    expect(page.session).toBeNull();
  });

  it('leaves no session behind that comes in after the page was left', async () => {
    const { page, online, names } = await waiting({ 'session:resume': SNAPSHOT });
    page.dispose();
    expect(page.restoring).toBeNull();
    online();
    await vi.waitFor(() => expect(names()).toContain('session:end'));
    expect(page.session).toBeNull();
  });

  it('takes up no second one', async () => {
    const { page } = await waiting();
    await page.take(address({ id: 'Z'.repeat(22) }));
    expect(page.takeProblem).toBe('open');
    expect(page.restoring).not.toBeNull();
  });
});
