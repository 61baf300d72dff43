import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_PICTURE_BYTES, type ChatSettings } from '../../shared/protocol/embed';
import { SNIPPETS, snippetOf } from '../../shared/protocol/embed-snippets';
import { gif, png } from '../testing/pictures';
import { startTestServer, VAULT, type TestServer } from '../testing/server';
import { findTenant } from '../store/tenants';

const clientDir = mkdtempSync(join(tmpdir(), 'tasuki-client-'));
writeFileSync(join(clientDir, 'index.html'), '<!doctype html><title>shell</title>');
writeFileSync(join(clientDir, 'chat.js'), '/* loader */');

/** As in the blocks that companies pasted long ago (T-RS-3). */
const OLD_BOX = '/web/customer/newsession.asp?owner=ABCDEFGH&lang=jp&auto=1&exe=1';

let server: TestServer;
let cookie: string;
let owner: string;
beforeAll(async () => {
  server = await startTestServer({ clientDir });
  cookie = await server.login('administrator');
  owner = (await findTenant(server.db))?.subscriber ?? '';
});
afterAll(async () => {
  await server.close();
  rmSync(clientDir, { recursive: true });
});

const SETTINGS: ChatSettings = {
  origins: [],
  offlineMessages: true,
  hours: { zone: 'Asia/Tokyo', week: null },
};
const put = (path: string, body: object) => server.request('PUT', path, { body, cookie });
const get = (path: string) => server.request('GET', path, { cookie });
const card = async () => (await get(`/api/chat/card?owner=${owner}`)).body as Record<string, unknown>;
const lastLine = async () => ((await get('/api/admin/log?limit=1')).body as object[])[0];

async function upload(kind: string, bytes: Buffer, name = 'picture.gif') {
  const response = await fetch(`${server.url}/api/admin/pictures/${kind}?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { origin: server.url, cookie, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('settings of the chat', () => {
  it('are saved, logged and told to the chat window', async () => {
    const week: ChatSettings['hours']['week'] = [[], [], [], [], [], [], []];
    const wish = { ...SETTINGS, offlineMessages: false, hours: { zone: 'UTC', week } };
    expect(await put('/api/admin/chat', wish)).toMatchObject({ status: 200, body: wish });
    expect((await get('/api/admin/chat')).body).toEqual(wish);
    expect(await lastLine()).toMatchObject({ actor: 'administrator:admin', action: 'chat.settings' });
    expect(await card()).toMatchObject({
      online: false,
      offlineMessages: false,
      opensAt: null,
      identityKey: VAULT.identityKey,
      vaultKey: VAULT.publicKey,
      vaultCard: VAULT.card,
    });
    await put('/api/admin/chat', SETTINGS);
    expect(await card()).toMatchObject({ offlineMessages: true });
  });

  it('with an unknown time zone or a broken origin are refused, and the present ones stay', async () => {
    const wrong = [
      { ...SETTINGS, hours: { zone: 'Mars/Olympus', week: null } },
      { ...SETTINGS, hours: { zone: 'UTC', week: [[{ from: 5, to: 5 }], [], [], [], [], [], []] } },
      { ...SETTINGS, origins: ["https://a.test; script-src 'unsafe-inline'"] },
      { ...SETTINGS, origins: Array.from({ length: 51 }, (_, n) => `https://a${n}.test`) },
    ];
    for (const each of wrong) expect((await put('/api/admin/chat', each)).status).toBe(400);
    expect((await get('/api/admin/chat')).body).toEqual(SETTINGS);
  });
});

