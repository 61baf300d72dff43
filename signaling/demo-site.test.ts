import { afterEach, expect, it } from 'vitest';
import { sitePolicy, startDemoSite, type DemoSite } from './demo-site';

const WISH = {
  origin: 'http://localhost:8080',
  owner: 'ABCDEFGH',
  key: 'B'.repeat(43),
  host: '127.0.0.1',
  port: 0,
};
const sites: DemoSite[] = [];
const start = async (port = 0) => {
  const site = await startDemoSite({ ...WISH, port });
  sites.push(site);
  return site;
};
afterEach(async () => {
  for (const site of sites.splice(0)) await site.stop();
});

const get = async (site: DemoSite, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${new URL(site.url).port}${path}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

it('is a strict site with the button, pinned, and the number box', async () => {
  const site = await start();
  const home = await get(site, '/');
  expect(home.headers.get('content-security-policy')).toBe(sitePolicy(WISH.origin));
  expect(home.text).toContain(
    `<script async src="http://localhost:8080/chat.js" data-owner="ABCDEFGH" data-key="${WISH.key}"></script>`,
  );
  expect((await get(site, '/products')).text).toContain('/embed/code?owner=ABCDEFGH&amp;lang=en');
  expect((await get(site, '/constructor')).status).toBe(404);
});

it('takes another port when the wished one is in use', async () => {
  const first = await start();
  const second = await start(Number(new URL(first.url).port));
  expect(second.url).not.toBe(first.url);
  expect((await get(second, '/')).status).toBe(200);
});
