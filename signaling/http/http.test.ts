import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as tcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, PASSWORD, SETUP_TOKEN, startTestServer, VAULT, type TestServer } from '../testing/server';

/** As a browser would never send it: no URL is tidied up on the way. */
function rawStatus(port: number, method: string, path: string, origin: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = tcp(port, '127.0.0.1', () => {
      const body = method === 'POST' ? '{}' : '';
      socket.write(
        `${method} ${path} HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
    });
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])));
    socket.on('error', reject);
  });
}

function fakeClient(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tasuki-client-'));
  for (const name of ['assets', '.vite']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>shell</title>');
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets/app-1a2b3c.js'), 'console.log("plain")');
  writeFileSync(join(folder, 'assets/app-1a2b3c.js.br'), 'pretend this is brotli');
  writeFileSync(join(folder, '.vite/manifest.json'), '{}');
  return folder;
}

const clientDir = fakeClient();
afterAll(() => rmSync(clientDir, { recursive: true, force: true }));

const SETUP = {
  token: SETUP_TOKEN,
  company: COMPANY,
  adminId: 'admin',
  password: PASSWORD,
  language: 'ja',
  vault: VAULT,
};

describe('set-up', () => {
  it('is done once, by whoever has the link; then it is as if it had never been (RS-9)', async () => {
    const server = await startTestServer({ populated: false, clientDir });
    const post = (body: object) => server.request('POST', '/api/setup', { body });
    expect((await server.request('GET', '/api/public')).body).toEqual({
      company: null,
      language: null,
      demo: false,
    });
    expect((await server.request('GET', '/setup')).status).toBe(200);
    expect(await post({ ...SETUP, token: 'guess' })).toMatchObject({
      status: 403,
      body: { error: 'not_allowed' },
    });
    expect(await post({ ...SETUP, password: 'short', vault: undefined })).toMatchObject({
      status: 400,
      body: { error: 'invalid', fields: ['password', 'vault'] },
    });
    const answers = await Promise.all([post(SETUP), post(SETUP), post(SETUP)]);
    const done = answers.filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(2);
    expect(done[0]?.body).toEqual({ subscriber: expect.stringMatching(/^[2-9A-HJKMNP-Z]{8}$/) as string });
    expect((await server.request('GET', '/api/public')).body).toEqual({
      company: COMPANY,
      language: 'ja',
      demo: false,
    });

    const unknown = await server.request('GET', '/no-such-page');
    for (const path of ['/setup', '/api/setup']) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await server.request(
          method,
          path,
          method === 'GET' || method === 'HEAD' ? {} : { body: SETUP },
        );
        expect([method, path, answer.status]).toEqual([method, path, 404]);
        if (method !== 'HEAD') expect(answer.body).toEqual(unknown.body);
      }
    }
    for (const path of spellings('setup').flatMap((name) => [`/${name}`, `/api/${name}`])) {
      for (const method of ['GET', 'POST']) {
        const status = await rawStatus(server.port, method, path, server.url);
        expect([method, path, status]).toEqual([method, path, 404]);
      }
    }
    // Nor does a stranger's request, which is refused elsewhere for where it comes from, tell that set-up existed.
    const stranger = { headers: { origin: 'https://evil.example' }, body: SETUP };
    expect((await server.request('POST', '/api/setup', stranger)).body).toEqual(unknown.body);
    await server.close();
  });

  it('is done from our own pages only', async () => {
    const server = await startTestServer({ populated: false });
    const stranger = { headers: { origin: 'https://evil.example' }, body: SETUP };
    expect((await server.request('POST', '/api/setup', stranger)).status).toBe(403);
    await server.close();
  });

  function spellings(name: string): string[] {
    const encoded = Buffer.from(name).toString('hex').replace(/../g, '%$&');
    return [
      ...[name, name.toUpperCase(), 'Setup', encoded, `%2573etup`, `%73etup`],
      ...[`${name}/`, `/${name}`, `./${name}`, `x/../${name}`, `${name}//`, `${name}%2f`, `%2f${name}`],
      ...[
        `${name};x`,
        `${name}?x`,
        `${name}%00`,
        `${name}%20`,
        `${name}.html`,
        `${name}/x`,
        `${name}%`,
        `\\${name}`,
      ],
    ];
  }

  it('throttles guessing of its token', async () => {
    const server = await startTestServer({ populated: false, limits: { loginsPerAddress: 2 } });
    const guess = () => server.request('POST', '/api/setup', { body: { ...SETUP, token: 'guess' } });
    expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([403, 403, 429]);
    await server.close();
  });
});