describe('pages in other people’s frames', () => {
  const framed = async (path: string) => {
    const { headers } = await server.request('GET', path);
    const policy = headers.get('content-security-policy') ?? '';
    return [/frame-ancestors ([^;]*)/.exec(policy)?.[1], headers.get('x-frame-options')];
  };

  it('are the chat and the number box only, on the tenant’s own sites', async () => {
    expect(await framed('/chat')).toEqual(['*', null]);
    await put('/api/admin/chat', {
      ...SETTINGS,
      origins: ['https://www.example.com', 'https://*.example.org'],
    });
    for (const path of ['/chat', '/embed/code', OLD_BOX]) {
      expect(await framed(path)).toEqual(["'self' https://www.example.com https://*.example.org", null]);
    }
    for (const path of ['/', '/desk', '/admin', `/c/${owner}`]) {
      expect(await framed(path)).toEqual(["'none'", 'DENY']);
    }
    await put('/api/admin/chat', SETTINGS);
  });

  it('tell a site that is not among them why they stay away', async () => {
    await put('/api/admin/chat', { ...SETTINGS, origins: ['https://www.example.com'] });
    const ask = async (referer: string, path = '/embed/code?lang=en') => {
      const headers = { referer, 'sec-fetch-dest': 'iframe' };
      const answer = await fetch(`${server.url}${path}`, { headers });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    const foreign = await ask('https://evil.test/page');
    expect(foreign.status).toBe(403);
    expect(foreign.text).toContain('The company has not allowed this site: <b>https://evil.test</b>');
    expect(foreign.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors *");
    expect((await ask('https://evil.test', '/chat')).text).toContain('表示できません');
    expect(await ask('https://evil.test', OLD_BOX)).toMatchObject({ status: 403 });
    for (const fine of ['https://www.example.com/shop', `${server.url}/admin/embed`, 'not an address']) {
      expect((await ask(fine)).status).toBe(200);
    }
    await put('/api/admin/chat', SETTINGS);
    expect((await ask('https://evil.test/page')).status).toBe(200);
  });

  it.each(['/chat.js', '/web/an/ann4.asp?login=ABCDEFGH&lang=jp&button=chat'])(
    'the loader is everybody’s: %s (RS-25)',
    async (path) => {
      const { headers, body } = await server.request('GET', path);
      expect(body).toBe('/* loader */');
      expect(headers.get('content-type')).toMatch(/javascript/);
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    },
  );

  it('the old addresses lack nothing: the box with its query, a picture in the link (RS-19)', async () => {
    const box = await fetch(`${server.url}${OLD_BOX}`, { redirect: 'manual' });
    expect([box.status, await box.text()]).toEqual([200, '<!doctype html><title>shell</title>']);
    const { headers } = await fetch(`${server.url}/images/monitor.gif`);
    expect(headers.get('content-type')).toBe('image/gif');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it('the preview shows the snippet that was asked for, and nothing else', async () => {
    const preview = (query: string) => server.request('GET', `/embed/preview?owner=${owner}&${query}`);
    const { body, headers } = await preview('lang=jp&button=x');
    const wish = { origin: '', owner, language: 'ja', button: 'x', position: 'bottom-right' } as const;
    const options = { ...wish, auto: true, helper: false, key: null };
    expect(body).toContain(snippetOf('chat', options));
    for (const what of SNIPPETS) {
      expect((await preview(`lang=ja&button=x&auto=1&what=${what}`)).body).toContain(
        snippetOf(what, options),
      );
    }
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    for (const bad of ['owner=%22%3E%3Cscript%3E', `owner=${owner}&button=%22x`, `owner=${owner}&key=%27`]) {
      expect((await server.request('GET', `/embed/preview?${bad}`)).status).toBe(400);
    }
  });
});

describe('pictures', () => {
  it('are kept, shown to everybody as what they are, and replaced (RS-33, RS-34)', async () => {
    const first = await upload('banner', gif(468, 60));
    expect(first).toMatchObject({ status: 200, body: { width: 468, height: 60 } });
    const second = await upload('banner', png(468, 60));
    expect((await get('/api/admin/pictures')).body).toEqual({ banner: second.body.url, logo: null });
    expect(await card()).toMatchObject({ banner: second.body.url });
    expect((await server.request('GET', String(first.body.url))).status).toBe(404);
    const shown = await fetch(server.url + String(second.body.url));
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(png(468, 60));
    expect(await lastLine()).toMatchObject({ action: 'picture.saved', subject: 'banner' });
    const other = String(second.body.url).replace('.png', '.gif');
    expect((await server.request('GET', other)).status).toBe(404);
    expect((await server.request('DELETE', '/api/admin/pictures/banner', { cookie })).status).toBe(200);
    expect(await card()).toMatchObject({ banner: null });
  });

  it('that are wrong are refused with the reason and the size that was found', async () => {
    expect(await upload('logo', gif(100, 100))).toMatchObject({
      status: 400,
      body: { error: 'invalid', fields: ['size', '100x100'] },
    });
    expect(await upload('logo', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject({
      status: 400,
      body: { fields: ['type'] },
    });
    expect(await upload('button', Buffer.alloc(MAX_PICTURE_BYTES + 1))).toMatchObject({
      status: 413,
      body: { error: 'too_large' },
    });
    expect((await upload('icon', gif(10, 10))).status).toBe(400);
    expect((await get('/api/admin/pictures')).body).toEqual({ banner: null, logo: null });
  });

  it('cannot be sent from another site', async () => {
    const response = await fetch(`${server.url}/api/admin/pictures/logo`, {
      method: 'POST',
      headers: { origin: 'https://evil.test', cookie, 'content-type': 'image/gif' },
      body: new Uint8Array(gif(122, 132)),
    });
    expect(response.status).toBe(403);
  });
});

describe('button sets', () => {
  const SET = { name: 'shop', online: 'https://a.test/on.gif', offline: 'https://a.test/off.gif' };

  it('are saved under their name, changed, listed and deleted (RS-26, RS-29)', async () => {
    expect((await put('/api/admin/buttons/shop', SET)).status).toBe(200);
    expect((await get('/api/admin/buttons')).body).toEqual([{ ...SET, offlineMessages: true }]);
    expect((await put('/api/admin/buttons/other', SET)).status).toBe(400);
    expect(await lastLine()).toMatchObject({ action: 'button.saved', subject: 'shop' });
    expect((await server.request('DELETE', '/api/admin/buttons/shop', { cookie })).status).toBe(200);
    expect((await get('/api/admin/buttons')).body).toEqual([]);
  });

  it('take only pictures by https, or ones that were uploaded for buttons', async () => {
    const missing = `/pictures/${'A'.repeat(22)}.gif`;
    const logo = String((await upload('logo', gif(122, 132))).body.url);
    const wrong = ['http://a.test/on.gif', 'javascript:alert(1)', 'data:image/gif;base64,R0', missing, logo];
    for (const online of wrong) {
      const { status } = await put('/api/admin/buttons/shop', { ...SET, online });
      expect([online, status]).toEqual([online, 400]);
    }
    await server.request('DELETE', '/api/admin/pictures/logo', { cookie });
  });

  it('with an offline picture named disabled.* take no messages, uploaded or not (RS-32)', async () => {
    const offlineMessages = async () => {
      const { body } = await server.request('GET', `/api/chat/card?owner=${owner}&button=shop`);
      return (body as { offlineMessages: boolean }).offlineMessages;
    };
    await put('/api/admin/buttons/shop', SET);
    expect(await offlineMessages()).toBe(true);
    await put('/api/admin/buttons/shop', { ...SET, offline: 'https://a.test/img/Disabled.GIF?v=2' });
    expect(await offlineMessages()).toBe(false);
    const uploaded = String((await upload('button', gif(100, 40), 'disabled.gif')).body.url);
    await put('/api/admin/buttons/shop', { ...SET, offline: uploaded });
    expect(await offlineMessages()).toBe(false);
    expect(await card()).toMatchObject({ offlineMessages: true }); // other buttons still do
    // The picture's address no longer says so.
    expect((await get('/api/admin/buttons')).body).toEqual([
      { ...SET, offline: uploaded, offlineMessages: false },
    ]);
    await server.request('DELETE', '/api/admin/buttons/shop', { cookie });
  });
});
