/** What a visitor of a company's page does, by the names they read in the chat window. */
import {
  expect,
  type Browser,
  type BrowserContextOptions,
  type FrameLocator,
  type Page,
} from '@playwright/test';
import type { Demo } from './chat';

export const NAMES = {
  en: {
    button: 'Chat with us',
    name: 'Your name',
    message: 'Message',
    start: 'Start',
    send: 'Send',
    end: 'End chat',
    allow: 'Allow',
    decline: 'Decline',
    cancel: 'Cancel',
    connected: 'Connected',
    back: 'Back to the chat',
    ended: 'The chat has ended',
    log: 'Conversation',
    rate: 'Submit rating',
    save: 'Save the conversation',
    stars: '4 stars: good',
  },
  ja: {
    button: 'チャットで相談',
    name: 'お名前',
    message: 'メッセージ',
    start: '開始',
    send: '送信',
    end: '終了',
    allow: '許可する',
    decline: '拒否',
    cancel: 'キャンセル',
    connected: '接続されました',
    back: 'チャットに戻る',
    ended: 'チャットは終わりました',
    log: '会話',
    rate: '評価する',
    save: '会話を保存',
    stars: '星 4 つ: 良い',
  },
} as const;

export class Visitor {
  readonly names;
  /** What stands in the loader's frame. */
  chat: FrameLocator;

  constructor(
    readonly page: Page,
    readonly language: keyof typeof NAMES,
  ) {
    this.names = NAMES[language];
    this.chat = page.frameLocator('iframe');
  }

  /** Opens a page of the company in a browser of their own. @param path of the company's site */
  static async arrive(
    browser: Browser,
    { site }: Demo,
    { path = '', language = 'en', ...options }: Wishes = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 760 }, ...options });
    const page = await context.newPage();
    await page.goto(site + path);
    return new Visitor(page, language);
  }

  async press(): Promise<void> {
    await this.page.getByRole('button', { name: this.names.button, exact: true }).click();
  }

  /** Presses the button and asks. */
  async ask(question = 'It does not print.'): Promise<void> {
    await this.press();
    await this.chat.getByRole('textbox', { name: this.names.name, exact: true }).fill('Vera Visitor');
    await this.box.fill(question);
    await this.button('start').click();
    await expect(this.log).toContainText(question);
  }

  get box() {
    return this.chat.getByRole('textbox', { name: this.names.message, exact: true });
  }
  get log() {
    return this.chat.getByRole('log', { name: this.names.log });
  }
  button(name: Exclude<keyof typeof NAMES.en, 'log' | 'name' | 'message' | 'connected' | 'ended' | 'stars'>) {
    return this.chat.getByRole('button', { name: this.names[name], exact: true });
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
    await expect(this.log).toContainText(text);
  }

  /** Allows what was asked for: counts only half a second after it has appeared. */
  async allow(): Promise<void> {
    await expect(this.button('allow')).toBeEnabled();
    await this.button('allow').click();
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}

interface Wishes extends BrowserContextOptions {
  path?: string;
  language?: keyof typeof NAMES;
}