describe('requests', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ clientDir });
  });
  afterAll(() => server.close());
  const LOGIN = { id: 'operator', password: PASSWORD, role: 'operator' };

  it('change something only when they come from our own pages', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/login`, {
        method: 'POST',
        body: JSON.stringify(LOGIN),
        headers: { 'content-type': 'application/json', ...headers },
      });
    const own = server.url;
    expect((await post({ origin: own })).status).toBe(200);
    expect((await post({ origin: own.replace('localhost', '127.0.0.1') })).status).toBe(200);
    expect((await post({ origin: own, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    const foreign = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: `${own}.evil.example` },
      { origin: `${own}/` },
      { origin: own.toUpperCase() },
      { origin: own.replace(/:\d+$/, '') },
      { origin: own, 'sec-fetch-site': 'cross-site' },
      { origin: own, 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const answer = await post(headers as Record<string, string>);
      expect([headers, answer.status, await answer.json()]).toEqual([
        headers,
        403,
        { ok: false, error: 'not_allowed' },
      ]);
    }
  });

  it('carry JSON and nothing else', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await server.request('POST', '/api/login', {
        body: JSON.stringify(LOGIN),
        headers: { 'content-type': type },
      });
      expect([type, answer.status, answer.body]).toEqual([type, 415, { ok: false, error: 'invalid' }]);
    }
    const bodies = [
      '',
      '{',
      '[]',
      'null',
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":{"a":1}}}',
      '['.repeat(30_000),
    ];
    for (const body of bodies) {
      const answer = await server.request('POST', '/api/login', { body });
      expect([body.slice(0, 20), answer.status, answer.body]).toMatchObject([
        body.slice(0, 20),
        400,
        { error: 'invalid' },
      ]);
    }
    const huge = await server.request('POST', '/api/login', {
      body: { ...LOGIN, password: 'x'.repeat(40_000) },
    });
    expect(huge).toMatchObject({ status: 413, body: { ok: false, error: 'too_large' } });
  });

  it('are limited per address', async () => {
    const small = await startTestServer({ limits: { requestsPerAddress: 2 } });
    await small.request('GET', '/api/public');
    await small.request('GET', '/api/public');
    const refused = await small.request('GET', '/api/public');
    expect(refused).toMatchObject({ status: 429, body: { ok: false, error: 'limited' } });
    expect((refused.body as { retryAt: number }).retryAt).toBeGreaterThan(small.clock.now());
    expect((await small.request('GET', '/healthz')).status).toBe(200);
    await small.close();
  });

  it.each(['/', '/api/public', '/no-such-page', '/assets/app-1a2b3c.js', '/api/me'])(
    '%s has every security header',
    async (path) => {
      const { headers } = await server.request('GET', path);
      const ws = server.url.replace('http', 'ws');
      const csp = headers.get('content-security-policy');
      expect(csp).toBe(
        "default-src 'none';script-src 'self' 'wasm-unsafe-eval';style-src 'self';img-src 'self' data: blob:;media-src 'self' blob:;" +
          `connect-src 'self' ${ws} ${ws.replace('localhost', '127.0.0.1')};worker-src 'self';font-src 'self';frame-src 'self';manifest-src 'self';` +
          "frame-ancestors 'none';base-uri 'none';form-action 'self'",
      );
      expect(headers.get('permissions-policy')).toMatch(
        /^display-capture=\(self\), .*camera=\(\), .*microphone=\(\)/,
      );
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('get the shell for every page and nothing for anything else', async () => {
    for (const path of [
      '/',
      '/c/ABCDEFGH',
      '/desk',
      '/desk/',
      '/desk/x/y',
      '/admin',
      '/admin/operators',
      '/?lang=ja',
    ]) {
      const { status, body, headers } = await server.request('GET', path);
      expect([path, status, body, headers.get('cache-control')]).toEqual([
        path,
        200,
        '<!doctype html><title>shell</title>',
        'no-cache',
      ]);
    }
    for (const path of [
      '/c',
      '/c/A/B',
      '/Desk',
      '/x',
      '/api',
      '/api/nothing',
      '/setup',
      '/index.html',
      '/.vite/manifest.json',
      '/assets',
      '/assets/none.js',
      '/assets/../index.html',
      '/assets/%2e%2e/index.html',
      '/package.json',
    ]) {
      expect([path, await rawStatus(server.port, 'GET', path, server.url)]).toEqual([path, 404]);
    }
    const person = await server.request('GET', '/x', { headers: { accept: 'text/html' } });
    expect(person.status).toBe(404);
    expect(person.body).toContain('ページが見つかりません');
  });

  it('get assets compressed beforehand and for ever', async () => {
    const plain = await server.request('GET', '/assets/app-1a2b3c.js', {
      headers: { 'accept-encoding': 'identity' },
    });
    expect(plain.body).toBe('console.log("plain")');
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-type')).toMatch(/javascript/);
    const response = await server.server.http.inject({
      url: '/assets/app-1a2b3c.js',
      headers: { 'accept-encoding': 'br, gzip' },
    });
    expect(response.headers['content-encoding']).toBe('br');
    expect(response.headers['content-type']).toMatch(/javascript/);
    expect(response.headers.vary).toMatch(/accept-encoding/i);
    expect((await server.request('GET', '/assets/none.js')).headers.get('cache-control')).toBe('no-store');
    expect((await server.request('GET', '/favicon.svg')).status).toBe(200);
  });

  it('learn about health, readiness and metrics', async () => {
    await server.login('operator');
    expect(await server.request('GET', '/healthz')).toMatchObject({ status: 200, body: { ok: true } });
    expect(await server.request('GET', '/readyz')).toMatchObject({ status: 200, body: { ok: true } });
    const { status, body } = await server.request('GET', '/metrics');
    expect(status).toBe(200);
    for (const name of [
      'sessions_live',
      'sessions_opened_total',
      'joins_total',
      'sessions_ended_total',
      'sockets',
      'limits_hit_total',
      'logins_total',
      'http_request_seconds_bucket',
    ]) {
      expect(body).toContain(`tasuki_${name}`);
    }
    expect(
      (await server.request('GET', '/metrics', { headers: { 'x-forwarded-for': '192.0.2.1' } })).status,
    ).toBe(404);
    const open = await server.request('GET', '/api/openapi.json');
    expect(Object.keys((open.body as { paths: object }).paths).sort()).toEqual([
      '/api/admin/blocks',
      '/api/admin/blocks/{id}',
      '/api/admin/buttons',
      '/api/admin/buttons/{name}',
      '/api/admin/chat',
      '/api/admin/chats',
      '/api/admin/chats/{id}/transcript',
      '/api/admin/devices',
      '/api/admin/devices/{id}/approve',
      '/api/admin/devices/{id}/revoke',
      '/api/admin/log',
      '/api/admin/mail',
      '/api/admin/mail/test',
      '/api/admin/operators',
      '/api/admin/operators/{id}',
      '/api/admin/pictures',
      '/api/admin/pictures/{kind}',
      '/api/admin/replies',
      '/api/admin/replies/{id}',
      '/api/admin/sessions',
      '/api/admin/vault',
      '/api/admin/vault-card',
      '/api/chat/card',
      '/api/chat/challenge',
      '/api/chat/offline',
      '/api/chat/presence',
      '/api/chats',
      '/api/chats/{id}/transcript',
      '/api/devices',
      '/api/devices/{id}',
      '/api/helper',
      '/api/login',
      '/api/logout',
      '/api/me',
      '/api/me/notices',
      '/api/offline',
      '/api/offline/unread',
      '/api/offline/{id}',
      '/api/public',
      '/api/replies',
      '/api/replies/{id}',
      '/api/session-mail',
      '/api/session-mail/own',
      '/api/setup',
    ]);
  });

  it('read metrics with the token, if there is one', async () => {
    const guarded = await startTestServer({ env: { TASUKI_METRICS_TOKEN: 'prometheus' } });
    const get = (authorization: string) => guarded.request('GET', '/metrics', { headers: { authorization } });
    expect((await get('Bearer prometheus')).status).toBe(200);
    expect((await get('Bearer wrong')).status).toBe(404);
    await guarded.close();
  });

  it('find a store that is gone', async () => {
    const broken = await startTestServer();
    await broken.db.destroy();
    expect(await broken.request('GET', '/healthz')).toMatchObject({ status: 200 });
    expect(await broken.request('GET', '/readyz')).toMatchObject({ status: 503, body: { ok: false } });
    expect(await broken.request('GET', '/api/public')).toMatchObject({
      status: 500,
      body: { ok: false, error: 'failed' },
    });
    await broken.close();
  });
});
