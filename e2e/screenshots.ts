/**
 * `npm run screenshots`: every page and state of the built product in both languages, light and dark, 1280 and
 * 320 px wide, into `screenshots/` (not in git), each checked with axe-core. Ends with 1 if anything is found.
 * `npm run screenshots -- consent desk` takes only the states whose name contains one of the words.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAUNCH_ARGS, chromiumPath } from './support/chromium';
import { Customer, NAMES, Operator, type Language } from './support/people';
import { ADMIN, startProduct, type Product } from './support/product';
import { sharingBrowser } from './support/story';
import { startXvfb } from './support/xvfb';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'screenshots');
const ONLY = process.argv.slice(2);

const WIDTHS = { wide: { width: 1280, height: 800 }, narrow: { width: 320, height: 640 } } as const;
const SCHEMES = ['light', 'dark'] as const;

interface Rig {
  product: Product;
  plain: Browser;
  sharing: Browser;
  language: Language;
}

const findings: string[] = [];
let taken = 0;

/** One state in all its looks. */
async function shoot(page: Page, language: Language, name: string): Promise<void> {
  if (ONLY.length > 0 && !ONLY.some((word) => name.includes(word))) return;
  const before = page.viewportSize();
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.waitForTimeout(150);
      const look = `${language}/${name}.${width}.${scheme}`;
      await page.screenshot({ path: join(OUT, `${look}.png`), fullPage: true });
      taken += 1;
      // Each width and each scheme once: layout and colours are found out, in half the time.
      if ((width === 'wide') === (scheme === 'light')) await examine(page, look, width);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

/** What axe-core finds, text that is cut off sideways, and words of the other language left behind. */
async function examine(page: Page, look: string, width: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const { id, help, nodes } of violations) {
    findings.push(
      `${look}: ${id} – ${help}\n      ${nodes.map((node) => node.target.join(' ')).join('\n      ')}`,
    );
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 1) findings.push(`${look}: the page is ${overflow} px wider than the ${width} window`);
}

async function open(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: WIDTHS.wide, ...options });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) findings.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => findings.push(`page error: ${error.message}`));
  return page;
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

