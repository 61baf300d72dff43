/** What only the person in front of the computer may answer cannot be answered by remote input (RS-84). */
import { beginControl } from './support/control';
import { heldDown } from './support/helper';
import { expect, test } from './support/story';

test('remote clicks and keys never reach a grant, a question or the helper’s own window', async ({
  browser,
  sharing,
  product,
}) => {
  const stage = await beginControl({ browser, sharing, product });
  const { operator, customer, helper, target } = stage;
  const state = operator.page.getByTestId('control-state');

  // The customer turns to Tasuki's page: from then on remote input is held back, and the operator is told.
  await customer.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(customer.page.locator('[data-guarded="true"]')).toBeVisible();
  await expect(state).toHaveAttribute('data-state', 'guarded');
  await target.forget();
  await operator.clickPicture(0.4, 0.5);
  await operator.page.keyboard.type('nothing of this');
  expect(await heldDown()).toEqual([]);
  await customer.lookAway();
  await operator.controls();
  await operator.clickPicture(0.4, 0.5);
  await operator.page.keyboard.type('but this');
  await expect.poll(() => target.text()).toBe('but this');
  expect((await target.seen('pointerdown')).length).toBe(1);

  // A page whose focus the helper has not confirmed takes no click for a yes.
  await customer.grant('clipboard').click();
  await expect(customer.page.getByText('please press once more')).toBeVisible();
  await expect(customer.grant('clipboard')).not.toBeChecked();
  await customer.lookAway();
  await operator.controls();

  // The helper's own button, hit with the operator's pointer where it stands on the shared screen.
  const cancel = await helper.place(customer.names.cancel);
  await operator.clickPicture(cancel.x / 1280, cancel.y / 720);
  await target.forget();
  await operator.clickPicture(0.4, 0.5);
  await expect.poll(async () => (await target.seen('pointerup')).length).toBe(1);
  expect(helper.running()).toBe(true);
  await expect(operator.screen).toBeVisible();
  await stage.close();
});
