/** Mode `show`: the customer sees the operator's real screen, and the operator nothing of the customer's. */
import { BLUE, RED, paintScreen, showsColour } from './support/pixels';
import { Customer, Operator, type Language } from './support/people';
import { expect, test } from './support/story';

const SAVE_IMAGE = { en: 'Save image', ja: '画像を保存' };

for (const language of ['ja', 'en'] as Language[]) {
  test(`show (${language}): after the customer allows, ended by the operator`, async ({
    browser,
    sharing,
    product,
  }) => {
    const operator = await Operator.arrive(sharing, product, language);
    const customer = await Customer.arrive(browser, product, language);
    await customer.enter(await operator.issue('show'));
    await paintScreen(BLUE);
    await customer.allow.click();

    await showsColour(customer.screen, BLUE);
    await paintScreen(RED);
    await showsColour(customer.screen, RED);
    await expect(operator.screen).toBeHidden();
    // T-RS-9: here the customer may save the picture, the operator not.
    await expect(customer.page.getByRole('button', { name: SAVE_IMAGE[language] })).toBeVisible();
    await expect(operator.page.getByRole('button', { name: SAVE_IMAGE[language] })).toBeHidden();

    await operator.endSession();
    await expect(customer.screen).toBeHidden();
    await expect(customer.page.getByRole('heading', { level: 1 })).toBeVisible();
    await operator.leave();
    await customer.leave();
  });
}

test('show works on a phone that cannot share its own screen; view says plainly why not', async ({
  browser,
  sharing,
  product,
}) => {
  const phone = await browser.newContext({
    viewport: { width: 320, height: 640 },
    isMobile: true,
    hasTouch: true,
    userAgent:
      'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
  });
  await phone.addInitScript(() => {
    Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia');
  });
  const operator = await Operator.arrive(sharing, product);

  const viewer = await Customer.at(phone, product, 'ja');
  await viewer.enter(await operator.issue('show'));
  await paintScreen(BLUE);
  await viewer.allow.click();
  await showsColour(viewer.screen, BLUE);
  expect(await viewer.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await viewer.cancel.click();
  await expect(viewer.screen).toBeHidden();
  await viewer.page.close();

  const asked = await Customer.at(phone, product, 'ja');
  await asked.enter(await operator.issue('view'));
  await expect(asked.page.getByRole('heading', { name: 'この端末では画面を共有できません' })).toBeVisible();
  await expect(asked.allow).toBeHidden();
  await operator.leave();
  await phone.close();
});
