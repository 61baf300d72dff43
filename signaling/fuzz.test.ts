/** Whatever is thrown at the server, it answers in its own words and stays well. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../shared/protocol/errors';
import { EVENTS } from './sockets/namespaces';
import { chatHouse, must, opened, staffMember } from './testing/chat';
import { startTestServer, type TestServer } from './testing/server';
import { bytes, helped } from './testing/session';
import type { Speaker } from './sockets/on';
import type { TestSocket } from './testing/socket';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const RUNS = 60;

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let n = 0; n < depth; n++) value = n % 2 ? [value] : { a: value };
  return value;
};

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, '', 0, -1, 1e308, [], {}, 'x'.repeat(50_000), '\u0000', '\uD800', '\u202E', nested(500)],
    ...[['__proto__'], { length: -1 }, { toString: 1 }, { then: 1 }, { toJSON: 'x' }],
  ),
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** Objects with the names our messages use, so that more than the first check is reached. */
const NAMES = [
  ...[
    'rdv',
    'share',
    'path',
    'subscriber',
    'mode',
    'ttlMinutes',
    'windowsOnly',
    'version',
    'system',
    'systemVersion',
    'to',
    'grants',
    'windows',
    'sessionId',
    'resume',
    'granted',
    'envelope',
  ],
  ...['network', 'by', 'reason', 't', 'frame', 'epoch', 'tag', 'id', 'password', 'role', 'token', 'company'],
  ...['owner', 'box', 'proof', 'website', 'settings', 'zone', 'code', 'customerName'],
  ...['adminId', 'language', 'vault', 'name', 'email', 'state', 'constructor', 'prototype', 'hasOwnProperty'],
  ...['signKey', 'boxKey', 'proof', 'certificate', 'wrapped', 'card'],
  ...['shortcut', 'text'],
  ...['chatId', 'message', 'question', 'claim', 'visitorKey', 'keyBox', 'after', 'stars', 'comment', 'on'],
  ...['available', 'who', 'hours', 'delivered', 'seen', 'sender', 'n', 'from'],
];
const plausible = fc.oneof(
  odd,
  fc.constantFrom<unknown>('view', 'show', 'code', 'sealed', 'customer', 'cancelled', true, 10),
  fc.constantFrom(8, 16, 32, 64).map(bytes),
);
const message = fc.oneof(odd, fc.dictionary(fc.constantFrom(...NAMES), plausible, { maxKeys: 8 }));

/** `{"__proto__": …}` as an own key, which only a parser can make. */
const poisoned = message.map((value) => {
  const text = JSON.stringify(value) || 'null';
  return text.startsWith('{')
    ? text.replace('{', '{"__proto__":{"polluted":true}' + (text === '{}' ? '' : ','))
    : text;
});

async function isWell(): Promise<void> {
  const { status, body } = await server.request('GET', '/readyz');
  expect({ status, body }).toEqual({ status: 200, body: { ok: true } });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
}

