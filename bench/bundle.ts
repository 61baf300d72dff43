/**
 * What a browser with an empty cache really loads, file by file, each compressed with gzip at zlib's standard level,
 * whatever the server in front may do. Only scripts and styles count: the rest is small and not ours to shrink.
 */
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { NAMES } from '../e2e/support/people';
import { OPERATOR, type Product } from '../e2e/support/product';
import { withRig } from './rig';
import type { Values } from './stats';

const { issue, password, login } = NAMES.en;
/** A page that asked for nothing during this time has loaded what it needs. */
const QUIET_MS = 1000;

/** Scripts and styles of one page, as they arrive: its workers' too. */
class Loads {
  readonly #files = new Map<string, number>();
  readonly #pending = new Set<unknown>();
  #changed = performance.now();

  constructor(readonly page: Page) {
    page.on('request', (request) => {
      this.#pending.add(request);
      this.#changed = performance.now();
    });
    page.on('requestfailed', (request) => this.#settle(request));
    page.on('response', (response) => {
      const request = response.request();
      void response
        .body()
        .then((body) => {
          const type = response.headers()['content-type'] ?? '';
          if (/javascript|text\/css/.test(type)) this.#files.set(response.url(), gzipSync(body).length);
        })
        .catch(() => undefined)
        .finally(() => this.#settle(request));
    });
  }

  #settle(request: unknown): void {
    this.#pending.delete(request);
    this.#changed = performance.now();
  }

  /** Bytes so far, once nothing is under way any more. */
  async settled(): Promise<number> {
    while (this.#pending.size > 0 || performance.now() - this.#changed < QUIET_MS) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return [...this.#files.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** For people: the files, the largest first. */
  print(title: string, before: ReadonlySet<string> = new Set()): void {
    console.log(title);
    const files = [...this.#files].filter(([url]) => !before.has(url)).sort((a, b) => b[1] - a[1]);
    console.table(files.map(([url, bytes]) => ({ file: new URL(url).pathname, bytes })));
  }

  get urls(): ReadonlySet<string> {
    return new Set(this.#files.keys());
  }
}

async function customer(browser: Browser, product: Product, language: string): Promise<[number, number]> {
  const context = await browser.newContext({ locale: language });
  const loads = new Loads(await context.newPage());
  await loads.page.goto(product.origin);
  const box = loads.page.getByRole('textbox').first();
  await box.waitFor();
  const first = await loads.settled();
  const urls = loads.urls;
  loads.print(`customer page (${language})`);
  await box.press('1');
  const typing = (await loads.settled()) - first;
  loads.print('while the first digit is typed', urls);
  await context.close();
  return [first, typing];
}

async function desk(browser: Browser, product: Product): Promise<number> {
  const context = await browser.newContext({ locale: 'en' });
  const loads = new Loads(await context.newPage());
  const { page } = loads;
  await page.goto(`${product.origin}/desk`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(OPERATOR.id);
  await page.getByLabel(password, { exact: true }).fill(OPERATOR.password);
  await page.getByRole('button', { name: login, exact: true }).click();
  await page.getByRole('button', { name: issue, exact: true }).waitFor();
  const bytes = await loads.settled();
  loads.print('operator desk, signed in');
  await context.close();
  return bytes;
}

export function run(): Promise<Values> {
  return withRig(async (rig) => {
    const product = await rig.product();
    const browser = await rig.browser();
    const [english, typing] = await customer(browser, product, 'en');
    const [japanese] = await customer(browser, product, 'ja');
    return {
      customer_gzip: Math.max(english, japanese),
      sodium_gzip: typing,
      desk_gzip: await desk(browser, product),
    };
  });
}
