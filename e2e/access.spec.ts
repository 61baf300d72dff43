/** By keyboard alone, and in another language in the middle of a session. */
import { GREEN, RED, paintScreen, showsColour } from './support/pixels';
import { Customer, NAMES, Operator } from './support/people';
import { expect, test } from './support/story';

/** Presses Tab until the focus is where somebody would want it. */
async function tabTo(
  person: Customer | Operator,
  role: 'button' | 'textbox' | 'radio',
  name: string | RegExp,
) {
  const { page } = person;
  const target = page.getByRole(role, typeof name === 'string' ? { name, exact: true } : { name });
  for (let step = 0; step < 60; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(name)}`);
}

test('the whole session by keyboard, on both sides', async ({ browser, sharing, product }) => {
  const operator = await Operator.arrive(browser, product, 'en');
  await tabTo(operator, 'button', NAMES.en.issue);
  await operator.page.keyboard.press('Enter');
  const code = (await operator.page.getByTestId('session-code').innerText()).replace(/\D/g, '');

  const customer = await Customer.arrive(sharing, product, 'en');
  await tabTo(customer, 'textbox', NAMES.en.number);
  await customer.page.keyboard.type(code);
  await customer.page.keyboard.press('Enter');
  // For a moment nothing counts as a yes.
  await expect(customer.allow).toBeEnabled();
  await tabTo(customer, 'button', NAMES.en.allow);
  await paintScreen(RED);
  await customer.page.keyboard.press('Enter');
  await showsColour(operator.screen, RED);
  await tabTo(operator, 'button', '1:1');
  await operator.page.keyboard.press('Space');
  await expect(operator.page.getByRole('button', { name: '1:1' })).toHaveAttribute('aria-pressed', 'true');
  await tabTo(customer, 'button', NAMES.en.cancel);
  await customer.page.keyboard.press('Enter');
  await expect(operator.screen).toBeHidden();
  await customer.leave();
  await operator.leave();
});

test('switching the language neither reloads nor disturbs a live session', async ({
  browser,
  sharing,
  product,
}) => {
  const operator = await Operator.arrive(browser, product, 'ja');
  const customer = await Customer.arrive(sharing, product, 'ja');
  await customer.enter(await operator.issue('view'));
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(operator.screen, RED);
  for (const { page } of [operator, customer]) {
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  }
  const before = await operator.screen.elementHandle();
  for (const { page } of [operator, customer]) await page.getByRole('button', { name: 'English' }).click();

  await expect(customer.page.getByRole('heading', { name: NAMES.en.connected, exact: true })).toBeVisible();
  await expect(customer.page.locator('html')).toHaveAttribute('lang', 'en');
  const screen = operator.page.locator('video');
  await expect(screen).toHaveAttribute('aria-label', NAMES.en.screen);
  expect(await screen.evaluate((now, then) => now === then, before)).toBe(true);
  await paintScreen(GREEN);
  await showsColour(screen, GREEN);
  for (const { page } of [operator, customer]) {
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
  }
  await customer.page.getByRole('button', { name: NAMES.en.cancel, exact: true }).click();
  await customer.leave();
  await operator.leave();
});

test('a page whose files did not arrive loads itself again; when that does not help, it says so', async ({
  browser,
  product,
}) => {
  const page = await (await browser.newContext()).newPage();
  // One module of the entry is lost twice, as when the network changes in mid-load.
  let losses = 2;
  await page.route('**/assets/routes-*.js', (route) =>
    losses-- > 0 ? route.abort('connectionfailed') : route.continue(),
  );
  await page.goto(`${product.origin}/?lang=en`);
  await expect(page.getByRole('textbox', { name: NAMES.en.number })).toBeVisible();
  expect(losses).toBe(-1);

  losses = Infinity;
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${product.origin}/?lang=en`);
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await page.context().close();
});
