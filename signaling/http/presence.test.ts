import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ButtonState } from '../../shared/protocol/embed';
import { SECOND } from '../clock';
import { saveButtonSet } from '../store/button-sets';
import { DEFAULT_CHAT_SETTINGS, saveChatSettings } from '../store/chat-settings';
import { findTenant } from '../store/tenants';
import { startTestServer, type TestServer } from '../testing/server';

let server: TestServer;
let owner: string;
let tenantId: string;
beforeAll(async () => {
  server = await startTestServer({ limits: { streamsPerAddress: 3 } });
  const tenant = await findTenant(server.db);
  [owner, tenantId] = [tenant?.subscriber ?? '', tenant?.id ?? ''];
});
afterAll(() => server.close());

/** An open stream, read event by event. */
async function listen(query = '', origin = 'https://www.example.com') {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/api/chat/presence?owner=${owner}${query}`, {
    headers: { origin },
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let retry = 0;
  return {
    response,
    /** How soon the page is to come again, in ms, once an event was read. */
    retry: () => retry,
    /** The next event, or the next comment as null. */
    async next(): Promise<ButtonState | null> {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          if (event.startsWith('retry:')) {
            retry = Number(event.slice(6));
            continue;
          }
          if (event.startsWith(':')) return null;
          expect(event).toMatch(/^event: state\ndata: /);
          return JSON.parse(event.split('data: ')[1] ?? '') as ButtonState;
        }
        const { value, done } = reader ? await reader.read() : { value: undefined, done: true };
        if (done) throw new Error('the stream has ended');
        text += value ?? '';
      }
    },
    close: () => abort.abort(),
  };
}

/** Streams that were closed give their places back once the server has noticed. */
async function untilFree(origin?: string): Promise<void> {
  for (;;) {
    const stream = await listen('', origin);
    await stream.next();
    stream.close();
    if (stream.retry() === 3000) return;
  }
}

const OFFLINE = { online: false, offlineMessages: true, picture: null };

it('tells the state at once, and again when it changes, here or at another node', async () => {
  const stream = await listen();
  expect(Object.fromEntries(stream.response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'access-control-allow-origin': '*',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  expect(await stream.next()).toEqual(OFFLINE);
  const cookie = await server.login('administrator');
  const body = { ...DEFAULT_CHAT_SETTINGS, offlineMessages: false };
  await server.request('PUT', '/api/admin/chat', { body, cookie });
  expect(await stream.next()).toEqual({ ...OFFLINE, offlineMessages: false });
  // Straight into the store, as another node would: seen with the next look, a second later.
  await saveChatSettings(server.db, tenantId, DEFAULT_CHAT_SETTINGS);
  await server.clock.advance(SECOND);
  expect(await stream.next()).toEqual(OFFLINE);
  stream.close();
});

it('names the picture of the set that was asked for (RS-24)', async () => {
  const [online, offline] = ['https://a.test/on.gif', 'https://a.test/off.gif'];
  await saveButtonSet(server.db, tenantId, { name: 'chat', online, offline });
  const stream = await listen('&button=chat');
  expect(await stream.next()).toEqual({ ...OFFLINE, picture: offline });
  stream.close();
  const unknown = await listen('&button=none');
  expect(await unknown.next()).toEqual(OFFLINE);
  unknown.close();
});

it('beats, so that proxies keep it open', async () => {
  await untilFree();
  const stream = await listen();
  await stream.next();
  await server.clock.advance(15 * SECOND);
  expect(await stream.next()).toBeNull();
  stream.close();
});

it('is bounded for an address: one page more is told the state and comes again much later', async () => {
  await untilFree();
  const streams: Awaited<ReturnType<typeof listen>>[] = [];
  let once: Awaited<ReturnType<typeof listen>>;
  for (;;) {
    const stream = await listen();
    expect(stream.response.status).toBe(200);
    expect(await stream.next()).toEqual(OFFLINE);
    if (stream.retry() !== 3000) {
      once = stream;
      break;
    }
    streams.push(stream);
    expect(streams.length).toBeLessThanOrEqual(3);
  }
  expect(once.retry()).toBeGreaterThanOrEqual(60_000);
  expect(once.retry()).toBeLessThanOrEqual(120_000);
  await expect(once.next()).rejects.toThrow('the stream has ended');
  for (const stream of streams) stream.close();
  await untilFree();
});

it('is for the tenant’s own sites once they are named', async () => {
  const origins = ['https://*.example.com'];
  await saveChatSettings(server.db, tenantId, { ...DEFAULT_CHAT_SETTINGS, origins });
  await untilFree('https://shop.example.com');
  const allowed = await listen('', 'https://shop.example.com');
  expect(allowed.response.headers.get('access-control-allow-origin')).toBe('https://shop.example.com');
  expect(allowed.response.headers.get('vary')).toContain('origin');
  allowed.close();
  const foreign = await listen('', 'https://evil.test');
  expect(foreign.response.status).toBe(403);
  expect(foreign.response.headers.get('access-control-allow-origin')).toBeNull();
  await saveChatSettings(server.db, tenantId, DEFAULT_CHAT_SETTINGS);
});

it('of nobody, or of a code that is none, is not there', async () => {
  for (const query of ['owner=ABCDEFGH', 'owner=x', '', `owner=${owner}&button=%00`]) {
    const { status } = await server.request('GET', `/api/chat/presence?${query}`);
    expect([query, status]).toEqual([query, query === 'owner=ABCDEFGH' ? 404 : 400]);
  }
  expect((await server.request('HEAD', `/api/chat/presence?owner=${owner}`)).status).toBe(404);
});

it('does not keep the server from stopping', async () => {
  const other = await startTestServer();
  const tenant = await findTenant(other.db);
  const stream = await fetch(`${other.url}/api/chat/presence?owner=${tenant?.subscriber}`);
  await other.close();
  expect(await stream.text()).toContain('retry');
});
