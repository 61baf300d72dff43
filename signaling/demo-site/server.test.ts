import { afterEach, expect, it } from 'vitest';
import { sitePolicy, startDemoSite, type DemoSite } from './server';

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

it('is a strict site with the button, pinned, and the number box, in both languages', async () => {
  const site = await start();
  for (const language of ['en', 'ja']) {
    const home = await get(site, `/${language}/`);
    expect(home.headers.get('content-security-policy')).toBe(sitePolicy(WISH.origin));
    expect(home.text).toContain(
      `<script async src="http://localhost:8080/chat.js" data-owner="ABCDEFGH" data-lang="${language}" data-key="${WISH.key}"></script>`,
    );
    const support = await get(site, `/${language}/support`);
    expect(support.text).toContain(`/embed/code?owner=ABCDEFGH&amp;lang=${language}`);
    // Nothing that its own policy would refuse.
    expect(home.text + support.text).not.toMatch(/ style=|<style| on\w+=|<img/);
  }
  expect((await get(site, '/style.css')).headers.get('content-type')).toMatch(/^text\/css/);
  expect((await get(site, '/constructor')).status).toBe(404);
});

it('leads to the page in the visitor’s language', async () => {
  const site = await start();
  const home = async (accepted: string) => {
    const headers = { 'accept-language': accepted };
    const address = `http://127.0.0.1:${new URL(site.url).port}/`;
    return (await fetch(address, { headers, redirect: 'manual' })).headers.get('location');
  };
  expect([await home('ja,en;q=0.8'), await home('en-GB'), await home('')]).toEqual(['/ja/', '/en/', '/en/']);
});

it('takes another port when the wished one is in use', async () => {
  const first = await start();
  const second = await start(Number(new URL(first.url).port));
  expect(second.url).not.toBe(first.url);
  expect((await get(second, '/')).status).toBe(200);
});
