/** The operators' side of the chat: who waits, who takes whom, what only the staff sees, and what a broken desk loses: nothing. */
import { chromium, expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { LOOKS, accessible } from './support/a11y';
import { accept, CHAT, chatOperator, startDemo, visitor, type Demo } from './support/chat';
import { LAUNCH_ARGS, chromiumPath } from './support/chromium';

const NAMES = CHAT.en;
/** What the issue promises every eligible operator. */
const SOON = { timeout: 2000 };
let demo: Demo;
let colleague: Demo['operator'];
test.beforeAll(async () => {
  demo = await startDemo();
  colleague = await demo.addOperator('aiko', 'Aiko Tanaka');
});
test.afterAll(() => demo.stop());

const acceptButton = (desk: Page) => desk.getByRole('button', { name: NAMES.accept, exact: true });
const log = (desk: Page) => desk.getByRole('log');
/** Where the keyboard goes when the last conversation is off the desk. */
const queue = (desk: Page) => desk.locator('#chat-queue');
const tab = (desk: Page, name: string) => desk.getByRole('tab', { name: new RegExp(name) });
const box = (desk: Page) => desk.getByRole('textbox', { name: NAMES.message, exact: true });
const waiting = (desk: Page, count: number): Locator =>
  desk.getByRole('heading', { name: `Waiting: ${count}`, exact: true });

async function transfer(desk: Page, to: RegExp) {
  await desk.getByRole('button', { name: 'Transfer', exact: true }).click();
  await desk.getByRole('dialog').getByRole('button', { name: to }).click();
}

async function more(desk: Page, action: string) {
  await desk.getByRole('button', { name: 'More actions', exact: true }).click();
  await desk.getByRole('menuitem', { name: action, exact: true }).click();
}

/** The administration, signed in. */
async function administrator(browser: Browser, path: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
  await page.goto(`${demo.origin}${path}?lang=en`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(demo.administrator.id);
  await page.getByLabel('Password', { exact: true }).fill(demo.administrator.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  return page;
}

test('two press Accept at once; notes and canned replies; handed on, and back; the rating reaches desk and audit', async ({
  browser,
}) => {
  const admin = await administrator(browser, '/admin/replies');
  // Neither hears of the other before both have pressed.
  let held: (() => void)[] | null = null;
  const prepare = (desk: Page) =>
    desk.routeWebSocket(/socket\.io/, (socket) => {
      socket.connectToServer().onMessage((message) => {
        if (held) held.push(() => socket.send(message));
        else socket.send(message);
      });
    });
  const desks = [
    await chatOperator(browser, demo, { prepare }),
    await chatOperator(browser, demo, { operator: colleague, prepare }),
  ] as const;
  const { page, chat, say } = await visitor(browser, demo);
  await expect(chat.getByText('You are next.')).toBeVisible();
  for (const desk of desks) {
    await expect(waiting(desk, 1)).toBeVisible(SOON);
    await expect(desk.getByText('It does not print.')).toBeVisible();
    await expect(desk).toHaveTitle(/^\(1\)/);
  }

  const late: (() => void)[] = (held = []);
  for (const desk of desks) await acceptButton(desk).click();
  held = null;
  for (const tell of late) tell();
  const tabs = () => Promise.all(desks.map((desk) => desk.getByRole('tab').count()));
  await expect.poll(async () => (await tabs()).toSorted()).toEqual([0, 1]);
  const first = (await tabs()).indexOf(1);
  const [olga, otto] = [desks[first] as Page, desks[1 - first] as Page];
  await expect(otto.getByText(/was quicker/).first()).toBeAttached();
  await expect(waiting(otto, 0)).toBeVisible();
  await expect(otto.getByRole('tab')).toHaveCount(0);

  // The text field has the keyboard by itself; what the administrator has written just now can be used at once.
  await admin.getByRole('button', { name: 'Add reply' }).click();
  await expect(admin.getByRole('textbox', { name: 'Shortcut' })).toBeFocused();
  await admin.getByRole('textbox', { name: 'Shortcut' }).fill('welcome');
  await admin.getByRole('textbox', { name: 'Text' }).fill('Good day, {name}.');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('/welcome', { exact: true })).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Add reply' })).toBeFocused();
  await accessible(admin, 'canned replies of the company');
  await expect(box(olga)).toBeFocused();
  await olga.keyboard.type('/wel');
  await expect(olga.getByRole('option', { name: /welcome/ })).toHaveAttribute('aria-selected', 'true');
  await olga.keyboard.press('Enter');
  await expect(box(olga)).toHaveValue('Good day, Vera Visitor.');
  await olga.keyboard.press('Enter');
  await expect(chat.getByText('Good day, Vera Visitor.')).toBeVisible();
  await expect(log(olga).getByText('Read', { exact: true })).toBeVisible();

  await olga.keyboard.press('Alt+m');
  await expect(olga.getByRole('textbox', { name: 'Note for the staff' })).toBeFocused();
  await olga.keyboard.type('She has the old printer.');
  await olga.keyboard.press('Enter');
  await expect(log(olga).getByText('She has the old printer.')).toBeVisible();
  for (const [look, { viewport, colorScheme }] of LOOKS) {
    if (viewport) await olga.setViewportSize(viewport);
    await olga.emulateMedia({ colorScheme });
    await accessible(olga, `desk with a chat, ${look}`);
  }
  await olga.setViewportSize({ width: 1280, height: 720 });
  await expect(box(olga).or(olga.getByRole('textbox', { name: 'Note for the staff' }))).toBeInViewport({
    ratio: 1,
  });

  await transfer(olga, first === 0 ? /Aiko/ : /Demo Operator/);
  await expect(otto.getByText(/^Handed to you by/)).toBeVisible(SOON);
  await expect(olga.getByRole('tab')).toHaveCount(0);
  await expect(queue(olga)).toBeFocused();
  await accept(otto);
  for (const text of ['It does not print.', 'Good day, Vera Visitor.', 'She has the old printer.'])
    await expect(log(otto).getByText(text)).toBeVisible();
  await expect(chat.getByText(/You are chatting with/)).toBeVisible();

  await transfer(otto, /Back to the queue/);
  for (const desk of desks) await expect(waiting(desk, 1)).toBeVisible(SOON);
  await olga.keyboard.press('Alt+0');
  await expect(log(olga).getByText('She has the old printer.')).toBeVisible();
  await more(olga, 'Invite a colleague');
  await olga
    .getByRole('dialog')
    .getByRole('button', { name: first === 0 ? /Aiko/ : /Demo Operator/ })
    .click();
  await expect(tab(otto, 'Vera Visitor')).toBeVisible(SOON);
  // Who reads along is said to whom they read.
  await expect(chat.getByText(/^(Aiko Tanaka|Demo Operator) has joined and reads along$/)).toBeVisible(SOON);
  await say('It prints now.');
  for (const desk of desks) await expect(log(desk).getByText('It prints now.')).toBeVisible(SOON);
  // Whatever the visitor's page shows, it is nothing that the staff noted.
  await expect(chat.getByText('It prints now.')).toBeVisible();
  expect(await chat.locator('body').innerText()).not.toContain('old printer');

  await otto.getByRole('button', { name: 'Leave the chat' }).click();
  await expect(otto.getByRole('tab')).toHaveCount(0);
  await olga.getByRole('button', { name: 'End chat', exact: true }).click();
  await olga.getByRole('alertdialog').getByRole('button', { name: 'End chat', exact: true }).click();
  await expect(olga.getByRole('status').filter({ hasText: 'The chat was ended' })).toBeFocused();
  await chat.getByRole('radio', { name: /^4 stars/ }).check({ force: true });
  await chat.getByRole('textbox', { name: 'Comment (optional)' }).fill('Kind, <b>but</b> slow');
  await chat.getByRole('button', { name: 'Submit rating' }).click();
  await expect(olga.getByText('Kind, <b>but</b> slow')).toBeVisible(SOON);
  await olga.getByRole('button', { name: 'Take off the desk' }).click();
  await expect(queue(olga)).toBeFocused();
  await expect(olga).toHaveTitle(/^Operator desk/);

  // Off the desk, it is found again among the earlier ones.
  await olga.reload();
  await olga.getByRole('button', { name: 'Earlier chats', exact: true }).click();
  const earlier = olga.getByRole('dialog');
  const theirs = earlier.getByRole('button', { name: /^Vera Visitor/ });
  await expect(theirs).toContainText('The chat was ended from your side.');
  await expect(theirs).toContainText('4 of 5');
  await accessible(olga, 'earlier chats');
  await theirs.press('Enter');
  await expect(earlier.getByRole('heading', { name: 'Conversation with Vera Visitor' })).toBeVisible();
  for (const text of ['It prints now.', 'She has the old printer.', 'Kind, <b>but</b> slow'])
    await expect(earlier.getByText(text)).toBeVisible();
  await accessible(olga, 'earlier chat');
  await expect(earlier.getByRole('button', { name: 'Back to the list' })).toBeFocused();
  await olga.keyboard.press('Enter');
  await expect(theirs).toBeFocused();
  await olga.keyboard.press('Escape');
  await expect(earlier).toBeHidden();

  await admin.getByRole('link', { name: 'Chats', exact: true }).click();
  const row = admin.getByRole('row', { name: /4 of 5/ });
  await expect(row).toContainText('Aiko Tanaka');
  await expect(row).toContainText('Demo Operator');
  await row.getByRole('button', { name: 'Details' }).click();
  await expect(admin.getByText(/back to the queue/)).toBeVisible();
  await accessible(admin, 'list of chats');
  const read = admin.getByRole('button', { name: 'Read the conversation' });
  await read.click();
  // Not on a browser that nobody has approved; the demo approves whichever asks.
  await expect(admin.getByText('This browser is not approved')).toBeVisible();
  await admin.getByRole('link', { name: 'To the approval' }).click();
  await admin.getByRole('button', { name: 'Ask another browser' }).click();
  await expect(admin.getByText('This browser is approved and can approve others.')).toBeVisible();
  await admin.getByRole('link', { name: 'Chats', exact: true }).click();
  await row.getByRole('button', { name: 'Details' }).click();
  await read.click();
  const transcript = admin.getByRole('dialog');
  for (const text of ['It prints now.', 'She has the old printer.', 'Kind, <b>but</b> slow'])
    await expect(transcript.getByText(text)).toBeVisible();
  await accessible(admin, 'conversation in the audit');
  for (const each of [...desks, page, admin]) await each.context().close();
});

test('an operator’s browser dies, and a socket breaks: the visitor is told, and nothing is lost', async ({
  browser,
}) => {
  const server = await chromium.launchServer({ executablePath: chromiumPath(), args: LAUNCH_ARGS });
  const doomed = await chromium.connect(server.wsEndpoint());
  const desk = await chatOperator(doomed, demo);
  const { page, chat, say } = await visitor(browser, demo);
  await accept(desk);
  await box(desk).fill('One moment, please.');
  await box(desk).press('Enter');
  await expect(chat.getByText('One moment, please.')).toBeVisible();

  await server.kill();
  await expect(chat.getByText(/is not connected at the moment/)).toBeVisible();
  await say('Are you there?');

  // From another browser: the whole conversation, with what was written meanwhile. Its socket can be cut.
  let cut = (): unknown => undefined;
  const again = await chatOperator(browser, demo, {
    prepare: (desktop) =>
      desktop.routeWebSocket(/socket\.io/, (socket) => {
        socket.connectToServer();
        cut = () => socket.close();
      }),
  });
  for (const text of ['It does not print.', 'One moment, please.', 'Are you there?'])
    await expect(log(again).getByText(text)).toBeVisible();
  await expect(chat.getByText(/You are chatting with Demo Operator/)).toBeVisible();

  await again.context().setOffline(true);
  cut();
  await expect(chat.getByText(/is not connected at the moment/)).toBeVisible();
  await say('Hello?');
  await box(again).fill('Yes, I am back.');
  await box(again).press('Enter');
  await expect(log(again).getByText('Sending', { exact: true })).toBeVisible();
  await again.context().setOffline(false);
  await expect(log(again).getByText('Hello?')).toBeVisible();
  await expect(chat.getByText('Yes, I am back.')).toBeVisible();
  await expect(log(again).getByText('Yes, I am back.')).toHaveCount(1);
  await chat.getByRole('button', { name: 'End chat' }).click();
  await chat.getByRole('button', { name: 'End chat' }).last().click();
  await expect(again.getByText('The visitor ended the chat.')).toBeVisible(SOON);
  for (const each of [again, page]) await each.context().close();
});

test('several chats side by side, by keyboard; a blocked visitor comes back no more', async ({ browser }) => {
  const desk = await chatOperator(browser, demo);
  const vera = await visitor(browser, demo);
  const max = await visitor(browser, demo, { name: 'Max <i>Muster</i>', text: 'Where is my order?' });
  await expect(waiting(desk, 2)).toBeVisible();
  await desk.keyboard.down('Alt');
  await desk.keyboard.down('0');
  await expect(log(desk).getByText('It does not print.')).toBeVisible();
  // Held down it takes nobody else.
  await desk.keyboard.down('0');
  for (const key of ['0', 'Alt']) await desk.keyboard.up(key);
  // The same page in Japanese, under the names that everybody relies on.
  await desk.getByRole('button', { name: '日本語', exact: true }).click();
  await expect(desk.getByRole('switch', { name: '受付中', exact: true })).toBeChecked();
  for (const name of ['応対する', 'リモート接続を依頼', '転送', '送信'])
    await expect(desk.getByRole('button', { name, exact: true })).toBeVisible();
  await expect(desk.getByRole('textbox', { name: 'メッセージ', exact: true })).toBeVisible();
  await desk.getByRole('button', { name: 'English', exact: true }).click();
  // A dialog is about the chat behind it: another one that is taken meanwhile does not push it aside.
  await desk.getByRole('button', { name: 'Transfer', exact: true }).click();
  const handing = desk.getByRole('dialog', { name: /Vera Visitor/ });
  await expect(handing).toBeVisible();
  // The administrator has corrected a name meanwhile; the desk stays open.
  await demo.rename(demo.operator.id, 'Petra Neumann');
  await desk.keyboard.press('Alt+0');
  await expect(max.chat.getByText('Petra Neumann').first()).toBeVisible();
  await expect(desk.locator('[role="tab"]', { hasText: 'Muster' })).toBeVisible();
  await expect(handing).toBeVisible();
  await desk.keyboard.press('Escape');
  await expect(log(desk).getByText('It does not print.')).toBeVisible();
  await expect(desk.getByText('Petra Neumann', { exact: true })).toBeVisible();
  await desk.keyboard.press('Alt+2');
  await expect(log(desk).getByText('Where is my order?')).toBeVisible();
  await desk.keyboard.type('draft for Max');
  await vera.say('Hello?');
  await expect(tab(desk, 'Vera Visitor').getByText('1 unread')).toBeAttached();
  await desk.keyboard.press('Alt+1');
  await expect(log(desk).getByText('Hello?')).toBeVisible();
  await expect(box(desk)).toBeFocused();
  await expect(box(desk)).toHaveValue('');
  await desk.keyboard.press('Alt+ArrowDown');
  await expect(box(desk)).toHaveValue('draft for Max');

  await more(desk, 'Block visitor');
  await desk.getByRole('dialog').getByRole('button', { name: 'Block visitor' }).click();
  await expect(max.chat.getByText('The operator ended the chat.')).toBeVisible();
  await max.chat.getByRole('button', { name: 'New chat' }).click();
  await max.chat.getByRole('textbox', { name: NAMES.message, exact: true }).fill('Me again');
  await max.chat.getByRole('button', { name: NAMES.start, exact: true }).click();
  // They are told when, and not that they are blocked.
  await expect(
    max.chat.getByText(/Chats from your internet connection are not possible at the moment/),
  ).toBeVisible();
  await expect(waiting(desk, 0)).toBeVisible();

  // An administrator sees who blocked and lifts it.
  const admin = await administrator(browser, '/admin/chats');
  const block = admin.getByRole('list', { name: 'Blocked visitors' }).getByRole('listitem');
  await expect(block).toContainText('Petra Neumann');
  await expect(admin.getByText('visitor blocked: Petra Neumann')).toBeVisible();
  await accessible(admin, 'list of chats with a block');
  await block.getByRole('button', { name: /^Lift block/ }).click();
  await expect(admin.getByText('No visitor is blocked any more.')).toBeVisible();
  await max.chat.getByRole('button', { name: NAMES.start, exact: true }).click();
  await expect(waiting(desk, 1)).toBeVisible(SOON);
  await admin.context().close();
  for (const each of [desk, vera.page, max.page]) await each.context().close();
});
