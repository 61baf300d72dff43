/** The chat button and the number box on a company's own site: another origin, a strict policy. */
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { accept, CHAT, chatOperator, startDemo, type Demo } from './support/chat';
import { chromiumPath, LAUNCH_ARGS } from './support/chromium';
import { startHostSite, type HostSite } from './support/host-site';

const NAMES = CHAT.en;
const LEAVE = 'Chat with us – Leave a message';
let demo: Demo;
let site: HostSite;
let owner: string;

test.beforeAll(async ({ request }) => {
  demo = await startDemo();
  // The demo's own sample page names the company's code.
  const snippet =
    /<script async[^>]*><\/script>/.exec(await (await request.get(demo.site)).text())?.[0] ?? '';
  owner = /data-owner="(\w+)"/.exec(snippet)?.[1] ?? '';
  const inline = snippet.replace('data-owner', 'data-position="inline" data-owner');
  // As companies pasted them long ago (T-RS-3); nothing but the host is another one.
  const old = `<!-- Begin NTRsupport Session Assignment integration -->
<iframe src="${demo.origin}/web/customer/newsession.asp?owner=${owner}&lang=jp&auto=1&exe=1" background="ffff00" scrolling="NO" frameborder="NO" border="0" framespacing="0"></iframe>
<!-- End NTRsupport Session Assignment integration -->
<!-- Begin ntrsupport.com integration -->
<script src="${demo.origin}/web/an/ann4.asp?login=${owner}&lang=jp"></script><a href="${demo.origin}"><img src="${demo.origin}/images/monitor.gif" border="0"></a>
<!-- End ntrsupport.com integration -->`;
  const box = (allow: string) =>
    `<iframe src="${demo.origin}/embed/code?owner=${owner}&amp;lang=en&amp;auto=1&amp;exe=1" width="360" height="420" ${allow}></iframe>`;
  site = await startHostSite(demo.origin, {
    '/': `<p>Start</p>${snippet}<a href="/next">Next</a>`,
    '/next': `<p>Next</p>${snippet}`,
    '/twice': `${snippet}<main><svg data-tasuki width="200" height="60"></svg>${inline}<p id="after">After</p></main>`,
    '/old': old,
    '/box': box('allow="display-capture"'),
    '/box-elsewhere': box(''),
  });
});
test.afterAll(async () => {
  await site.stop();
  await demo.stop();
});

const button = (page: Page, name: string = NAMES.button) => page.getByRole('button', { name, exact: true });
const panel = (page: Page) => page.getByRole('dialog', { name: NAMES.button });

/** The operator goes home; a closed page alone would count as away only later. */
async function leave(desk: Page): Promise<void> {
  await desk.getByRole('switch', { name: NAMES.available }).click();
  await expect(desk.getByRole('switch', { name: NAMES.available })).not.toBeChecked();
  await desk.context().close();
}

/** What the loader does to its host: violations of the policy, requests to us, movements, new names. */
async function watched(context: BrowserContext) {
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(demo.origin)) requests.push(new URL(request.url()).pathname);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    const seen = {
      shifts: 0,
      names: () => Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name)),
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    Object.defineProperty(document, 'seen', { value: seen });
  });
  const seen = () =>
    page.evaluate(() => {
      const { shifts, names } = (document as unknown as { seen: { shifts: number; names: () => string[] } })
        .seen;
      return { shifts, names: names().filter((name) => name !== '0') };
    });
  return { page, requests, complaints, seen };
}

test('embed: the button follows the operator and leaves its host alone until it is pressed', async ({
  browser,
}) => {
  const context = await browser.newContext();
  const { page, requests, complaints, seen } = await watched(context);
  await page.goto(`${site.origin}/twice`);
  await expect(button(page, LEAVE)).toHaveCount(2);
  await expect(button(page, LEAVE).first()).toBeVisible();
  await expect(button(page, LEAVE).first()).toHaveText('Leave a message', { useInnerText: true });
  const desk = await chatOperator(browser, demo);
  // Online within two seconds, without a reload.
  await expect(button(page)).toHaveCount(2, { timeout: 2500 });
  await desk.getByRole('switch', { name: NAMES.available }).click();
  await expect(button(page, LEAVE)).toHaveCount(2, { timeout: 2500 });
  expect(requests.filter((path) => path === '/api/chat/presence')).toHaveLength(1);
  expect([...new Set(requests)].sort()).toEqual(['/api/chat/presence', '/chat.js']);
  expect(await seen()).toEqual({ shifts: 0, names: ['Tasuki'] });
  expect(complaints).toEqual([]);
  await desk.context().close();
  await context.close();
});

