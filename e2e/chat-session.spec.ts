/** From chat to screen, on a company's page of another origin (RS-77–79, RS-121, RS-123): asked, answered, real pixels. */
import { accessible } from './support/a11y';
import { accept, CHAT, chatOperator, requestSession, startDemo, type Demo } from './support/chat';
import { startHelper } from './support/helper';
import { BLUE, GREEN, RED, paintScreen, showsColour } from './support/pixels';
import { expect, sharingBrowser, test } from './support/story';
import { openTarget } from './support/target';
import { Visitor } from './support/visitor';
import type { Page } from '@playwright/test';

const NAMES = CHAT.en;
let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.stop());

const screenOf = (page: Page) => page.getByLabel('Remote screen', { exact: true }).and(page.locator('video'));

test('chat (ja): declined, allowed, seen, taken up after a reload; chatting goes on beside the screen and after it', async ({
  browser,
}) => {
  const sharing = await sharingBrowser();
  const desk = await chatOperator(browser, demo);
  const screen = screenOf(desk);
  const vera = await Visitor.arrive(sharing, demo, { path: 'ja', language: 'ja' });
  await vera.ask('印刷ができません。');
  const { page, chat, names } = vera;
  await accept(desk);

  await requestSession(desk, 'View', true);
  const card = chat.getByRole('group', { name: '画面をオペレータに見せますか。' });
  await expect(card).toContainText('Demo Operator');
  await expect(card).toContainText('Demo Support');
  const onlyWindows = card.getByText('お客さまが選んだウインドウだけが見えます');
  await expect(onlyWindows).toBeVisible();
  // Its beginning and both answers are in view.
  await expect(card.getByRole('heading').first()).toBeInViewport();
  await expect(vera.button('allow')).toBeInViewport();
  await expect(vera.button('allow')).toBeEnabled();
  await accessible(page, 'request');
  await vera.button('decline').click();
  await expect(card).toBeHidden();
  await expect(vera.log).toContainText('拒否しました。何も共有されていません。');
  await expect(vera.log.locator('[id^="request-"]')).toBeFocused();
  await expect(desk.getByText('The customer declined.')).toBeVisible();
  await vera.say('いまは困ります。');

  // This time the whole screen.
  await requestSession(desk, 'View', false);
  await expect(card).toBeVisible();
  await expect(onlyWindows).toBeHidden();
  await paintScreen(RED);
  await vera.allow();
  await expect(chat.getByRole('heading', { name: names.connected, exact: true })).toBeVisible();
  await showsColour(screen, RED);
  await paintScreen(GREEN);
  await showsColour(screen, GREEN);
  await vera.say('見えますか');
  await expect(desk.getByText('見えますか').first()).toBeVisible();
  await accessible(page, 'session beside the chat');

  // In the large view the conversation stands beside the picture. Hidden there it counts what is unread.
  await desk.getByRole('button', { name: 'Large view' }).click();
  const log = desk.getByRole('log');
  await expect(log.getByText('見えますか')).toBeInViewport();
  await expect(screen).toBeInViewport();
  await desk.getByRole('textbox', { name: NAMES.message, exact: true }).fill('はい、見えます。');
  await desk.keyboard.press('Enter');
  await expect(vera.log).toContainText('はい、見えます。');
  await accessible(desk, 'large view with the chat');
  const talk = desk.getByRole('button', { name: /^Chat/ });
  await talk.click();
  await expect(log).toBeHidden();
  await vera.say('助かりました');
  await expect(talk).toContainText('1 unread');
  await talk.click();
  await expect(log.getByText('助かりました')).toBeInViewport();
  await expect(talk).not.toContainText('unread');
  // Escape closes what is open in front of the picture, and nothing else.
  await desk.getByRole('button', { name: 'Transfer', exact: true }).click();
  await expect(desk.getByRole('dialog')).toBeVisible();
  await desk.keyboard.press('Escape');
  await expect(desk.getByRole('dialog')).toBeHidden();
  await desk.getByRole('button', { name: 'Leave large view' }).click();

  // A reload ends the capture, not the session: the screen is chosen once more.
  await page.reload();
  const choose = chat.getByRole('button', { name: '画面を選ぶ' });
  await expect(choose).toBeEnabled();
  await choose.click();
  await paintScreen(BLUE);
  await showsColour(screen, BLUE);

  await vera.button('cancel').click();
  await expect(screen).toBeHidden();
  await vera.button('back').click();
  await vera.say('ありがとうございました。');
  await expect(desk.getByText('ありがとうございました。').first()).toBeVisible();
  await sharing.close();
  await desk.context().close();
});

test('chat: the other modes are asked for in the same way: show, share, control; a request can be taken back', async () => {
  const target = await openTarget();
  const sharing = await sharingBrowser();
  const desk = await chatOperator(sharing, demo);
  const vera = await Visitor.arrive(sharing, demo);
  await vera.ask();
  const { chat, page } = vera;
  await accept(desk);

  await requestSession(desk, 'Show');
  const watch = chat.getByRole('group', { name: 'Watch the operator’s screen?' });
  await expect(watch).toBeVisible();
  await desk.getByRole('button', { name: 'Take the request back' }).first().click();
  await expect(vera.log).toContainText('This request can be answered no more.');
  await expect(vera.button('allow')).toBeHidden();

  for (const mode of ['Show', 'Share']) {
    await requestSession(desk, mode);
    await vera.allow();
    const picture = chat.getByLabel('Remote screen', { exact: true }).and(chat.locator('video'));
    await expect(picture).toBeVisible();
    await vera.say(`I see it in ${mode}.`);
    await vera.button('cancel').first().click();
    await vera.button('back').click();
  }

  await requestSession(desk, 'Control');
  await vera.allow();
  await expect(screenOf(desk)).toBeVisible();
  await chat.getByText('Details', { exact: true }).first().click();
  const link = chat.getByText(/^tasuki:[A-Za-z0-9_-]+$/).first();
  const helper = await startHelper([(await link.innerText()).trim()]);
  // The person turns to another window: pages that are driven by script always have the focus.
  await chat.locator('body').evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(desk.getByTestId('control-state')).toHaveAttribute('data-state', 'on', { timeout: 30_000 });
  await vera.button('cancel').first().click();
  await vera.button('back').click();
  await helper.press('Close');
  expect(await helper.ended()).toBe(0);
  await vera.say('All done.');
  await page.context().close();
  await desk.context().close();
  await sharing.close();
  await target.close();
});

test('chat: where the page lets no frame capture, the same conversation goes on in a window of its own', async ({
  browser,
}) => {
  const sharing = await sharingBrowser();
  const desk = await chatOperator(browser, demo);
  const vera = await Visitor.arrive(sharing, demo, { path: 'closed' });
  await vera.ask();
  await accept(desk);
  await requestSession(desk, 'View');
  await expect(vera.button('allow')).toBeHidden();
  const opening = vera.page.waitForEvent('popup');
  await vera.chat.getByRole('button', { name: 'Go on in a window of its own' }).click();
  const own = await opening;
  await expect(own.getByRole('log')).toContainText('It does not print.');
  await paintScreen(GREEN);
  const allow = own.getByRole('button', { name: 'Allow', exact: true });
  await expect(allow).toBeEnabled();
  await allow.click();
  await showsColour(screenOf(desk), GREEN);
  await own.getByRole('textbox', { name: NAMES.message, exact: true }).fill('From my own window.');
  await own.getByRole('button', { name: NAMES.send, exact: true }).click();
  await expect(desk.getByText('From my own window.').first()).toBeVisible();
  await sharing.close();
  await desk.context().close();
});
