/** A number whose time is over: the server's clock is put forward, as time would. */
import { existsSync } from 'node:fs';
import { Customer, Operator } from './support/people';
import { startProduct } from './support/product';
import { expect, test } from './support/story';

const LIBRARY = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));

test('an expired number is refused like a wrong one, and the desk says that it expired', async ({
  browser,
}) => {
  if (!LIBRARY) throw new Error('libfaketime is missing: install the package faketime');
  const product = await startProduct();
  const operator = await Operator.arrive(browser, product, 'en');
  await operator.page.getByRole('radio', { name: '5 min' }).check();
  const code = await operator.issue('view');
  await product.crash();
  await product.start({ LD_PRELOAD: LIBRARY, FAKETIME: '+6m', FAKETIME_DONT_FAKE_MONOTONIC: '1' });

  await expect(operator.page.getByText(/entered the number in time/).first()).toBeVisible();
  const customer = await Customer.arrive(browser, product, 'en');
  await customer.enter(code);
  await expect(customer.page.getByRole('alert')).toContainText('not valid');
  await customer.leave();
  await operator.leave();
  await product.stop();
});
