/** What the people of a story do, by the names they read on the screen. */
import { expect, type Browser, type BrowserContext, type Page, type ViewportSize } from '@playwright/test';
import { ADMIN, OPERATOR, type Account, type Product } from './product';

export type Language = 'en' | 'ja';
export type Mode = 'control' | 'view' | 'share' | 'show';

/** The contract's accessible names. */
export const NAMES = {
  en: {
    number: 'Session number',
    connect: 'Connect',
    allow: 'Allow',
    decline: 'Decline',
    cancel: 'Cancel',
    connected: 'Connected',
    issue: 'New session number',
    password: 'Password',
    login: 'Log in',
    screen: 'Remote screen',
    end: /^End/,
    withdraw: /^Withdraw/,
    modes: { control: 'Control', view: 'View', share: 'Share', show: 'Show' },
    details: 'Details',
    download: 'Download helper',
    grants: { input: /pointer and keyboard/i, clipboard: /clipboard/i },
  },
  ja: {
    number: 'セッション番号',
    connect: '接続',
    allow: '許可する',
    decline: '拒否',
    cancel: 'キャンセル',
    connected: '接続されました',
    issue: 'セッション番号を発行',
    password: 'パスワード',
    login: 'ログイン',
    screen: 'リモート画面',
    end: /終了/,
    withdraw: /取り消/,
    modes: {
      control: '顧客のコンピュータを操作する',
      view: '顧客の画面を見る',
      share: 'オペレータの画面を共有する',
      show: 'オペレータの画面を見せる',
    },
    details: '詳細',
    download: 'ヘルパーをダウンロード',
    grants: { input: /マウスとキーボード/, clipboard: /クリップボード/ },
  },
} as const;

abstract class Person {
  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly product: Product,
    readonly language: Language,
  ) {}

  get names() {
    return NAMES[this.language];
  }

  /** The picture of the other side. */
  get screen() {
    return this.page.getByLabel(this.names.screen, { exact: true }).and(this.page.locator('video'));
  }

  /** The link under Details beside the helper's download: what somebody would hand to a helper that is there already. */
  async helperLink(): Promise<string> {
    await this.page.getByText(this.names.details, { exact: true }).first().click();
    const text = this.page.getByText(/^tasuki:[A-Za-z0-9_-]+$/).first();
    await expect(text).toBeVisible();
    const link = (await text.innerText()).trim();
    await this.lookAway();
    return link;
  }

  /** Waits until pointer and keyboard go to the other computer. */
  async controls(): Promise<void> {
    await expect(this.page.getByTestId('control-state')).toHaveAttribute('data-state', 'on', {
      timeout: 30_000,
    });
  }

  /** A place of the picture on this page, x and y from 0 to 1. */
  async placeInPicture(x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await this.screen.boundingBox();
    if (!box) throw new Error('no picture');
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }

  /** Clicks a whole pixel of this page. @returns the pixel of the shared screen that it shows there */
  async clickPicture(
    x: number,
    y: number,
    button: 'left' | 'right' = 'left',
  ): Promise<{ x: number; y: number }> {
    const place = await this.placeInPicture(x, y);
    const [left, top] = [Math.round(place.x), Math.round(place.y)];
    await this.page.mouse.click(left, top, { button });
    return this.screen.evaluate(
      (video: HTMLVideoElement, [left, top]) => {
        const box = video.getBoundingClientRect();
        return {
          x: ((left - box.x) / box.width) * video.videoWidth,
          y: ((top - box.y) / box.height) * video.videoHeight,
        };
      },
      [left, top] as const,
    );
  }

  /** The switch with which the person in front of the shared computer gives or takes a right. */
  grant(name: 'input' | 'clipboard') {
    return this.page.getByRole('switch', { name: this.names.grants[name] });
  }

  /**
   * Gives a right. A click counts only once the helper keeps remote input off this page. A browser that is driven by script
   * always has the focus; coming to the page and leaving it is said to it.
   */
  async switchOn(name: 'input' | 'clipboard'): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(this.page.locator('[data-guarded="true"]')).toBeVisible();
    await this.grant(name).click();
    await expect(this.grant(name)).toBeChecked();
    await this.lookAway();
  }

  /** The person turns to another window. */
  async lookAway(): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event('blur')));
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

/** Cookies of operators who have come before, by server and account: a story is not about the password. */
const signedIn = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();

