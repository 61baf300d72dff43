/** From chat to screen, on a company's page of another origin: asked, declined, allowed, real pixels, and the chat goes on. */
import { CHAT, chatOperator, startDemo, visitor, type Demo } from './support/chat';
import { GREEN, RED, paintScreen, showsColour } from './support/pixels';
import { expect, sharingBrowser, test } from './support/story';

const NAMES = CHAT.en;
let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.stop());

test('chat: a request is declined, the next one allowed; chatting goes on beside the screen and after it', async ({
  browser,
}) => {
  const sharing = await sharingBrowser();
  const desk = await chatOperator(browser, demo);
  const { chat } = await visitor(sharing, demo);
  await desk.getByRole('button', { name: NAMES.accept }).click();

  const ask = async (mode: string) => {
    await desk.getByRole('button', { name: NAMES.request, exact: true }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('radio', { name: mode, exact: true }).check();
    await dialog.getByRole('button', { name: NAMES.sendRequest, exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  const card = chat.getByRole('group', { name: 'Show your screen to the operator?' });

  await ask('View');
  await expect(card).toContainText('Demo Operator');
  await expect(card).toContainText('Demo Support');
  await chat.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(card).toBeHidden();
  await expect(desk.getByText('The customer declined.')).toBeVisible();

  await ask('View');
  await paintScreen(RED);
  await chat.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(chat.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
  const screen = desk.getByLabel('Remote screen', { exact: true }).and(desk.locator('video'));
  await showsColour(screen, RED);
  await paintScreen(GREEN);
  await showsColour(screen, GREEN);

  const box = chat.getByRole('textbox', { name: NAMES.message, exact: true });
  await box.fill('Do you see it?');
  await box.press('Enter');
  await expect(desk.getByText('Do you see it?').first()).toBeVisible();

  await chat.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(screen).toBeHidden();
  await chat.getByRole('button', { name: 'Back to the chat', exact: true }).click();
  await box.fill('Thank you.');
  await box.press('Enter');
  await expect(desk.getByText('Thank you.').first()).toBeVisible();
  await sharing.close();
  await desk.context().close();
});

test('chat: a request that is taken back can be answered no more', async ({ browser }) => {
  const desk = await chatOperator(browser, demo);
  const { page, chat } = await visitor(browser, demo);
  await desk.getByRole('button', { name: NAMES.accept }).click();
  await desk.getByRole('button', { name: NAMES.request, exact: true }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Show', exact: true }).check();
  await dialog.getByRole('button', { name: NAMES.sendRequest, exact: true }).click();
  await expect(chat.getByRole('group', { name: 'Watch the operator’s screen?' })).toBeVisible();
  await desk.getByRole('button', { name: 'Take the request back' }).first().click();
  await expect(chat.getByText('This request can be answered no more.')).toBeVisible();
  await expect(chat.getByRole('button', { name: 'Allow', exact: true })).toBeHidden();
  await page.context().close();
  await desk.context().close();
});
