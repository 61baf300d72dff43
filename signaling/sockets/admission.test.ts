import { connect as tcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/server';
import { bytes, issue, pair } from '../testing/session';
import { connect } from '../testing/socket';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: { eventsPerSocket: 50 } });
});
afterAll(() => server.close());

describe('a socket', () => {
  it.each([
    null,
    'null',
    'https://evil.example',
    'http://localhost',
    'http://localhost:1',
    'HTTP://LOCALHOST',
  ])('from the origin %s is refused', async (origin) => {
    await expect(server.customer({ origin })).rejects.toThrow();
    const cookie = await server.login('operator');
    await expect(connect(server.url, '/desk', { origin, cookie })).rejects.toThrow();
  });

  it('from either of our own origins is welcome', async () => {
    const customer = await server.customer({ origin: server.url.replace('localhost', '127.0.0.1') });
    expect(customer.raw.connected).toBe(true);
  });

  it('of another version of the page is told so', async () => {
    for (const auth of [{}, { version: 0 }, { version: '1' }, { version: [1] }]) {
      await expect(server.customer({ auth })).rejects.toThrow('version');
    }
  });

  it('reaches the desk only with an operator’s sign-in', async () => {
    await expect(connect(server.url, '/desk')).rejects.toThrow('signed_out');
    const administrator = await server.login('administrator');
    await expect(server.desk(administrator)).rejects.toThrow('signed_out');
    const disguised = administrator.replace('tasuki-administrator', 'tasuki-operator');
    await expect(server.desk(disguised)).rejects.toThrow('signed_out');
  });

  it('has no other namespace and no polling', async () => {
    await expect(connect(server.url, '/')).rejects.toThrow('not_found');
    await expect(connect(server.url, '/admin')).rejects.toThrow('Invalid namespace');
    const polling = await server.request('GET', '/socket.io/?EIO=4&transport=polling');
    expect(polling.status).toBe(400);
  });

  it('is one of a bounded number from its address', async () => {
    const small = await startTestServer({ limits: { socketsPerAddress: 2 } });
    const first = await small.customer();
    await small.customer();
    await expect(small.customer()).rejects.toThrow();
    first.disconnect();
    await expect
      .poll(async () => {
        try {
          return (await small.customer()).raw.connected;
        } catch {
          return false;
        }
      })
      .toBe(true);
    await small.close();
  });
});

describe('a message', () => {
  it('of an unknown name, or without a proper acknowledgement, is no trouble', async () => {
    const customer = await server.customer();
    for (const name of ['session:open', 'session:withdraw', 'error', 'constructor', '__proto__', '']) {
      expect([name, await customer.ask(name, {})]).toEqual([name, { ok: false, error: 'invalid' }]);
    }
    customer.raw.emit('session:join');
    customer.raw.emit('session:join', 'no', 'function');
    customer.raw.emit('session:join', { rdv: bytes(16), share: bytes(32), path: 'code' });
    customer.raw.emit('session:relay', null, null, null);
    expect(await customer.ask('session:ice', { sessionId: bytes(16) })).toEqual({
      ok: false,
      error: 'session_gone',
    });
  });

  it('may not be too large', async () => {
    const customer = await server.customer();
    customer.raw.emit('session:join', 'x'.repeat(70_000), () => undefined);
    await customer.gone;
  });

  it('may not come too often, and weighs what it is long', async () => {
    const desk = await server.desk();
    const customer = await server.customer();
    const { id } = await pair(desk, customer);
    const envelope = { t: 'sealed', epoch: bytes(8), frame: 'x'.repeat(40_000) };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => customer.ask('session:relay', { sessionId: id, envelope })),
    );
    // 200 tokens of burst, 10 each; pairing took one.
    expect(answers.filter((answer) => answer.ok)).toHaveLength(19);
    const refused = answers.find((answer) => !answer.ok);
    expect(refused).toEqual({ ok: false, error: 'limited', retryAt: expect.any(Number) as number });
    expect(refused?.retryAt).toBeGreaterThan(server.clock.now());
    await server.clock.advance(1000);
    expect((await customer.ask('session:relay', { sessionId: id, envelope })).ok).toBe(true);
  });

  it('may come four times as often from a desk, whose one socket carries many sessions', async () => {
    const desk = await server.desk();
    const { id } = await pair(desk, await server.customer());
    const envelope = { t: 'sealed', epoch: bytes(8), frame: 'x'.repeat(40_000) };
    const answers = await Promise.all(
      Array.from({ length: 90 }, () => desk.ask('session:relay', { sessionId: id, envelope })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(79);
  });

  it('flood closes the socket, and its session waits for a better one', async () => {
    const desk = await server.desk();
    const customer = await server.customer();
    const { id } = await pair(desk, customer);
    for (let n = 0; n < 1000; n++) customer.raw.emit('session:ice', { sessionId: id });
    await customer.gone;
    expect(await desk.next('session:peer')).toEqual({ sessionId: id, present: false });
  });

  it('about somebody else’s session finds nothing', async () => {
    const { opened } = await issue(await server.desk());
    const stranger = await server.customer();
    const sessionId = opened.sessionId;
    const gone = { ok: false, error: 'session_gone' };
    expect(await stranger.ask('session:end', { sessionId, by: 'customer', reason: 'cancelled' })).toEqual(
      gone,
    );
    expect(await stranger.ask('session:resume', { sessionId, resume: opened.resume })).toEqual(gone);
    await server.addOperator('second');
    const colleague = await server.desk(await server.login('operator', 'second'));
    expect(await colleague.ask('session:resume', { sessionId, resume: opened.resume })).toEqual(gone);
    expect(await colleague.ask('session:withdraw', { sessionId })).toEqual(gone);
  });
});

it('a broken WebSocket handshake or frame harms nobody', async () => {
  const garbage = [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nOrigin: ${server.url}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n\xff\xff\xff\xff garbage`,
    'GET /other HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    'nonsense\r\n\r\n',
  ];
  for (const text of garbage) {
    await new Promise<void>((resolve) => {
      const socket = tcp(server.port, '127.0.0.1', () => socket.write(text, 'latin1'));
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      socket.on('close', () => resolve());
    });
  }
  expect((await server.request('GET', '/healthz')).status).toBe(200);
});
