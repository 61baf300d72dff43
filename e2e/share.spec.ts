/** The customer operates the operator's computer, and nothing else crosses. */
import { Customer, Operator } from './support/people';
import { startHelper } from './support/helper';
import { openTarget } from './support/target';
import { expect, test } from './support/story';

test('share: after consent of both the customer operates the operator’s computer', async ({
  browser,
  sharing,
  product,
}) => {
  const target = await openTarget();
  // The operator's browser is the one that captures.
  const operator = await Operator.arrive(sharing, product, 'en');
  const customer = await Customer.arrive(browser, product, 'en');
  await customer.enter(await operator.issue('share'));
  await expect(customer.page.getByRole('alertdialog')).toContainText(/operator’s/);
  await customer.allow.click();
  await expect(customer.screen).toBeVisible();
  const helper = await startHelper([await operator.helperLink()]);
  await customer.controls();
  await customer.clickPicture(0.4, 0.5);
  await customer.page.keyboard.type('from the customer');
  await expect.poll(() => target.text()).toBe('from the customer');
  // T-RS-9: the customer may save the picture; no clipboard, on either side.
  await expect(customer.page.getByRole('button', { name: 'Save image' })).toBeVisible();
  await expect(operator.page.getByRole('button', { name: 'Save image' })).toHaveCount(0);
  await expect(operator.grant('clipboard')).toHaveCount(0);
  await expect(operator.screen).toHaveCount(0);

  await operator.endSession();
  await expect(customer.screen).toBeHidden();
  // It says who ended it, until that is read.
  await helper.press('Close');
  expect(await helper.ended()).toBe(0);
  await expect
    .poll(() => operator.lastSession())
    .toMatchObject({
      mode: 'share',
      endedBy: 'operator',
      grants: [expect.objectContaining({ input: true })],
    });
  await operator.leave();
  await customer.leave();
  await target.close();
});
