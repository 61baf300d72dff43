import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HelperDownloads } from '../../shared/protocol/http';
import { scratchFolder } from '../testing/scratch';
import { startTestServer, type TestServer } from '../testing/server';

const helperDir = scratchFolder();
const CONTENT = 'MZ a program';
const sha256 = createHash('sha256').update(CONTENT).digest('hex');
const BUILD = {
  system: 'windows',
  arch: 'amd64',
  path: '/helper/windows-amd64',
  suffix: '.exe',
  bytes: CONTENT.length,
  sha256,
  version: '1.2.3',
};
const write = (name: string, content: string) => writeFileSync(join(helperDir, name), content);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ helperDir });
});
afterAll(async () => {
  await server.close();
  rmSync(helperDir, { recursive: true });
});

describe('the helper', () => {
  it('that is not built is said so, in both languages or in JSON', async () => {
    expect((await server.request('GET', '/api/helper')).body).toEqual({ builds: [], signed: false });
    const json = await server.request('GET', '/helper/windows-amd64');
    expect([json.status, json.body]).toEqual([404, { ok: false, error: 'not_found' }]);
    const page = await server.request('GET', '/helper/windows-amd64', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(page.body).toContain('does not have the helper');
    expect(page.body).toContain('ヘルパーがありません');
    expect(page.headers.get('content-disposition')).toBeNull();
  });

  it('is listed and served as soon as it is built, and named by the page alone', async () => {
    write('tasuki-helper-windows-amd64.exe', CONTENT);
    write('SHA256SUMS', `${sha256}  tasuki-helper-windows-amd64.exe\n`);
    write('SHA256SUMS.sig', 'signature');
    write('builds.json', JSON.stringify([{ ...BUILD, file: 'tasuki-helper-windows-amd64.exe' }]));
    const list = HelperDownloads.parse((await server.request('GET', '/api/helper')).body);
    expect(list).toEqual({ builds: [BUILD], signed: true });

    const got = await server.request('GET', '/helper/windows-amd64?x=secret');
    expect([got.status, got.body]).toEqual([200, CONTENT]);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/vnd.microsoft.portable-executable',
      'content-length': String(CONTENT.length),
      'content-disposition': 'attachment',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      etag: `"${sha256}"`,
    });
    const head = await server.request('HEAD', '/helper/windows-amd64');
    expect([head.status, head.body, head.headers.get('content-length')]).toEqual([
      200,
      '',
      String(CONTENT.length),
    ]);
    for (const etag of [`"${sha256}"`, `"other", W/"${sha256}"`]) {
      const again = await server.request('GET', '/helper/windows-amd64', {
        headers: { 'if-none-match': etag },
      });
      expect([again.status, again.body]).toEqual([304, '']);
    }
  });

  it('comes with what one checks it by', async () => {
    const sums = await server.request('GET', '/helper/SHA256SUMS');
    expect([sums.status, sums.body]).toEqual([200, `${sha256}  tasuki-helper-windows-amd64.exe\n`]);
    expect((await server.request('GET', '/helper/SHA256SUMS.sig')).body).toBe('signature');
    expect((await server.request('GET', '/helper/sbom.json')).status).toBe(404);
  });

  it('serves nothing else from its folder or beyond', async () => {
    for (const path of [
      'builds.json',
      'linux-amd64',
      'tasuki-helper-windows-amd64.exe',
      '..%2fbuilds.json',
      '%2e%2e',
      'constructor',
      '__proto__',
    ])
      expect([path, (await server.request('GET', `/helper/${path}`)).status]).toEqual([path, 404]);
  });

  it('is not offered from a damaged list', async () => {
    for (const wrong of ['', '{', '[{}]', JSON.stringify([{ ...BUILD, file: '../../etc/passwd' }])]) {
      write('builds.json', wrong);
      expect((await server.request('GET', '/api/helper')).body).toMatchObject({ builds: [] });
      expect((await server.request('GET', '/helper/windows-amd64')).status).toBe(404);
    }
  });
});
