/** The pages of `control`, from the consent to the end: axe-core, 320 px, the CSP, and where the keyboard's focus is. */
import type { Locator } from '@playwright/test';
import { LOOKS, accessible, watchPolicy } from './support/a11y';
import { startHelper } from './support/helper';
import { accessibleInAllLooks } from './support/looks';
import { Customer, Operator } from './support/people';
import { expect, test, windowSharingBrowser } from './support/story';
import { openTarget } from './support/target';

async function apart(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (!a || !b) throw new Error('not to be seen');
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

for (const [look, options] of LOOKS) {
  test(`control: helper, grants, questions and keys (${look})`, async ({ browser, sharing, product }) => {
    test.slow(); // axe reads every page whole, ten times over
    const operator = await Operator.at(await browser.newContext(options), product, 'ja');
    const operatorStopped = await watchPolicy(operator.page);
    await operator.logIn();
    const customer = await Customer.at(await sharing.newContext(options), product, 'ja');
    const customerStopped = await watchPolicy(customer.page);
    await customer.enter(await operator.issue('control'));
    await expect(customer.allow).toBeEnabled();
    await accessible(customer.page, 'consent to control');
    await customer.allow.click();

    await expect(customer.page.getByRole('link', { name: customer.names.download }).first()).toBeVisible();
    await accessible(customer.page, 'helper handed over');
    await customer.page.getByText('コンピュータに、ファイルを信頼するか尋ねられたら').click();
    const line = customer.page.getByText(/chmod \+x/);
    await expect(line).toBeHidden();
    await customer.page.getByRole('button', { name: '行を表示' }).click();
    await expect(line).toBeVisible();
    const link = await customer.helperLink();
    await accessible(customer.page, 'details of the helper');
    await expect(operator.screen).toBeVisible();
    await accessible(operator.page, 'waiting for the helper');

    const helper = await startHelper([link], { language: 'ja' });
    await operator.controls();
    await accessible(operator.page, 'operating');
    await operator.page.getByRole('button', { name: 'キー', exact: true }).click();
    await expect(operator.page.getByRole('menuitem', { name: 'Ctrl + Alt + Del' })).toBeVisible();
    await accessible(operator.page, 'keys');
    await operator.page.keyboard.press('Escape');
    await expect(customer.grant('input')).toBeChecked();
    await accessible(customer.page, 'grants');

    await customer.grant('input').click();
    const ask = operator.page.getByRole('button', { name: '操作の許可を頼む' });
    const asked = operator.page.getByRole('region', { name: 'お知らせ' });
    await ask.click();
    await expect(asked).toContainText('頼みました');
    // What is pointed at stays.
    await asked.getByRole('button').hover();
    await accessible(operator.page, 'message');
    const end = operator.page.getByRole('button', { name: operator.names.end }).first();
    await end.scrollIntoViewIfNeeded();
    expect(await apart(asked, end)).toBe(true);
    await expect(customer.page.getByRole('alert')).toContainText('もう一度求めています');
    await accessible(customer.page, 'question');
    await customer.page.getByRole('button', { name: '今はしない' }).click();
    // Too soon after that answer nobody is asked, and nobody is told so.
    await asked.getByRole('button').click();
    await expect(asked).toBeHidden();
    await ask.click();
    await expect(asked).toContainText('頼めませんでした');

    await operator.endSession();
    await expect(customer.connected).toBeHidden();
    expect(await operatorStopped()).toEqual([]);
    expect(await customerStopped()).toEqual([]);
    helper.kill('SIGKILL');
    await operator.leave();
    await customer.leave();
  });
}

test('choosing windows', async ({ browser, product }) => {
  const chosen = await openTarget('chosen', { x: 0, y: 0, width: 620, height: 640 });
  const sharing = await windowSharingBrowser();
  const operator = await Operator.at(await browser.newContext(), product, 'ja');
  await operator.logIn();
  await operator.page.getByText('詳細設定').click();
  await operator.page.getByRole('checkbox', { name: 'アプリケーション選択' }).check();
  await accessibleInAllLooks(operator.page, 'detailed settings');
  const customer = await Customer.at(await sharing.newContext(), product, 'ja');
  const stopped = await watchPolicy(customer.page);
  await customer.enter(await operator.issue('view'));
  await customer.allow.click();
  const windows = customer.page.getByRole('listitem').filter({ has: customer.page.locator('video') });
  await expect(windows).toHaveCount(1);
  const done = customer.page.getByRole('button', { name: '完了（これらを見せる）' });
  await expect(done).toBeEnabled();
  await accessibleInAllLooks(customer.page, 'windows');
  // The same window again: refused, and the keyboard's focus stays where it was.
  const another = customer.page.getByRole('button', { name: 'ウインドウを追加する' });
  await another.focus();
  await customer.page.keyboard.press('Enter');
  await expect(customer.page.getByRole('alert')).toContainText('すでに選ばれています');
  await expect(another).toBeFocused();
  await expect(done).toBeEnabled();
  await accessibleInAllLooks(customer.page, 'window refused');
  await done.click();
  await expect(operator.screen).toBeVisible();
  await accessibleInAllLooks(customer.page, 'windows shown');
  await accessibleInAllLooks(operator.page, 'windows seen');
  expect(await stopped()).toEqual([]);
  await operator.leave();
  await sharing.close();
  await chosen.close();
});