export class Operator extends Person {
  get #login() {
    return this.page.getByRole('button', { name: this.names.login, exact: true });
  }

  get #issue() {
    return this.page.getByRole('button', { name: this.names.issue, exact: true });
  }

  /** At the desk, signed in. */
  static async arrive(
    browser: Browser,
    product: Product,
    language: Language = 'ja',
    { account = OPERATOR, scale = 1 }: { account?: Account; scale?: number } = {},
  ): Promise<Operator> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: scale,
    });
    const who = `${product.origin} ${account.id}`;
    await context.addCookies(signedIn.get(who) ?? []);
    const operator = new Operator(context, await context.newPage(), product, language);
    await operator.page.goto(`${product.origin}/desk?lang=${language}`);
    await expect(operator.#login.or(operator.#issue)).toBeVisible();
    if (await operator.#login.isVisible()) {
      await operator.logIn(account);
      signedIn.set(who, await context.cookies());
    }
    return operator;
  }

  /** At the desk, not yet signed in. */
  static async at(context: BrowserContext, product: Product, language: Language): Promise<Operator> {
    const operator = new Operator(context, await context.newPage(), product, language);
    await operator.page.goto(`${product.origin}/desk?lang=${language}`);
    await expect(operator.#login).toBeVisible();
    return operator;
  }

  async logIn({ id, password }: Account = OPERATOR): Promise<void> {
    await this.page.getByRole('textbox', { name: 'ID', exact: true }).fill(id);
    await this.page.getByLabel(this.names.password, { exact: true }).fill(password);
    await this.#login.click();
    await expect(this.#issue).toBeVisible();
  }

  /** The newest connected session of the audit, as an administrator sees it. */
  async lastSession(): Promise<Record<string, unknown> | null> {
    const { origin } = this.product;
    await this.#asAdministrator();
    const answer = await this.page.request.get(`${origin}/api/admin/sessions`);
    const rows = (await answer.json()) as Record<string, unknown>[];
    return rows.find((each) => each.startedAt !== null) ?? null;
  }

  /** The administrator gives this operator another name. */
  async rename(name: string): Promise<void> {
    await this.#asAdministrator();
    const headers = { origin: this.product.origin };
    const url = `${this.product.origin}/api/admin/operators/${OPERATOR.id}`;
    expect((await this.page.request.patch(url, { data: { name }, headers })).ok()).toBe(true);
  }

  async #asAdministrator(): Promise<void> {
    const data = { id: ADMIN.id, password: ADMIN.password, role: 'administrator' };
    const headers = { origin: this.product.origin };
    await this.page.request.post(`${this.product.origin}/api/login`, { data, headers });
  }

  /** Presses End on the (only) live session's card, and whatever asks to be sure. */
  async endSession(): Promise<void> {
    await this.page.getByRole('button', { name: this.names.end }).first().click();
  }

  /** Takes the newest unused number back. */
  async withdraw(): Promise<void> {
    await this.page.getByRole('button', { name: this.names.withdraw }).first().click();
  }

  /** @returns the eight digits of the newest card */
  async issue(mode: Mode = 'view'): Promise<string> {
    const before = await this.page.getByTestId('session-code').count();
    await this.page.getByRole('radio', { name: this.names.modes[mode], exact: true }).check();
    await this.#issue.click();
    const codes = this.page.getByTestId('session-code');
    await expect(codes).toHaveCount(before + 1);
    const code = (await codes.first().innerText()).replace(/\D/g, '');
    expect(code).toMatch(/^\d{8}$/);
    return code;
  }
}

export class Customer extends Person {
  /** @param viewport null: as large as the browser's window */
  static async arrive(
    browser: Browser,
    product: Product,
    language: Language = 'ja',
    {
      path = '/',
      viewport = { width: 1000, height: 760 },
    }: { path?: string; viewport?: ViewportSize | null } = {},
  ) {
    const context = await browser.newContext({ viewport });
    return Customer.at(context, product, language, path);
  }

  static async at(context: BrowserContext, product: Product, language: Language, path = '/') {
    const page = await context.newPage();
    const [route, fragment] = path.split('#');
    await page.goto(`${product.origin}${route}?lang=${language}${fragment ? `#${fragment}` : ''}`);
    return new Customer(context, page, product, language);
  }

  async enter(code: string): Promise<void> {
    await this.page.getByRole('textbox', { name: this.names.number, exact: true }).fill(code);
    await this.page.getByRole('button', { name: this.names.connect, exact: true }).click();
  }

  get allow() {
    return this.page.getByRole('button', { name: this.names.allow, exact: true });
  }
  get decline() {
    return this.page.getByRole('button', { name: this.names.decline, exact: true });
  }
  get cancel() {
    return this.page.getByRole('button', { name: this.names.cancel, exact: true });
  }
  get connected() {
    return this.page.getByRole('heading', { name: this.names.connected, exact: true });
  }
}
