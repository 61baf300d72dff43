/**
 * A lying server in a chat, played between the visitor's browser and the real one: it answers in the operator's place,
 * changes what is said, or shows another company's key. The visitor's window says so plainly and sends nothing more. The
 * same lies against the pure conversation stand in client/session/chat/conversation-*.test.ts.
 */
import { randomBytes } from 'node:crypto';
import type { Browser, FrameLocator, Page } from '@playwright/test';
import { CHAT, chatOperator, startDemo, type Demo } from './support/chat';
import { expect, test } from './support/story';

const NAMES = CHAT.en;
type Told = Record<string, never> & {
  claim: { key: string; certificate: { signKey: string } };
  message: { frame: string };
};
/** Gets what the server tells the visitor; what it changes there is what the visitor hears. */
type Lie = (event: string, told: Told) => void;

/** A visitor before a server that lies. */
class Misled {
  /** What the window has sent since it was lied to. */
  readonly sent: string[] = [];
  lied = false;
  lie: Lie = () => undefined;
  readonly chat: FrameLocator;

  private constructor(readonly page: Page) {
    this.chat = page.frameLocator('iframe');
  }

  static async arrive(browser: Browser, { site }: Demo): Promise<Misled> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const misled = new Misled(await context.newPage());
    await misled.#listen();
    await misled.page.goto(site);
    return misled;
  }

  async #listen(): Promise<void> {
    await this.page.routeWebSocket(/socket\.io/, (client) => {
      const server = client.connectToServer();
      client.onMessage((raw) => {
        const event = /\["(chat:(?:send|answer|start))"/.exec(raw.toString())?.[1];
        if (event && this.lied) this.sent.push(event);
        server.send(raw);
      });
      server.onMessage((raw) => {
        const text = raw.toString();
        const start = text.indexOf('["chat:');
        if (start < 0) return client.send(text);
        const [event, told] = JSON.parse(text.slice(start)) as [string, Told];
        const honest = JSON.stringify(told);
        this.lie(event, told);
        this.lied ||= JSON.stringify(told) !== honest;
        client.send(text.slice(0, start) + JSON.stringify([event, told]));
      });
    });
  }

  async ask(text: string): Promise<void> {
    await this.page.getByRole('button', { name: NAMES.button, exact: true }).click();
    await this.chat.getByRole('textbox', { name: NAMES.name, exact: true }).fill('Vera Visitor');
    await this.chat.getByRole('textbox', { name: NAMES.message, exact: true }).fill(text);
    await this.chat.getByRole('button', { name: NAMES.start, exact: true }).click();
    await expect(this.chat.getByText('You are next.')).toBeVisible();
  }

  get box() {
    return this.chat.getByRole('textbox', { name: NAMES.message, exact: true });
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  /** It says what was found and what to do, and there is nothing to type into any more. */
  async isWarned(what: RegExp): Promise<void> {
    const alert = this.chat.getByRole('alert');
    await expect(alert).toContainText(what);
    await expect(alert).toContainText('contact the company in another way');
    await expect(this.box).toBeHidden();
    expect(this.sent).toEqual([]);
  }
}

const words = async (list: ReturnType<Page['getByRole']>): Promise<string[]> => {
  await expect(list.getByRole('listitem')).toHaveCount(4);
  return (await list.getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s/g, ''));
};

test('chat: safety pictures are equal, and every lie of the server about who answers or what was said is found out', async ({
  browser,
}) => {
  const demo = await startDemo();
  const desk = await chatOperator(browser, demo);
  const accept = desk.getByRole('button', { name: NAMES.accept });

  // An honest server: both sides see the same four pictures, and the message arrives. Then it changes the next one.
  const misled = await Misled.arrive(browser, demo);
  await misled.ask('It does not print.');
  await accept.click();
  await expect(misled.chat.getByText('You are chatting with Demo Operator')).toBeVisible();
  const pictures = desk.getByRole('list', { name: 'Safety pictures' });
  if (!(await pictures.isVisible())) await desk.getByText('Details', { exact: true }).click();
  const seen = await words(pictures);
  await misled.chat.getByRole('button', { name: 'About this chat' }).first().click();
  const shown = misled.chat.getByRole('dialog').getByRole('list', { name: 'Safety pictures' });
  expect(await words(shown)).toEqual(seen);
  await misled.page.keyboard.press('Escape');
  await misled.say('The light is green.');
  await expect(desk.getByRole('log').getByText('The light is green.')).toBeVisible();
  misled.lie = (event, told) => {
    if (event === 'chat:message') told.message.frame = told.message.frame.replace(/.{8}$/, 'AAAAAAAA');
  };
  await desk.getByRole('textbox', { name: NAMES.message, exact: true }).fill('Please wait.');
  await desk.keyboard.press('Enter');
  await misled.isWarned(/not written by the person it claims/);
  await misled.page.context().close();

  // It answers in the operator's place: with a key of its own, then with the certificate of a device of its own.
  const puts: Lie[] = [
    (event, { claim }) => {
      if (event === 'chat:claimed') claim.key = randomBytes(32).toString('base64url');
    },
    (event, { claim }) => {
      if (event === 'chat:claimed') claim.certificate.signKey = randomBytes(32).toString('base64url');
    },
  ];
  for (const lie of puts) {
    const visitor = await Misled.arrive(browser, demo);
    visitor.lie = lie;
    await visitor.ask('Is anybody there?');
    await accept.click();
    await visitor.isWarned(/somebody whom the company has not approved/);
    await expect(visitor.chat.getByText('You are chatting with')).toBeHidden();
    await visitor.page.context().close();
  }

  // It shows another key than the one in the company's own page: nothing can be typed at all.
  const stranger = await Misled.arrive(browser, demo);
  await stranger.page.route('**/api/chat/card*', async (route) => {
    const answer = await route.fetch();
    const card = (await answer.json()) as object;
    await route.fulfill({
      response: answer,
      json: { ...card, identityKey: randomBytes(32).toString('base64url') },
    });
  });
  await stranger.page.getByRole('button', { name: NAMES.button, exact: true }).click();
  await expect(stranger.chat.getByRole('alert')).toContainText('This chat is not safe');
  await expect(stranger.chat.getByRole('textbox')).toHaveCount(0);

  await stranger.page.context().close();
  await desk.context().close();
  await demo.stop();
});
