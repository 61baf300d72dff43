/**
 * Without the demo's shortcut: an operator's browser asks, shows four pictures, and an administrator who compares them
 * approves it with the release key. A revocation takes the chats away at once.
 */
import type { Page } from '@playwright/test';
import { accessible } from './support/a11y';
import { accept, CHAT } from './support/chat';
import { NAMES as PEOPLE, Operator } from './support/people';
import { ADMIN, startProduct, type Product } from './support/product';
import { expect, test } from './support/story';

const NAMES = CHAT.en;

async function administrator(page: Page, { origin }: Product): Promise<void> {
  await page.goto(`${origin}/admin/devices?lang=en`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(ADMIN.id);
  await page.getByLabel(PEOPLE.en.password, { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: PEOPLE.en.login, exact: true }).click();
}

/** Asks on the page that the company would link to. */
async function ask(page: Page, { origin, subscriber }: Product, text: string): Promise<void> {
  await page.goto(`${origin}/chat?owner=${subscriber}&lang=en`);
  await page.getByRole('textbox', { name: NAMES.name, exact: true }).fill('Vera Visitor');
  await page.getByRole('textbox', { name: NAMES.message, exact: true }).fill(text);
  await page.getByRole('button', { name: NAMES.start, exact: true }).click();
}

test('devices: compared, approved with the release key, good for chats, and revoked at once', async ({
  browser,
}) => {
  const product = await startProduct();
  const operator = await Operator.arrive(browser, product, 'en');
  const desk = operator.page;
  const pictures = desk.getByRole('list', { name: 'Pictures of this browser' }).getByRole('listitem');
  // One line, which may stay for days; opened, it stays open on this browser.
  await expect(pictures).toHaveCount(0);
  await accessible(desk, 'desk that waits for approval, folded');
  await desk.getByRole('button', { name: 'Show the pictures' }).click();
  await expect(pictures).toHaveCount(4);
  await desk.reload();
  await expect(pictures).toHaveCount(4);
  await expect(desk.getByRole('switch', { name: NAMES.available })).toBeHidden();
  await accessible(desk, 'desk that waits for approval');

  const narrow = await browser.newContext({ viewport: { width: 320, height: 700 }, colorScheme: 'dark' });
  const admin = await narrow.newPage();
  await administrator(admin, product);
  const waiting = admin.getByRole('region', { name: 'Waiting for approval' }).getByRole('listitem');
  const theirs = admin.getByRole('list', { name: /^Pictures of .* on .* of 山田 花子$/ });
  await expect(theirs.getByRole('listitem')).toHaveText(await pictures.allInnerTexts());
  const approve = admin.getByRole('button', { name: /^Approve .* of 山田 花子$/ });
  await expect(approve).toBeDisabled();
  await accessible(admin, 'devices, 320 px');

  const key = admin.getByLabel('Release key', { exact: true });
  await key.fill(product.releaseKey.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')));
  await admin.getByRole('button', { name: 'Use the release key' }).click();
  await expect(admin.getByText('This is not the release key of this installation.')).toBeVisible();
  await key.fill(product.releaseKey.toLowerCase());
  await admin.getByRole('button', { name: 'Use the release key' }).click();
  await expect(admin.getByText('This browser is approved and can approve others.')).toBeVisible();
  await approve.click();
  await expect(waiting.getByText('No browser is waiting.')).toBeVisible();
  await accessible(admin, 'devices approved, 320 px');

  // The desk hears of it by itself.
  const available = desk.getByRole('switch', { name: NAMES.available });
  await available.click();
  await expect(available).toBeChecked();
  const visitor = await browser.newPage();
  await ask(visitor, product, 'It does not print.');
  await accept(desk);
  await expect(desk.getByRole('log').getByText('It does not print.')).toBeVisible();
  await expect(visitor.getByText('You are chatting with 山田 花子')).toBeVisible();

  const revoke = admin.getByRole('button', { name: /^Revoke .* of 山田 花子$/ });
  await revoke.click();
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(desk.getByText('This browser may not read chats any more.').first()).toBeVisible();
  await expect(desk.getByRole('log')).toBeHidden();
  await expect(available).toBeHidden();
  // The conversation waits for somebody else, who agrees on another key with the visitor.
  await expect(visitor.getByText('Nobody is there at the moment.')).toBeVisible();
  await accessible(desk, 'desk that was revoked');

  await desk.getByRole('button', { name: 'Ask again as a new device' }).click();
  await expect(pictures).toHaveCount(4);
  await approve.click();
  await accept(desk);
  await expect(desk.getByRole('log').getByText('It does not print.')).toBeVisible();
  await visitor.close();
  await narrow.close();
  await operator.leave();
  await product.stop();
});