test('embed: two buttons open one window, by keyboard too, and Escape leads back', async ({ browser }) => {
  const desk = await chatOperator(browser, demo);
  const context = await browser.newContext();
  const { page, complaints } = await watched(context);
  await page.goto(`${site.origin}/twice`);
  const [first, second] = [button(page).nth(0), button(page).nth(1)];
  await second.focus();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();
  await expect(second).toHaveAttribute('aria-expanded', 'true');
  const frame = page.frameLocator('tasuki-chat iframe');
  await expect(frame.getByRole('textbox', { name: NAMES.name, exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(second).toBeFocused();
  await first.click();
  await expect(panel(page)).toBeVisible();
  await expect(page.locator('tasuki-chat')).toHaveCount(1);
  await page.setViewportSize({ width: 375, height: 667 });
  expect(await panel(page).boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 667 });
  expect(complaints).toEqual([]);
  await context.close();
  await leave(desk);
});

async function issueNumber(desk: Page): Promise<string> {
  const codes = desk.getByTestId('session-code');
  const before = await codes.count();
  await desk.getByRole('button', { name: 'New session number', exact: true }).click();
  await expect(codes).toHaveCount(before + 1);
  return (await codes.first().innerText()).replace(/\D/g, '');
}

test('embed: the number box joins in its frame, or in a window where the frame may not capture (RS-19)', async ({
  browser,
}) => {
  const desk = await chatOperator(browser, demo);
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.origin}/box`);
  const box = page.frameLocator('iframe');
  await box.getByRole('textbox', { name: 'Session number' }).pressSequentially(await issueNumber(desk));
  await expect(box.getByRole('alertdialog')).toContainText('Demo Operator');
  await box.getByRole('button', { name: 'Decline', exact: true }).click();

  await page.goto(`${site.origin}/box-elsewhere`);
  const opened = page.waitForEvent('popup');
  await box.getByRole('textbox', { name: 'Session number' }).pressSequentially(await issueNumber(desk));
  const window = await opened;
  await expect(window.getByRole('textbox', { name: 'Session number' })).toHaveValue(/^\d{4} \d{4}$/);
  await expect(window).toHaveURL(new RegExp(`/c/${owner}$`)); // the number has left the address
  await page.context().close();
  await leave(desk);
});

/** Chromium as people have it, third-party cookies blocked: the tests' own switches put both off. */
const STRICT = ['--disable-features=Translate', '--test-third-party-cookie-phaseout'];

test('embed: a conversation survives reload and navigation of the host page, in partitioned storage', async ({
  browser,
}) => {
  const desk = await chatOperator(browser, demo);
  const people = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...LAUNCH_ARGS, ...STRICT],
  });
  const context = await people.newContext();
  const page = await context.newPage();
  // Another site, not only another origin.
  await page.goto(site.origin.replace('127.0.0.1', 'localhost'));
  await button(page).click();
  const frame = page.frameLocator('tasuki-chat iframe');
  await frame.getByRole('textbox', { name: NAMES.name, exact: true }).fill('Vera Visitor');
  await frame.getByRole('textbox', { name: NAMES.message, exact: true }).fill('It does not print.');
  await frame.getByRole('button', { name: NAMES.start, exact: true }).click();
  await accept(desk);
  await expect(frame.getByRole('log')).toContainText('It does not print.');
  await page.reload();
  await expect(panel(page)).toBeVisible();
  await expect(frame.getByRole('log')).toContainText('It does not print.');
  await frame.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/next/);
  await expect(page.locator('tasuki-chat')).toHaveCount(1);
  await expect(panel(page)).toBeHidden();
  await button(page).click();
  await expect(frame.getByRole('log')).toContainText('It does not print.');
  // It is partitioned indeed: the same address in a tab of its own knows nothing of the conversation.
  const tab = await context.newPage();
  await tab.goto(`${demo.origin}/chat?owner=${owner}&lang=en`);
  await expect(tab.getByRole('textbox', { name: NAMES.name, exact: true })).toBeVisible();
  await people.close();
  await leave(desk);
});

test('embed: a single-page site may take the snippet away and insert it again', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.origin}/twice`);
  await expect(button(page, LEAVE)).toHaveCount(2);
  await page.evaluate(() => {
    const [fixed, inline] = [...document.querySelectorAll<HTMLScriptElement>('script[data-owner]')];
    const next = document.createElement('main');
    // The way the host's own trusted code would do it.
    const { trustedTypes } = globalThis as unknown as { trustedTypes: TrustedTypes };
    const policy = trustedTypes.createPolicy('site', { createScriptURL: (url) => url });
    for (const old of [fixed, inline]) {
      const script = document.createElement('script');
      for (const [name, value] of Object.entries(old?.dataset ?? {})) script.dataset[name] = value;
      script.src = policy.createScriptURL(old?.src ?? '');
      next.append(script);
    }
    fixed?.remove();
    document.querySelector('main')?.replaceWith(next);
  });
  await expect(page.locator('tasuki-button')).toHaveCount(2);
  await expect(button(page, LEAVE)).toHaveCount(2);
  await expect(page.locator('main tasuki-button')).toHaveCount(1);
  await page.context().close();
});

test('embed: the old form of the snippets, with nothing but the host changed, in Japanese (RS-19, RS-25)', async ({
  browser,
}) => {
  const { page, complaints } = await watched(await browser.newContext());
  await page.goto(`${site.origin}/old`);
  const chat = button(page, 'チャットで相談 – メッセージを残す');
  await expect(chat).toHaveText('メッセージを残す', { useInnerText: true });
  const picture = page.locator('a > img');
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  // Its frame has no size and may neither scroll nor capture.
  const opened = page.waitForEvent('popup');
  const box = page.frameLocator('iframe[scrolling]').getByRole('textbox', { name: 'セッション番号' });
  await box.pressSequentially('12345678');
  const window = await opened;
  await expect(window.getByRole('textbox').first()).toHaveValue('1234 5678');
  await window.close();
  await chat.click();
  const frame = page.frameLocator('tasuki-chat iframe');
  await frame.getByRole('button', { name: 'このチャットについて' }).click();
  await expect(frame.getByText('アドレスに会社の鍵がありませんでした')).toBeVisible();
  expect(complaints).toEqual([]);
  await page.context().close();
});

interface TrustedTypes {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string };
}