describe('sockets', () => {
  /** One set of sockets for all runs, opened anew if the server threw one out (too large a message). */
  let customer: TestSocket | undefined;
  let desk: TestSocket | undefined;
  let helper: TestSocket | undefined;
  let cookie: string;
  let id: string;
  let chatId: string;
  beforeAll(async () => {
    cookie = await server.login('operator');
    ({ id, customer, desk, helper } = await helped(server));
    const house = await chatHouse(server);
    const staff = await staffMember(house);
    await must(desk, 'chat:watch', {});
    ({ chatId } = await opened(house, { ...staff, socket: desk }, customer));
  });
  const socketOf = async (side: Speaker): Promise<TestSocket> => {
    if (side === 'operator') return (desk = desk?.raw.connected ? desk : await server.desk(cookie));
    if (side === 'helper') return (helper = helper?.raw.connected ? helper : await server.helper());
    return (customer = customer?.raw.connected ? customer : await server.customer());
  };
  const events = (['operator', 'customer', 'helper'] as const).flatMap((side) =>
    EVENTS[side].map(({ name }) => [side, name] as const),
  );

  it.each(events)('%s sends %s', async (side, name) => {
    await fc.assert(
      fc.asyncProperty(message, fc.boolean(), async (value, ours) => {
        const socket = await socketOf(side);
        const sent =
          ours && value && typeof value === 'object' && !Array.isArray(value)
            ? { ...value, sessionId: id, chatId }
            : value;
        const answer = await Promise.race([socket.ask(name, sent), socket.gone]);
        if (!answer) return; // longer than any message may be
        if (!answer.ok) expect(ERROR_CODES.filter((code) => code !== 'failed')).toContain(answer.error);
      }),
      { numRuns: RUNS },
    );
    await isWell();
  });

  it('any event at all, with any arguments', async () => {
    const anyName = fc.oneof(fc.constantFrom(...events.map(([, name]) => name)), fc.string());
    await fc.assert(
      fc.asyncProperty(anyName, fc.array(odd, { maxLength: 4 }), async (name, values) => {
        const socket = await socketOf('customer');
        if (
          [
            'connect',
            'connect_error',
            'disconnect',
            'disconnecting',
            'newListener',
            'removeListener',
          ].includes(name)
        )
          return;
        socket.raw.emit(name, ...values);
        await Promise.race([socket.ask('session:ice', { sessionId: bytes(16) }), socket.gone]);
      }),
      { numRuns: 2 * RUNS },
    );
    await isWell();
  });

  it('binary messages', async () => {
    const binary = fc.uint8Array({ maxLength: 2000 }).map((data) => Buffer.from(data));
    await fc.assert(
      fc.asyncProperty(binary, async (data) => {
        const socket = await socketOf('customer');
        const answer = await socket.ask('session:join', { rdv: data, share: [data, { data }] });
        expect(answer).toEqual({ ok: false, error: 'invalid' });
      }),
      { numRuns: 20 },
    );
    await isWell();
  });
});

describe('HTTP', () => {
  it('any body on any route', async () => {
    const cookie = `${await server.login('operator')}; ${await server.login('administrator')}`;
    const routes = [...server.server.routes].filter((route) => !/logout/.test(route));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        poisoned,
        fc.webSegment(),
        async (route, body, segment) => {
          const [method = '', pattern = ''] = route.split(' ');
          const path = pattern.replace(/:\w+|\*/g, segment || 'x');
          const bodiless = method === 'GET' || method === 'HEAD';
          const answer = await server.request(method, path, { cookie, ...(bodiless ? {} : { body }) });
          expect([route, answer.status < 500]).toEqual([route, true]);
        },
      ),
      { numRuns: 6 * RUNS },
    );
    await isWell();
  });

  it('any query, cookie and header', async () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 300 });
    const query = fc.oneof(
      fc.webQueryParameters(),
      fc.constantFrom(
        'before=1e999&limit=-1',
        'limit=0',
        'before=NaN',
        'limit=50&limit=60',
        '__proto__[a]=1',
      ),
    );
    const cookie = await server.login('administrator');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/api/admin/log', '/api/admin/sessions', '/api/offline', '/api/me', '/api/nothing'),
        query,
        text,
        async (path, search, value) => {
          const headers = { 'x-forwarded-for': value, 'sec-fetch-site': value, accept: value };
          const answer = await server.request('GET', `${path}?${search}`, {
            headers,
            cookie: `${cookie}; tasuki-operator=${value.replace(/[^\x20-\x7e]/g, '')}`,
          });
          expect([path, search, answer.status < 500]).toEqual([path, search, true]);
        },
      ),
      { numRuns: 2 * RUNS },
    );
    await isWell();
  });
});

it('memory stays bounded under a flood of oversized and unwanted messages', async () => {
  const flood = async (rounds: number) => {
    for (let n = 0; n < rounds; n++) {
      const socket = await server.customer();
      const text = 'x'.repeat(60_000);
      const answers = Array.from({ length: 50 }, () => socket.ask('session:join', { rdv: text }));
      await Promise.all(answers);
      socket.disconnect();
      await socket.gone;
    }
  };
  const used = () => {
    (globalThis as { gc?: () => void }).gc?.();
    return process.memoryUsage().heapUsed;
  };
  await flood(3);
  const before = used();
  await flood(15); // 45 MB of messages
  expect(used() - before).toBeLessThan(64 * 1024 * 1024);
  await isWell();
});
