/** The one-time set-up in the browser, from the printed link to the first sign-in. */
import { readFile } from 'node:fs/promises';
import { NAMES } from './support/people';
import { startProduct } from './support/product';
import { expect, test } from './support/story';

test('set-up by the one-time link; afterwards the door is gone', async ({ browser }) => {
  const product = await startProduct({ bare: true });
  const link = /http:\/\/\S+\/setup#token=\S+/.exec(product.output())?.[0];
  expect(link).toBeTruthy();
  const page = await browser.newPage();
  await page.goto(`${product.origin}/setup?lang=en#token=wrong`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('about:blank');
  await page.goto(`${product.origin}/setup?lang=en#token=first-start-token`);

  await page.getByLabel('Company name').fill('Midori Shoji');
  await page.getByLabel('Administrator ID').fill('chief');
  await page.getByLabel(NAMES.en.password, { exact: true }).fill('short');
  await page.getByLabel('Password again').fill('other');
  await page.getByRole('button', { name: 'Next: release key' }).click();
  await expect(page.getByText('At least 10 characters, please.')).toBeVisible();
  await expect(page.getByLabel('Company name')).toHaveValue('Midori Shoji');
  await page.getByLabel(NAMES.en.password, { exact: true }).fill('long enough words');
  await page.getByLabel('Password again').fill('long enough words');
  await page.getByRole('button', { name: 'Next: release key' }).click();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  const key = /([0-9A-Z]{4}-){7}[0-9A-Z]{4}/.exec(await readFile(await download.path(), 'utf8'))?.[0] ?? '';
  expect(key).not.toBe('');
  await page.getByRole('button', { name: 'I have stored it: continue' }).click();
  await expect(page.getByText(key)).toBeHidden();

  const groups = page.getByLabel(/^Group \d/);
  await expect(groups).toHaveCount(2);
  for (const field of await groups.all()) await field.fill('AAAA');
  await page.getByRole('button', { name: 'Finish set-up' }).click();
  await expect(page.getByText('This group is different in the key.').first()).toBeVisible();
  for (const field of await groups.all()) {
    const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
    const number = Number(/\d+/.exec(label)?.[0]);
    await field.fill(key.split('-')[number - 1]?.toLowerCase() ?? '');
  }
  await page.getByRole('button', { name: 'Finish set-up' }).click();
  await expect(page.getByText(/^[2-9A-HJKMNP-Z]{8}$/)).toBeVisible();

  for (const path of [
    '/setup',
    '/setup/',
    '/SETUP',
    '/%73etup',
    '//setup',
    '/setup?x',
    '/api/setup',
    '/api/Setup/',
  ]) {
    expect((await page.request.get(`${product.origin}${path}`)).status(), path).toBe(404);
    expect((await page.request.post(`${product.origin}${path}`, { data: {} })).status(), path).toBe(404);
  }
  await page.goto(`${product.origin}/admin?lang=en`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill('chief');
  await page.getByLabel(NAMES.en.password, { exact: true }).fill('long enough words');
  await page.getByRole('button', { name: NAMES.en.login, exact: true }).click();
  await expect(page.getByText('There are no operators yet.')).toBeVisible();
  await page.close();
  await product.stop();
});