async function entrance({ product, plain, language }: Rig): Promise<void> {
  const page = await open(plain);
  const names = NAMES[language];
  await page.goto(`${product.origin}/?lang=${language}`);
  const box = page.getByRole('textbox', { name: names.number });
  await box.waitFor();
  await shoot(page, language, 'customer-1-number');
  await box.fill('1234 56');
  await button(page, names.connect).click();
  await shoot(page, language, 'customer-2-too-short');
  await box.fill('00000000');
  await button(page, names.connect).click();
  await page.getByRole('alert').first().waitFor();
  await shoot(page, language, 'customer-3-unknown');
  await page.goto(`${product.origin}/c/${product.subscriber}?lang=${language}#12345678`);
  await page.getByText(/1234/).or(box).first().waitFor();
  await shoot(page, language, 'customer-4-from-link');
  await page.goto(`${product.origin}/desk/nowhere?lang=${language}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await shoot(page, language, 'not-found');
  await page.route('**/api/public', (route) =>
    route.fulfill({ json: { company: 'みどり商事', language: 'ja', demo: true } }),
  );
  await page.goto(`${product.origin}/?lang=${language}`);
  await box.waitFor();
  await shoot(page, language, 'demo');
  await page.context().close();
}

async function signIn({ product, plain, language }: Rig): Promise<void> {
  const page = await open(plain);
  const names = NAMES[language];
  await page.goto(`${product.origin}/desk?lang=${language}`);
  await button(page, names.login).waitFor();
  await shoot(page, language, 'sign-in-1');
  for (let attempt = 1; attempt <= 3; attempt++) {
    await page.getByRole('textbox', { name: 'ID', exact: true }).fill(`nobody-${language}`);
    await page.getByLabel(names.password, { exact: true }).fill('not the password');
    const answered = page.waitForResponse('**/api/login');
    await button(page, names.login).click();
    await answered;
    await page.getByRole('alert').waitFor();
    if (attempt === 1) await shoot(page, language, 'sign-in-2-wrong');
  }
  await page.waitForTimeout(300);
  await shoot(page, language, 'sign-in-3-locked');
  await page.context().close();
}

/** The whole life of a `view` session, on both sides. */
async function viewing(rig: Rig): Promise<void> {
  const { product, plain, sharing, language } = rig;
  const names = NAMES[language];
  const operator = await Operator.arrive(plain, product, language);
  await shoot(operator.page, language, 'desk-1-empty');
  const code = await operator.issue('view');
  await shoot(operator.page, language, 'desk-2-number');
  const help = button(operator.page, language === 'ja' ? 'ヘルプ' : 'Help');
  await help.click();
  await operator.page.getByRole('dialog').waitFor();
  await shoot(operator.page, language, 'desk-help');
  await operator.page.keyboard.press('Escape');

  const customer = await Customer.arrive(sharing, product, language);
  await customer.enter(code);
  await customer.allow.waitFor();
  await shoot(customer.page, language, 'customer-5-consent-view');
  await shoot(operator.page, language, 'desk-3-customer-reads');
  await customer.allow.click();
  await customer.connected.waitFor();
  await operator.screen.waitFor();
  await operator.page.waitForTimeout(2500);
  await shoot(customer.page, language, 'customer-6-connected-view');
  await operator.page.getByRole('button', { name: /^(Connection|接続情報)$/ }).click();
  await shoot(operator.page, language, 'desk-4-viewer');
  await button(operator.page, language === 'ja' ? '大きく表示' : 'Large view').click();
  await shoot(operator.page, language, 'desk-5-viewer-large');
  await operator.page.keyboard.press('Escape');
  await button(operator.page, language === 'ja' ? 'ログアウト' : 'Log out').click();
  await operator.page.getByRole('alertdialog').waitFor();
  await shoot(operator.page, language, 'desk-6-log-out');
  await operator.page.keyboard.press('Escape');

  // Several sessions side by side, in several states.
  await operator.issue('show');
  const second = await operator.issue('view');
  const reader = await Customer.arrive(plain, product, language);
  await reader.enter(second);
  await reader.allow.waitFor();
  await shoot(operator.page, language, 'desk-7-side-by-side');
  await reader.decline.click();
  await reader.page.getByRole('heading', { level: 1 }).waitFor();
  await shoot(reader.page, language, 'customer-7-declined');
  await reader.leave();

  await customer.cancel.click();
  await button(customer.page, language === 'ja' ? '別の番号を入力する' : 'Enter another number').waitFor();
  await shoot(customer.page, language, 'customer-8-ended-by-customer');
  await shoot(operator.page, language, 'desk-8-ended');
  await customer.leave();

  // The operator's page disappears in the middle of a session.
  const last = await Customer.arrive(sharing, product, language);
  await last.enter(await operator.issue('view'));
  await last.allow.click();
  await last.connected.waitFor();
  // A crash, not a farewell: the server waits for it to come back.
  await operator.page.goto('chrome://crash').catch(() => undefined);
  await last.page.getByRole('alert').waitFor();
  await shoot(last.page, language, 'customer-9-interrupted');
  await button(last.page, names.cancel).click();
  await last.leave();
  await operator.leave();
}

/** `show`: the customer watches. */
async function showing({ product, plain, sharing, language }: Rig): Promise<void> {
  const operator = await Operator.arrive(sharing, product, language);
  const customer = await Customer.arrive(plain, product, language);
  await customer.enter(await operator.issue('show'));
  await customer.allow.waitFor();
  await shoot(customer.page, language, 'customer-10-consent-show');
  await customer.allow.click();
  await customer.screen.waitFor();
  await customer.page.waitForTimeout(2000);
  await shoot(customer.page, language, 'customer-11-connected-show');
  await shoot(operator.page, language, 'desk-9-showing');
  await operator.endSession();
  await customer.page.getByRole('button', { name: /Enter another|別の番号/ }).waitFor();
  await shoot(customer.page, language, 'customer-12-ended-by-operator');
  await customer.leave();
  await operator.leave();
}

/** A picker that stays open, one that was closed without a choice, and a phone that has none. */
async function choosing({ product, plain, language }: Rig): Promise<void> {
  const operator = await Operator.arrive(plain, product, language);
  const stubs = {
    'picking-open': () => {
      navigator.mediaDevices.getDisplayMedia = () => new Promise(() => undefined);
    },
    'picking-refused': () => {
      const refused = new DOMException('', 'NotAllowedError');
      navigator.mediaDevices.getDisplayMedia = () => Promise.reject(refused);
    },
    'phone-unable': () => {
      Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia');
    },
  };
  for (const [name, stub] of Object.entries(stubs)) {
    const page = await open(plain);
    await page.addInitScript(stub);
    await page.goto(`${product.origin}/?lang=${language}`);
    const customer = new Customer(page.context(), page, product, language);
    await customer.enter(await operator.issue('view'));
    if (name === 'phone-unable') {
      await page.getByRole('button', { name: /Close the session|セッションを閉じる/ }).waitFor();
    } else {
      await customer.allow.click();
      await page.waitForTimeout(500);
    }
    await shoot(page, language, `customer-${name}`);
    if (name === 'picking-refused') await shoot(operator.page, language, 'desk-picking-refused');
    await page.context().close();
  }
  await operator.leave();
}

async function administration({ product, plain, language }: Rig): Promise<void> {
  const page = await open(plain);
  const names = NAMES[language];
  await page.goto(`${product.origin}/admin?lang=${language}`);
  await button(page, names.login).waitFor();
  await shoot(page, language, 'admin-1-sign-in');
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(ADMIN.id);
  await page.getByLabel(names.password, { exact: true }).fill(ADMIN.password);
  await button(page, names.login).click();
  const add = button(page, language === 'ja' ? 'オペレータを追加' : 'Add operator');
  await add.waitFor();
  await page.getByRole('listitem').first().waitFor();
  await shoot(page, language, 'admin-2-operators');
  await add.click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, language, 'admin-3-add');
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill('bad id');
  await button(page, language === 'ja' ? '保存' : 'Save').click();
  await shoot(page, language, 'admin-4-add-errors');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: language === 'ja' ? 'セッション' : 'Sessions', exact: true }).click();
  const details = page.getByRole('button', { name: language === 'ja' ? '詳細' : 'Details' });
  await details.first().waitFor();
  await details.first().click();
  await shoot(page, language, 'admin-5-sessions');
  await page.getByRole('link', { name: language === 'ja' ? '管理ログ' : 'Administration log' }).click();
  await page.getByRole('cell').first().waitFor();
  await shoot(page, language, 'admin-6-log');
  await page.context().close();
}

async function setUp(plain: Browser, language: Language): Promise<void> {
  const product = await startProduct({ bare: true });
  const page = await open(plain);
  const words =
    language === 'ja'
      ? { company: '会社名', id: '管理者 ID', password: 'パスワード', again: /もう一度/ }
      : { company: 'Company name', id: 'Administrator ID', password: 'Password', again: /again/ };
  await page.goto(`${product.origin}/setup?lang=${language}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await shoot(page, language, 'setup-0-no-token');
  await page.goto('about:blank');
  await page.goto(`${product.origin}/setup?lang=${language}#token=first-start-token`);
  const next = page.getByRole('button', { name: /release key|次へ：解除キー/ });
  await next.waitFor();
  await shoot(page, language, 'setup-1-form');
  await next.click();
  await shoot(page, language, 'setup-2-form-errors');
  await page.getByRole('textbox', { name: words.company }).fill('みどり商事');
  await page.getByRole('textbox', { name: words.id }).fill('admin');
  await page.getByRole('textbox', { name: words.password, exact: true }).fill(ADMIN.password);
  await page.getByRole('textbox', { name: words.again }).fill(ADMIN.password);
  await next.click();
  const key = page.getByTestId('release-key');
  await key.waitFor();
  const groups = await key.locator('span').allInnerTexts();
  await shoot(page, language, 'setup-3-release-key');
  await page.getByRole('button', { name: /I have stored it|保管しました/ }).click();
  const boxes = page.getByRole('textbox');
  const finish = page.getByRole('button', { name: /Finish|完了する/ });
  await boxes.first().fill('XXXX');
  await finish.click();
  await shoot(page, language, 'setup-4-confirm');
  for (const box of await boxes.all()) {
    const label = await box.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
    await box.fill(groups[Number(/\d/.exec(label)?.[0]) - 1] ?? '');
  }
  await finish.click();
  await page.getByTestId('subscriber').waitFor();
  await shoot(page, language, 'setup-5-done');
  await page.context().close();
  await product.stop();
}

/** Something to look at on the screen that is shared. */
async function furnish(): Promise<Browser> {
  const args = [...LAUNCH_ARGS, '--window-position=0,0', '--window-size=1280,720'];
  const browser = await chromium.launch({ executablePath: chromiumPath(), headless: false, args });
  const page = await (await browser.newContext({ viewport: null })).newPage();
  await page.setContent(`<!doctype html><title>経費精算</title><style>
    body { font: 16px/1.8 sans-serif; margin: 2rem 4rem; color: #223 } table { border-collapse: collapse; width: 100% }
    td, th { border: 1px solid #bbc; padding: .4rem 1rem; text-align: left } th { background: #eef2f8 }
    p { background: #fff4d6; padding: .5rem 1rem } button { font: inherit; padding: .4rem 2rem }</style>
    <h1>経費精算 2026 年 11 月</h1><p>入力内容にエラーがあります。領収書の日付を確認してください。</p>
    <table><tr><th>日付</th><th>内容</th><th>金額</th></tr><tr><td>11/03</td><td>交通費（東京 – 横浜）</td><td>960 円</td></tr>
    <tr><td>11/31</td><td>会議用の書籍</td><td>3,300 円</td></tr><tr><td>11/18</td><td>宿泊費（大阪）</td><td>9,800 円</td></tr></table>
    <br><button>申請する</button>`);
  return browser;
}

async function main(): Promise<void> {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (ONLY.length === 0) rmSync(OUT, { recursive: true, force: true });
  rmSync(join(OUT, 'failed'), { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const screen = await startXvfb();
  process.env.DISPLAY = screen.display;
  const desktop = await furnish();
  const plain = await chromium.launch({ executablePath: chromiumPath(), args: LAUNCH_ARGS });
  const sharing = await sharingBrowser();
  const product = await startProduct();
  try {
    for (const language of ['ja', 'en'] as const) {
      const rig = { product, plain, sharing, language };
      for (const story of [entrance, signIn, viewing, showing, choosing, administration]) {
        if (!wanted(story)) continue;
        console.log(`${language} ${story.name}`);
        await story(rig).catch((error: unknown) => failed(rig, story.name, error));
      }
      if (wanted(setUp)) {
        console.log(`${language} setUp`);
        await setUp(plain, language).catch((error: unknown) =>
          findings.push(`${language} setUp: ${String(error)}`),
        );
      }
    }
  } finally {
    await product.stop();
    await plain.close();
    await sharing.close();
    await desktop.close();
    await screen.stop();
  }
}

/** Notes a story that broke off, with a picture of every page it left open. */
async function failed({ plain, sharing, language }: Rig, name: string, error: unknown): Promise<void> {
  findings.push(`${language} ${name}: ${String(error)}`);
  const contexts = [...plain.contexts(), ...sharing.contexts()];
  for (const [index, page] of contexts.flatMap((context) => context.pages()).entries()) {
    await page
      .screenshot({ path: join(OUT, 'failed', `${language}-${name}-${index}.png`) })
      .catch(() => undefined);
  }
  for (const context of contexts) await context.close();
}

/** With words given, stories that cannot contain them need not run. */
function wanted(story: (...args: never[]) => Promise<void>): boolean {
  if (ONLY.length === 0) return true;
  const source = story.toString();
  return ONLY.some((word) => source.includes(word));
}

await main();
console.log(`${taken} screenshots in ${OUT}`);
for (const finding of new Set(findings)) console.error(`✗ ${finding}`);
console.log(findings.length === 0 ? 'axe-core found nothing.' : `${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
