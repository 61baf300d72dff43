/** The mail path (RS-72–74): mail server set and tried, the link sent over TLS, read by the customer, followed into a session. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTP_LOGIN, startSmtp, type TestSmtp } from '../signaling/testing/smtp';
import { CERTIFICATE } from '../signaling/testing/smtp-certificate';
import { accessibleInAllLooks } from './support/looks';
import { Customer, Operator } from './support/people';
import { ADMIN, COMPANY, OPERATOR, startProduct, type Product } from './support/product';
import { expect, test } from './support/story';

let folder: string;
let product: Product;
let smtp: TestSmtp;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tasuki-ca-'));
  const authority = join(folder, 'ca.pem');
  await writeFile(authority, CERTIFICATE);
  smtp = await startSmtp({ authOptional: false });
  product = await startProduct({ env: { NODE_EXTRA_CA_CERTS: authority } });
});
test.afterAll(async () => {
  await product.stop();
  await smtp.close();
  await rm(folder, { recursive: true });
});

test('mail: the server is tried out and saved, the link is mailed and leads into a session', async ({
  browser,
  sharing,
}) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(`${product.origin}/admin/mail?lang=en`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(ADMIN.id);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await page.getByRole('radio', { name: /^STARTTLS/ }).check();
  await expect(field('Port')).toHaveValue('587');
  await field('Host name').fill('localhost');
  await field('Port').fill(String(smtp.port));
  await field('User name').fill(SMTP_LOGIN.user);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await field('Sender’s name').fill(COMPANY);
  await field('Sender’s address').fill('support@example.org');
  await field('Send a test mail to').fill('admin@example.org');
  const tryIt = page.getByRole('button', { name: 'Send test mail', exact: true });
  await tryIt.click();
  await expect(page.getByRole('alert')).toContainText('refused the login');
  await accessibleInAllLooks(page, 'the mail server with a fault');
  await page.getByLabel('Password', { exact: true }).fill(SMTP_LOGIN.password);
  await tryIt.click();
  await expect(page.getByRole('alert')).toContainText('took the test mail');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The mail settings were saved.').first()).toBeVisible();
  await page.context().close();

  const operator = await Operator.arrive(browser, product, 'ja');
  const code = await operator.issue('view');
  await operator.page.getByRole('button', { name: 'メールで送信', exact: true }).click();
  const dialog = operator.page.getByRole('dialog');
  await expect(dialog).toContainText('差出人は support@example.org です');
  await accessibleInAllLooks(operator.page, 'the session mail');
  await dialog.getByRole('textbox', { name: 'お客さまのお名前' }).fill('佐藤 ひなた');
  await dialog.getByRole('textbox', { name: 'お客さまのメールアドレス' }).fill('hinata@example.org');
  await dialog.getByRole('button', { name: '送信', exact: true }).click();
  await expect(dialog).toBeHidden();

  const [test, session] = smtp.received;
  expect([test?.to, session?.to]).toEqual([['admin@example.org'], ['hinata@example.org']]);
  expect(session).toMatchObject({ secure: true, user: SMTP_LOGIN.user, from: 'support@example.org' });
  const { subject, from, to, text = '', html = '' } = session?.mail ?? {};
  expect(subject).toBe(`${COMPANY} リモートサポートのご案内`);
  expect([from?.name, to?.[0]?.name]).toEqual([COMPANY, '佐藤 ひなた']);
  for (const part of [OPERATOR.name, '有効期限', '拒否']) {
    expect(text).toContain(part);
    expect(html).toContain(part);
  }
  const link = /href="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(link).toBe(`${product.origin}/c/${product.subscriber}#${code}`);
  expect(product.output()).not.toContain(code);

  const path = link.slice(product.origin.length);
  const customer = await Customer.arrive(sharing, product, 'ja', { path });
  const { number, connect } = customer.names;
  await expect(customer.page.getByRole('textbox', { name: number })).toHaveValue(/^\d{4} \d{4}$/);
  expect(customer.page.url()).not.toContain(code);
  await customer.page.getByRole('button', { name: connect, exact: true }).click();
  await expect(customer.page.getByRole('alertdialog')).toContainText(OPERATOR.name);
  await expect(customer.allow).toBeEnabled();
  await customer.allow.click();
  await expect(customer.connected).toBeVisible();
  await expect(operator.screen).toBeVisible();
  await customer.cancel.click();
  await expect(operator.screen).toBeHidden();
  await expect.poll(() => operator.lastSession()).toMatchObject({ path: 'mail' });
  await operator.leave();
  await customer.leave();
});
