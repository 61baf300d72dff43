/** axe-core finds nothing on any page, in light and dark, at 320 px and on a desktop; nothing violates the CSP. */
import { watchPolicy } from './support/a11y';
import { accessibleInAllLooks } from './support/looks';
import { BLUE, paintScreen, showsColour } from './support/pixels';
import { Customer, NAMES, Operator } from './support/people';
import { ADMIN, startProduct } from './support/product';
import { expect, test } from './support/story';

test('customer and desk', async ({ browser, sharing, product }) => {
  const desk = await sharing.newContext();
  const operator = await Operator.at(desk, product, 'ja');
  await accessibleInAllLooks(operator.page, 'sign-in');
  await operator.logIn();
  await accessibleInAllLooks(operator.page, 'empty desk');
  const customer = await Customer.at(await browser.newContext(), product, 'ja');
  const violations = await watchPolicy(customer.page);
  await accessibleInAllLooks(customer.page, 'number box');
  await customer.enter('123');
  await expect(customer.page.getByRole('alert')).toBeVisible();
  await accessibleInAllLooks(customer.page, 'complaint');
  await customer.page.getByRole('button', { name: 'ヘルパーを先にダウンロードする' }).click();
  await expect(customer.page.getByRole('link', { name: customer.names.download })).toBeVisible();
  await accessibleInAllLooks(customer.page, 'helper in advance');
  const code = await operator.issue('show');
  await accessibleInAllLooks(operator.page, 'number issued');
  await customer.enter(code);
  await expect(customer.allow).toBeEnabled();
  await accessibleInAllLooks(customer.page, 'consent');
  await paintScreen(BLUE);
  await customer.allow.click();
  await showsColour(customer.screen, BLUE);
  await accessibleInAllLooks(customer.page, 'connected');
  await accessibleInAllLooks(operator.page, 'showing');
  await customer.cancel.click();
  await expect(customer.screen).toBeHidden();
  await accessibleInAllLooks(customer.page, 'ended');
  await accessibleInAllLooks(operator.page, 'ended at the desk');
  expect(await violations()).toEqual([]);
  await desk.close();
  await customer.leave();
});

test('administration and set-up', async ({ browser, product }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${product.origin}/admin?lang=ja`);
  const violations = await watchPolicy(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await accessibleInAllLooks(page, 'sign-in');
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(ADMIN.id);
  await page.getByLabel(NAMES.ja.password, { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: NAMES.ja.login, exact: true }).click();
  await expect(page.getByText(product.subscriber)).toBeVisible();
  await accessibleInAllLooks(page, 'operators');
  await page.getByRole('button', { name: 'オペレータを追加' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await accessibleInAllLooks(page, 'add operator');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /のオプション/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await accessibleInAllLooks(page, 'permit');
  await page.keyboard.press('Escape');
  for (const name of ['セッション', '管理ログ']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    await accessibleInAllLooks(page, name);
  }
  expect(await violations()).toEqual([]);

  const bare = await startProduct({ bare: true });
  await page.goto(`${bare.origin}/setup?lang=ja#token=first-start-token`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await accessibleInAllLooks(page, 'set-up');
  await page.goto(`${bare.origin}/nowhere?lang=ja`);
  await context.close();
  await bare.stop();
});
