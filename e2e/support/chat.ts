/** The chat desk of the demo, whose operator's browser is approved by itself, and a company's page on another origin. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, type Browser, type FrameLocator, type Page } from '@playwright/test';
import { freePort, until } from './product';

const MAIN = fileURLToPath(new URL('../../dist/signaling/main.js', import.meta.url));

export const CHAT = {
  en: {
    button: 'Chat with us',
    name: 'Your name',
    message: 'Message',
    start: 'Start',
    send: 'Send',
    accept: 'Accept',
    available: 'Available',
    request: 'Request remote session',
    sendRequest: 'Send request',
  },
} as const;
const NAMES = CHAT.en;

export interface Demo {
  origin: string;
  /** A page of the sample company with the button, on another origin. */
  site: string;
  operator: { id: string; password: string };
  administrator: { id: string; password: string };
  /** A colleague of the demo's operator. */
  addOperator: (id: string, name: string) => Promise<Demo['operator']>;
  rename: (id: string, name: string) => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts `--demo` and a host page with the snippet that its administrator would copy. */
export async function startDemo(): Promise<Demo> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { ...process.env, TASUKI_PORT: String(port), TASUKI_LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [MAIN, '--demo'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await until(async () => output.includes('Administrator'), 'the demo to be ready', 60_000);
  const person = (role: string) => {
    const [, id = '', password = ''] = new RegExp(`${role}\\s+ID (\\S+), password (\\S+)`).exec(output) ?? [];
    return { id, password };
  };
  const api = await administration(origin, person('Administrator'));
  const snippet = await snippetOf(origin, api.cookie);
  const host = createServer(({ url = '/' }, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    // A site that lets none of its frames capture the screen.
    if (url === '/closed') response.setHeader('permissions-policy', 'display-capture=()');
    const language = url === '/ja' ? 'ja' : 'en';
    response.end(
      `<!doctype html><html lang="${language}"><meta name="viewport" content="width=device-width">
<title>Sample shop</title><main aria-label="Shop"><h1>Sample shop</h1><a href="/next">Next page</a></main>
${snippet.replace('data-lang="en"', `data-lang="${language}"`)}`,
    );
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  return {
    origin,
    site: `http://127.0.0.1:${(host.address() as AddressInfo).port}/`,
    operator: person('Operator'),
    administrator: person('Administrator'),
    addOperator: async (id, name) => {
      const password = 'staple-and-paper';
      await api.send('POST', '/admin/operators', { id, name, password, email: '', state: 'enabled' });
      return { id, password };
    },
    rename: (id, name) => api.send('PATCH', `/admin/operators/${id}`, { name }),
    stop: async () => {
      host.closeAllConnections();
      host.close();
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** What the administrator does without a page. */
async function administration(origin: string, administrator: { id: string; password: string }) {
  const json = { origin, 'content-type': 'application/json' };
  const body = JSON.stringify({ ...administrator, role: 'administrator' });
  const signedIn = await fetch(`${origin}/api/login`, { method: 'POST', headers: json, body });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const send = async (method: string, path: string, message: object) => {
    const request = { method, headers: { ...json, cookie }, body: JSON.stringify(message) };
    expect((await fetch(`${origin}/api${path}`, request)).ok, path).toBe(true);
  };
  return { cookie, send };
}

async function snippetOf(origin: string, cookie: string): Promise<string> {
  const me = (await (await fetch(`${origin}/api/me`, { headers: { cookie } })).json()) as {
    subscriber: string;
  };
  const card = (await (await fetch(`${origin}/api/chat/card?owner=${me.subscriber}`)).json()) as {
    identityKey: string;
  };
  return `<script async src="${origin}/chat.js" data-owner="${me.subscriber}" data-lang="en" data-key="${card.identityKey}"></script>`;
}

/** An operator at the demo's desk, available for chats. */
export async function chatOperator(
  browser: Browser,
  { origin, operator: first }: Demo,
  {
    operator = first,
    prepare,
  }: { operator?: Demo['operator']; prepare?: (page: Page) => Promise<void> } = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(`${origin}/desk?lang=en`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(operator.id);
  await page.getByLabel('Password', { exact: true }).fill(operator.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  const available = page.getByRole('switch', { name: NAMES.available });
  await expect(available).toBeVisible();
  if ((await available.getAttribute('aria-checked')) !== 'true') await available.click();
  await expect(available).toBeChecked();
  return page;
}

/** A visitor of the company's page, who has asked. */
export async function visitor(
  browser: Browser,
  { site }: Demo,
  { name = 'Vera Visitor', text = 'It does not print.' } = {},
): Promise<{ page: Page; chat: FrameLocator; say: (text: string) => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 } });
  const page = await context.newPage();
  await page.goto(site);
  await page.getByRole('button', { name: NAMES.button, exact: true }).click();
  const chat = page.frameLocator('iframe');
  await chat.getByRole('textbox', { name: NAMES.name, exact: true }).fill(name);
  await chat.getByRole('textbox', { name: NAMES.message, exact: true }).fill(text);
  await chat.getByRole('button', { name: NAMES.start, exact: true }).click();
  const box = chat.getByRole('textbox', { name: NAMES.message, exact: true });
  const say = async (what: string) => {
    await box.fill(what);
    await box.press('Enter');
  };
  return { page, chat, say };
}

/**
 * Takes the visitor who waits longest. The server has to agree before the conversation comes to the front; until then
 * another one may stand there, with buttons of its own.
 */
export async function accept(desk: Page): Promise<void> {
  const front = () =>
    desk
      .locator('[id^="chat-tab-"][aria-selected="true"]')
      .evaluateAll((tabs) => tabs.map(({ id }) => id).join());
  const before = await front();
  await desk.getByRole('button', { name: NAMES.accept, exact: true }).first().click();
  await expect.poll(front).not.toBe(before);
}

/**
 * Asks in the open chat for a session.
 * @param mode as the dialog names it
 * @param windowsOnly application selection, under the detailed settings; left out: as it stands there
 */
export async function requestSession(desk: Page, mode: string, windowsOnly?: boolean): Promise<void> {
  await desk.getByRole('button', { name: NAMES.request, exact: true }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByRole('radio', { name: mode, exact: true }).check();
  if (windowsOnly !== undefined) {
    await dialog.getByText('Detailed settings', { exact: true }).click();
    await dialog
      .getByRole('checkbox', { name: 'Application selection', exact: true })
      .setChecked(windowsOnly);
  }
  await dialog.getByRole('button', { name: NAMES.sendRequest, exact: true }).click();
  await expect(dialog).toBeHidden();
}
