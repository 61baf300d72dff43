/** Messages left while nobody is there (RS-31, RS-32): from a company's page of another origin to the desk and its answer. */
import { expect, test } from '@playwright/test';
import { CHAT, chatOperator, startDemo, type Demo } from './support/chat';
import { accessibleInAllLooks } from './support/looks';

/** The company's button while nobody is there. */
const LEAVE = 'Chat with us – Leave a message';

let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.stop());

test('a message goes from a company’s page to the inbox, sealed, and is answered', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 } });
  const page = await context.newPage();
  await page.goto(demo.site);
  await page.getByRole('button', { name: LEAVE, exact: true }).click();
  const form = page.frameLocator('iframe');
  const field = (name: string) => form.getByRole('textbox', { name, exact: true });
  await form.getByRole('button', { name: 'Send message' }).click();
  await expect(field('Your name')).toBeFocused();
  await expect(field('Your name')).toHaveAccessibleDescription('Please enter your name.');
  await accessibleInAllLooks(page, 'the form with what is wrong');

  await field('Your name').fill('Vera Visitor');
  await field('Your e-mail address').fill('vera@example.org');
  await field('Subject').fill('<b>Printer</b>');
  await field('Message').fill('It does not print.');
  await expect(form.getByText('Please enter your name.')).toBeHidden();

  // Somebody comes: what is being written is not taken away.
  const desk = await chatOperator(browser, demo);
  await expect(form.getByText('Somebody is there now.')).toBeVisible();
  await form.getByRole('button', { name: 'Chat instead' }).click();
  await expect(field(CHAT.en.message)).toHaveValue('<b>Printer</b>\nIt does not print.');
  // And goes again: it is a message once more.
  await desk.getByRole('switch', { name: CHAT.en.available }).click();
  await form.getByRole('button', { name: 'Leave a message', exact: true }).click();
  await expect(field('Subject')).toHaveValue('<b>Printer</b>');
  await expect(field('Message')).toHaveValue('It does not print.');

  // A program has filled in what nobody sees: nothing is thrown away, and the second time it is sent.
  await form.locator('[name="leave-empty"]').fill('https://www.example.org/', { force: true });
  await form.getByRole('button', { name: 'Send message' }).click();
  await expect(form.getByRole('alert')).toContainText('has filled in a field that nobody sees');
  await expect(field('Message')).toHaveValue('It does not print.');
  await accessibleInAllLooks(page, 'the form that a program filled in');

  const sent = page.waitForRequest((request) => request.url().endsWith('/api/chat/offline'));
  await form.getByRole('button', { name: 'Send message' }).click();
  await expect(form.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
  expect((await sent).postData()).not.toMatch(/Vera|print/);
  await expect(form.getByRole('heading', { name: 'Thank you, your message has arrived' })).toBeFocused();
  await expect(form.getByText('vera@example.org')).toBeVisible();

  await desk.getByRole('button', { name: 'Messages (1)' }).click();
  const inbox = desk.getByRole('dialog');
  const row = inbox.getByRole('listitem').filter({ hasText: '<b>Printer</b>' });
  await row.getByText('Vera Visitor', { exact: true }).click();
  await expect(row.getByText('It does not print.')).toBeVisible();
  await expect(row.getByText(demo.site)).toBeVisible();
  await accessibleInAllLooks(desk, 'the inbox');

  const draft = desk.waitForEvent('console', (message) =>
    message.text().includes('mailto:vera%40example.org'),
  );
  await row.getByRole('button', { name: 'Reply by e-mail' }).click();
  await draft;
  await row.getByRole('button', { name: 'Yes, mark as answered' }).click();
  await expect(row).toBeHidden();
  await inbox.getByRole('radio', { name: 'Answered' }).check();
  await row.getByText('Vera Visitor', { exact: true }).click();
  await expect(row.getByText(/^Answered by Demo Operator/)).toBeVisible();
  await row.getByRole('button', { name: 'Mark as closed' }).click();
  await expect(inbox.getByRole('radio', { name: 'Answered' })).toBeFocused();
  await inbox.getByRole('radio', { name: 'Closed' }).check();
  await expect(row).toBeVisible();
  await desk.keyboard.press('Escape');
  await expect(desk.getByRole('button', { name: 'Messages (0)' })).toBeVisible();
  await desk.context().close();
  await context.close();
});

test('where messages are switched off, the window says so and what to do instead', async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(demo.site);
  const button = page.getByRole('button', { name: LEAVE, exact: true });
  await button.click();
  const form = page.frameLocator('iframe');
  await expect(form.getByRole('textbox', { name: 'Subject', exact: true })).toBeVisible();

  const administration = await (await browser.newContext()).newPage();
  await administration.goto(`${demo.origin}/admin/hours?lang=en`);
  await administration.getByRole('textbox', { name: 'ID', exact: true }).fill(demo.administrator.id);
  await administration.getByLabel('Password', { exact: true }).fill(demo.administrator.password);
  await administration.getByRole('button', { name: 'Log in', exact: true }).click();
  await administration.getByRole('checkbox', { name: /messages/i }).uncheck();
  await administration.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(form.getByRole('heading', { name: 'Nobody is here at the moment' })).toBeVisible();
  await expect(form.getByText('What you can do')).toBeVisible();
  await expect(form.getByRole('link', { name: 'Enter the number' })).toBeVisible();
  await expect(form.getByRole('textbox')).toHaveCount(0);
  await accessibleInAllLooks(page, 'the closed window');
  await administration.context().close();
  await context.close();
});
