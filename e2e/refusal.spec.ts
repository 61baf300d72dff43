/** Everything that is not a connection ends in a state that both sides are told about. */
import { GREEN, paintScreen, showsColour } from './support/pixels';
import { Customer, Operator } from './support/people';
import { expect, test } from './support/story';

test('a wrong, a used and a withdrawn number get one and the same answer', async ({
  browser,
  sharing,
  product,
}) => {
  const operator = await Operator.arrive(browser, product);
  const used = await operator.issue('view');
  const first = await Customer.arrive(sharing, product);
  await first.enter(used);
  await expect(first.allow).toBeVisible();

  const withdrawn = await operator.issue('view');
  await operator.withdraw();

  const answers = new Set<string>();
  const customer = await Customer.arrive(browser, product);
  const wrong = used === '00000000' ? '00000001' : '00000000';
  for (const code of [wrong, used, withdrawn]) {
    await customer.enter(code);
    const alert = customer.page.getByRole('alert');
    await expect(alert).toBeVisible();
    answers.add(await alert.innerText());
    await expect(
      customer.page.getByRole('textbox', { name: customer.names.number, exact: true }),
    ).toHaveValue(/\d/);
    await customer.page.reload();
  }
  expect([...answers]).toHaveLength(1);
  await first.leave();
  await customer.leave();
  await operator.leave();
});

test('the box understands spaces, hyphens and full-width digits', async ({ browser, product }) => {
  const operator = await Operator.arrive(browser, product);
  const code = await operator.issue('view');
  const wide = code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const customer = await Customer.arrive(browser, product);
  await customer.enter(` ${wide.slice(0, 4)}－${wide.slice(4)} `);
  await expect(customer.allow).toBeVisible();
  await customer.leave();
  await operator.leave();
});

test('a link fills the number in, leaves no trace in the address and still asks', async ({
  browser,
  product,
}) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const code = await operator.issue('view');
  const customer = await Customer.arrive(browser, product, 'en', {
    path: `/c/${product.subscriber}#${code}`,
  });
  const box = customer.page.getByRole('textbox', { name: customer.names.number, exact: true });
  await expect(box).toHaveValue(new RegExp(code.slice(0, 4)));
  expect(customer.page.url()).not.toContain(code);
  await customer.page.getByRole('button', { name: customer.names.connect, exact: true }).click();
  await expect(customer.allow).toBeVisible();
  await customer.leave();
  await operator.leave();
});

test('declining ends it and tells the operator', async ({ browser, product }) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(browser, product, 'en');
  await customer.enter(await operator.issue('view'));
  await customer.decline.click();
  await expect(customer.allow).toBeHidden();
  await expect(operator.page.getByText(/declined/i).first()).toBeVisible();
  await customer.leave();
  await operator.leave();
});

test('closing the picker leaves a second chance and tells both sides', async ({ browser, product }) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(browser, product, 'en');
  await customer.page.evaluate(() => {
    // What the browser does when the customer presses Cancel in its own dialog.
    navigator.mediaDevices.getDisplayMedia = () =>
      Promise.reject(new DOMException('denied', 'NotAllowedError'));
  });
  await customer.enter(await operator.issue('view'));
  await customer.allow.click();
  await expect(customer.page.getByRole('button', { name: /choose/i })).toBeVisible();
  await expect(
    operator.page.getByText(/closed the (browser.s )?(picker|dialog|choice)|did not choose/i).first(),
  ).toBeVisible();
  await customer.cancel.click();
  await expect(customer.page.getByRole('button', { name: /choose/i })).toBeHidden();
  await customer.leave();
  await operator.leave();
});

test('stopping the share in the browser’s own bar ends the session', async ({
  browser,
  sharing,
  product,
}) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.page.addInitScript(() => {
    const original = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getDisplayMedia = async (options) => {
      const stream = await original(options);
      Object.assign(window, { shared: stream });
      return stream;
    };
  });
  await customer.page.reload();
  await customer.enter(await operator.issue('view'));
  await paintScreen(GREEN);
  await customer.allow.click();
  await showsColour(operator.screen, GREEN);
  await customer.page.evaluate(() => {
    // The browser's bar ends the track and fires `ended`; only the browser itself can press it.
    const [track] = (window as unknown as { shared: MediaStream }).shared.getVideoTracks();
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });
  await expect(customer.connected).toBeHidden();
  await expect(operator.screen).toBeHidden();
  await customer.leave();
  await operator.leave();
});

test('closing the tab ends the session with an explanation', async ({ browser, sharing, product }) => {
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('view'));
  await paintScreen(GREEN);
  await customer.allow.click();
  await showsColour(operator.screen, GREEN);
  await customer.page.close({ runBeforeUnload: false });
  await expect(operator.page.getByText(/left|closed the page/i).first()).toBeVisible({ timeout: 30_000 });
  await customer.leave();
  await operator.leave();
});
