/** Servers die, pages are reloaded; the session goes on. */
import { BLUE, GREEN, RED, paintScreen, showsColour } from './support/pixels';
import { Customer, Operator, NAMES } from './support/people';
import { ADMIN, startProduct, until } from './support/product';
import { watchShifts } from './support/steady';
import { expect, test } from './support/story';

test('the server is killed in mid-session: picture goes on, session resumes, audit is complete', async ({
  browser,
  sharing,
}) => {
  const product = await startProduct();
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('view'));
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(operator.screen, RED);

  await product.crash();
  await paintScreen(GREEN);
  await showsColour(operator.screen, GREEN);
  await expect(customer.connected).toBeVisible();
  await product.start();
  await paintScreen(BLUE);
  await showsColour(operator.screen, BLUE);

  // Resumed: the operator can issue a number again, and ending reaches the audit.
  await operator.issue('view');
  await customer.cancel.click();
  await expect(operator.screen).toBeHidden();

  const page = await browser.newPage();
  await page.goto(`${product.origin}/admin?lang=en`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(ADMIN.id);
  await page.getByLabel(NAMES.en.password, { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: NAMES.en.login, exact: true }).click();
  await expect(page.getByRole('button', { name: NAMES.en.login, exact: true })).toBeHidden();
  await until(async () => {
    const answer = await page.request.get(`${product.origin}/api/admin/sessions`);
    const rows = (await answer.json()) as Record<string, unknown>[];
    const row = rows.find((each) => each.endedAt !== null && each.startedAt !== null);
    if (!row) return false;
    expect(row).toMatchObject({
      operatorId: 'yamada',
      path: 'code',
      mode: 'view',
      consent: 'granted',
      endedBy: 'customer',
      endReason: 'cancelled',
      route: 'direct',
      protocol: 'udp',
    });
    for (const field of [
      'customerAddress',
      'issuedAt',
      'redeemedAt',
      'consentAt',
      'dtlsCipher',
      'srtpCipher',
    ]) {
      expect(row[field], field).toBeTruthy();
    }
    return true;
  }, 'the audit row to be complete');
  await page.close();
  await customer.leave();
  await operator.leave();
  await product.stop();
});

test('the operator reloads: desk, numbers and pictures are back', async ({ browser, sharing, product }) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  const waiting = await operator.issue('view');
  await customer.enter(await operator.issue('view'));
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(operator.screen, RED);

  await operator.page.reload();
  await expect(operator.page.getByTestId('session-code')).toHaveText(
    new RegExp(`${waiting.slice(0, 4)}\\s*${waiting.slice(4)}`),
  );
  await paintScreen(GREEN);
  await showsColour(operator.screen, GREEN);
  await expect(customer.connected).toBeVisible();

  // And the number that was waiting still works.
  const second = await Customer.arrive(browser, product, 'en');
  await second.enter(waiting);
  await expect(second.allow).toBeVisible();
  await second.leave();
  await customer.leave();
  await operator.leave();
});

test('a desk that is there stands still: nothing late pushes it away from under the pointer', async ({
  browser,
  product,
}) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const shifts = await watchShifts(operator.page);
  await operator.page.reload();
  await expect(operator.page.getByText('No sessions at the moment')).toBeVisible();
  await expect(operator.page.getByRole('region', { name: 'Approval for chats' })).toBeVisible();
  expect(await shifts()).toEqual([]);
  await operator.leave();
});

test('the operator reloads while the customer reads the consent page', async ({
  browser,
  sharing,
  product,
}) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('view'));
  await expect(customer.allow).toBeVisible();
  await operator.page.reload();
  await paintScreen(BLUE);
  await customer.allow.click();
  await showsColour(operator.screen, BLUE);
  await customer.leave();
  await operator.leave();
});

test('the customer reloads: the screen must be chosen again, then the picture is back', async ({
  browser,
  sharing,
  product,
}) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('view'));
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(operator.screen, RED);
  await customer.page.reload();
  await customer.page.getByRole('button', { name: /choose/i }).click();
  await paintScreen(GREEN);
  await showsColour(operator.screen, GREEN);
  await expect(customer.connected).toBeVisible();
  await customer.leave();
  await operator.leave();
});

test('the operator reloads while showing: chooses again, and the customer sees it', async ({
  browser,
  sharing,
  product,
}) => {
  const operator = await Operator.arrive(sharing, product, 'en');
  const customer = await Customer.arrive(browser, product, 'en');
  await customer.enter(await operator.issue('show'));
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(customer.screen, RED);
  await operator.page.reload();
  await paintScreen(GREEN);
  await showsColour(customer.screen, GREEN);
  await customer.leave();
  await operator.leave();
});

test('two sessions side by side do not disturb each other', async ({ browser, sharing, product }) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const first = await Customer.arrive(sharing, product, 'en');
  const second = await Customer.arrive(sharing, product, 'en');
  await paintScreen(RED);
  for (const customer of [first, second]) {
    await customer.enter(await operator.issue('view'));
    await customer.allow.click();
    await expect(customer.connected).toBeVisible();
  }
  await expect(operator.screen).toHaveCount(2);
  await showsColour(operator.screen.first(), RED);
  await showsColour(operator.screen.last(), RED);
  await first.cancel.click();
  await expect(operator.screen).toHaveCount(1);
  await paintScreen(GREEN);
  await showsColour(operator.screen, GREEN);
  await second.leave();
  await first.leave();
  await operator.leave();
});

test('an end while the server is away reaches the audit even after a reload', async ({
  browser,
  sharing,
}) => {
  const product = await startProduct();
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('view'));
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(operator.screen, RED);
  await expect.poll(() => operator.lastSession()).toMatchObject({ consent: 'granted', route: 'direct' });

  await product.crash();
  await customer.cancel.click();
  await expect(operator.screen).toBeHidden(); // told peer to peer
  await product.start();
  await customer.page.reload();
  await expect(customer.page.getByRole('textbox', { name: NAMES.en.number, exact: true })).toBeVisible();
  await expect
    .poll(() => operator.lastSession())
    .toMatchObject({ endedBy: 'customer', endReason: 'cancelled' });
  await customer.leave();
  await operator.leave();
  await product.stop();
});

test('an operator who is renamed in mid-session keeps the session', async ({ browser, sharing }) => {
  const product = await startProduct();
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('view'));
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(operator.screen, RED);
  await operator.rename('佐藤 花子');
  await operator.page.reload();
  await paintScreen(GREEN);
  await showsColour(operator.screen, GREEN);
  await expect(customer.connected).toBeVisible();

  const next = await Customer.arrive(browser, product, 'en');
  await next.enter(await operator.issue('view'));
  await expect(next.page.getByRole('alertdialog')).toContainText('佐藤 花子');
  await next.leave();
  await customer.leave();
  await operator.leave();
  await product.stop();
});
