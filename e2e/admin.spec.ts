/** The administrator adds operators and reads what happened. */
import { Customer, NAMES, Operator } from './support/people';
import { ADMIN, startProduct } from './support/product';
import { expect, test } from './support/story';

test('an administrator adds, disables and audits operators', async ({ browser }) => {
  const product = await startProduct();
  const page = await browser.newPage();
  await page.goto(`${product.origin}/admin?lang=en`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(ADMIN.id);
  await page.getByLabel(NAMES.en.password, { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: NAMES.en.login, exact: true }).click();
  await expect(page.getByText(product.subscriber)).toBeVisible();

  await page.getByRole('button', { name: 'Add operator' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('ID').fill('yamada');
  await form.getByLabel('Name', { exact: true }).fill('佐藤 健');
  await form.getByLabel('Password').fill('a long password');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('This ID is already in use.')).toBeVisible();
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('佐藤 健');
  await form.getByLabel('ID').fill('sato');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  const entry = page.getByRole('listitem').filter({ hasText: 'sato' });
  await expect(entry).toBeVisible();

  const sato = { id: 'sato', name: '佐藤 健', password: 'a long password' };
  const operator = await Operator.arrive(browser, product, 'en', { account: sato });
  const customer = await Customer.arrive(browser, product, 'en');
  await customer.enter(await operator.issue('view'));
  await expect(customer.page.getByRole('alertdialog')).toContainText('佐藤 健');
  await customer.decline.click();

  await entry.getByRole('button', { name: /Edit/ }).click();
  await form.getByText('Disabled').click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await expect(operator.page.getByRole('button', { name: NAMES.en.login, exact: true })).toBeVisible();
  await operator.page.getByRole('textbox', { name: 'ID', exact: true }).fill(sato.id);
  await operator.page.getByLabel(NAMES.en.password, { exact: true }).fill(sato.password);
  await operator.page.getByRole('button', { name: NAMES.en.login, exact: true }).click();
  // The page says already that the operator was logged out; the answer to this attempt takes its place.
  await expect(operator.page.getByRole('alert')).toContainText('The ID or the password is not right.');

  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('row', { name: /佐藤 健.*Declined/ })).toBeVisible();
  await page.getByRole('link', { name: 'Administration log' }).click();
  await expect(page.getByText('Operator changed')).toBeVisible();
  await expect(page.getByText('Failed log-in')).toBeVisible();
  await customer.leave();
  await operator.leave();
  await page.close();
  await product.stop();
});

test('three wrong passwords lock the ID, existing or not, with one and the same answer', async ({
  browser,
}) => {
  const product = await startProduct();
  const page = await browser.newPage();
  const texts: string[] = [];
  for (const id of ['yamada', 'nobody']) {
    await page.goto(`${product.origin}/desk?lang=en`);
    for (let attempt = 0; attempt < 4; attempt++) {
      await page.getByRole('textbox', { name: 'ID', exact: true }).fill(id);
      await page.getByLabel(NAMES.en.password, { exact: true }).fill(`wrong ${attempt}`);
      const [answer] = await Promise.all([
        page.waitForResponse('**/api/login'),
        page.getByRole('button', { name: NAMES.en.login, exact: true }).click(),
      ]);
      texts.push(`${id}: ${((await answer.json()) as { error: string }).error}`);
      await expect(page.getByRole('alert')).toBeVisible();
    }
  }
  const of = (id: string) => texts.filter((text) => text.startsWith(id)).map((text) => text.split(': ')[1]);
  expect(of('yamada')).toEqual(of('nobody'));
  expect(of('yamada').at(-1)).toBe('locked');
  await page.close();
  await product.stop();
});
