/** Copied text crosses only while the customer allows it, both ways (RS-97). */
import { beginControl } from './support/control';
import { clipboardText, setClipboardText } from './support/helper';
import { expect, test } from './support/story';

test('the clipboard crosses with its grant, both ways, and not without', async ({
  browser,
  sharing,
  product,
}) => {
  const stage = await beginControl({ browser, sharing, product });
  const { operator, customer, target } = stage;
  await operator.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => operator.page.evaluate(() => navigator.clipboard.readText());
  const copy = (text: string) => operator.page.evaluate((each) => navigator.clipboard.writeText(each), text);
  const follow = operator.page.getByRole('button', { name: 'My clipboard too' });

  // Without the grant there is not even a tool for it, and what is copied stays where it is.
  await copy('the operator’s own');
  await setClipboardText('a secret of the customer');
  await expect(follow).toHaveCount(0);

  await customer.switchOn('clipboard');
  await expect(follow).toBeVisible();
  // What was copied before the grant was not meant for anybody.
  expect(await copied()).toBe('the operator’s own');
  await setClipboardText('顧客から\n第二行 😀');
  await expect.poll(copied).toBe('顧客から\n第二行 😀');

  await copy('from the operator: 日本');
  await follow.click();
  await expect.poll(clipboardText).toBe('from the operator: 日本');
  await operator.clickPicture(0.4, 0.5);
  await operator.page.keyboard.press('Control+v');
  await expect.poll(() => target.text()).toContain('from the operator: 日本');

  await customer.grant('clipboard').click();
  await expect(follow).toHaveCount(0);
  await customer.lookAway();
  await operator.controls();
  await setClipboardText('after it was taken back');
  await operator.clickPicture(0.4, 0.5);
  await operator.page.keyboard.type('typed');
  await expect.poll(() => target.text()).toContain('typed');
  expect(await copied()).toBe('from the operator: 日本');
  await operator.endSession();
  await stage.helper.press('Close');
  await expect
    .poll(async () =>
      ((await operator.lastSession())?.grants as { clipboard: boolean }[]).map((g) => g.clipboard),
    )
    .toEqual([false, true, false]);
  await stage.close();
});
