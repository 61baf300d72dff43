/** Application selection: only chosen windows are seen and operated (RS-114–117). */
import type { Browser } from '@playwright/test';
import { Customer, Operator } from './support/people';
import { startHelper, turnTo } from './support/helper';
import type { Product } from './support/product';
import { openTarget } from './support/target';
import { expect, sharingBrowser, test, windowSharingBrowser } from './support/story';

/** The operator asks to see and operate chosen windows only; the customer's picker chooses the one titled `chosen`. */
async function askForWindows(browser: Browser, product: Product) {
  const sharing = await windowSharingBrowser();
  const operator = await Operator.arrive(browser, product, 'en');
  await operator.page.getByText('Detailed settings').click();
  await operator.page.getByRole('checkbox', { name: 'Application selection' }).check();
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('control'));
  return { sharing, operator, customer };
}

test('only the chosen window is shown and can be operated', async ({ browser, product }) => {
  const other = await openTarget('private', { x: 640, y: 0, width: 620, height: 640 });
  const chosen = await openTarget('chosen', { x: 0, y: 0, width: 620, height: 640 });
  const { sharing, operator, customer } = await askForWindows(browser, product);
  await expect(customer.page.getByRole('alertdialog')).toContainText('Only windows that you choose');
  await customer.allow.click();
  await customer.page.getByRole('button', { name: 'Done – show these' }).click();
  await expect(operator.screen).toBeVisible();
  const helper = await startHelper([await customer.helperLink()]);
  await operator.controls();

  await operator.clickPicture(0.4, 0.6);
  await operator.page.keyboard.type('seen');
  await expect.poll(() => chosen.text()).toBe('seen');

  // The person turns to the other window: keys of the operator must not follow.
  await other.page.bringToFront();
  await other.page.locator('textarea').focus();
  await turnTo('private');
  await operator.page.keyboard.type(' and not here');
  await expect.poll(async () => (await chosen.text()) + (await other.text())).toContain('seen');
  expect(await other.text()).toBe('');
  await operator.clickPicture(0.6, 0.4);
  await operator.page.keyboard.type('!');
  await expect.poll(() => chosen.text()).toContain('!');
  expect(await other.text()).toBe('');

  await operator.endSession();
  // It says who ended it, until that is read.
  await helper.press('Close');
  expect(await helper.ended()).toBe(0);
  await expect.poll(() => operator.lastSession()).toMatchObject({ windowsOnly: true, windows: 1 });
  await operator.leave();
  await sharing.close();
  await chosen.close();
  await other.close();
});

test('each chosen window is a picture of its own, and input goes to the one that is looked at', async ({
  browser,
  product,
}) => {
  const place = { y: 0, width: 620, height: 640 };
  const [first, second] = [
    await openTarget('chosen', { ...place, x: 0 }),
    await openTarget('next', { ...place, x: 640 }),
  ];
  const { sharing, operator, customer } = await askForWindows(browser, product);
  await customer.allow.click();
  await expect(customer.page.getByRole('listitem').locator('video')).toHaveCount(1);
  // The picker of this browser chooses by title; the person would choose by eye.
  await first.page.evaluate(() => (document.title = 'first'));
  await second.page.evaluate(() => (document.title = 'chosen'));
  await customer.page.getByRole('button', { name: 'Add another window' }).click();
  await expect(customer.page.getByRole('listitem').locator('video')).toHaveCount(2);
  await customer.page.getByRole('button', { name: 'Done – show these' }).click();
  await expect(operator.screen).toBeVisible();
  const helper = await startHelper([await customer.helperLink()]);
  await operator.controls();

  const pictures = operator.page.getByRole('group', { name: 'Shared windows' }).getByRole('button');
  await expect(pictures).toHaveCount(2);
  await operator.clickPicture(0.4, 0.6);
  await operator.page.keyboard.type('one');
  await expect.poll(() => first.text()).toBe('one');
  await pictures.nth(1).click();
  await operator.clickPicture(0.4, 0.6);
  await operator.page.keyboard.type('two');
  await expect.poll(() => second.text()).toBe('two');
  expect(await first.text()).toBe('one');
  await pictures.nth(0).click();
  // Beside the first click, for two of one place are a double click, which selects.
  await operator.clickPicture(0.6, 0.4);
  await operator.page.keyboard.type(' three');
  await expect.poll(() => first.text()).toBe('one three');
  expect(await second.text()).toBe('two');

  await operator.endSession();
  await helper.press('Close');
  await expect.poll(() => operator.lastSession()).toMatchObject({ windowsOnly: true, windows: 2 });
  await operator.leave();
  await sharing.close();
  await first.close();
  await second.close();
});

test('a whole screen is refused while only windows may be shown', async ({ browser, product }) => {
  const sharing = await sharingBrowser();
  const operator = await Operator.arrive(browser, product, 'en');
  const context = await sharing.newContext();
  // A browser that offers screens although the page asked it not to.
  await context.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const capture = devices.getDisplayMedia.bind(devices);
    devices.getDisplayMedia = (options) => capture({ ...options, monitorTypeSurfaces: 'include' } as object);
  });
  const customer = await Customer.at(context, product, 'en', '/');
  await customer.enter(await operator.issue('view'));
  // The customer's own wish counts as much as the operator's.
  await customer.page.getByRole('checkbox', { name: 'Show only windows that I choose' }).check();
  await customer.allow.click();
  await expect(customer.page.getByText('That was a whole screen.')).toBeVisible();
  await expect(operator.screen).toBeHidden();
  await operator.leave();
  await sharing.close();
});
