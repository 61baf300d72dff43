/** The operator operates the customer's computer: real keys and pointer, in a real window, seen in the real picture. */
import { Customer, Operator, type Language } from './support/people';
import { heldDown, startHelper, type Helper } from './support/helper';
import { openTarget, type Target } from './support/target';
import { until, type Product } from './support/product';
import { expect, test } from './support/story';
import type { Browser } from '@playwright/test';

interface Stage {
  operator: Operator;
  customer: Customer;
  helper: Helper;
  target: Target;
  close: () => Promise<void>;
}

/** Up to the moment at which the operator has the pointer. */
async function begin(
  { browser, sharing, product }: { browser: Browser; sharing: Browser; product: Product },
  language: Language = 'en',
): Promise<Stage> {
  const target = await openTarget();
  const operator = await Operator.arrive(browser, product, language);
  const customer = await Customer.arrive(sharing, product, language);
  await customer.enter(await operator.issue('control'));
  await customer.allow.click();
  await expect(operator.screen).toBeVisible();
  const helper = await startHelper([await customer.helperLink()], { language });
  await operator.controls();
  return {
    operator,
    customer,
    helper,
    target,
    close: async () => {
      if (helper.running()) helper.kill('SIGKILL');
      await operator.leave();
      await customer.leave();
      await target.close();
    },
  };
}

for (const language of ['en', 'ja'] as const) {
  test(`control (${language}): helper handed over, text, clicks and the end in the helper’s own window`, async ({
    browser,
    sharing,
    product,
  }) => {
    const stage = await begin({ browser, sharing, product }, language);
    const { operator, customer, helper, target } = stage;
    await expect.poll(() => helper.text()).toContain(customer.names.connected);
    await expect.poll(() => helper.text()).toContain('山田 花子');

    await operator.clickPicture(0.4, 0.5);
    await operator.page.keyboard.type('Hello, 8-digit world! ~{}[]\\@#', { delay: 5 });
    await expect.poll(() => target.text()).toBe('Hello, 8-digit world! ~{}[]\\@#');

    await helper.press(customer.names.cancel);
    await expect(operator.screen).toBeHidden();
    expect(await helper.ended()).toBe(0);
    await expect
      .poll(() => operator.lastSession())
      .toMatchObject({
        mode: 'control',
        endedBy: 'customer',
        endReason: 'cancelled',
        helperVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
        helperSystem: expect.stringMatching(/linux/i),
        grants: [expect.objectContaining({ input: true, clipboard: false })],
      });
    await stage.close();
  });
}

test('clicks hit nine points to the pixel; drag, wheel and right button arrive', async ({
  browser,
  sharing,
  product,
}) => {
  const stage = await begin({ browser, sharing, product });
  const { operator, target } = stage;
  const places = [0.25, 0.45, 0.65].flatMap((y) => [0.1, 0.35, 0.6].map((x) => ({ x, y })));
  for (const { x, y } of places) {
    await target.forget();
    await operator.clickPicture(x, y);
    await expect.poll(async () => (await target.seen('pointerup')).length).toBe(1);
    const [down] = await target.seen('pointerdown');
    // A pixel of the picture on the operator's page is larger than one of the screen.
    const size = await operator.pictureScale();
    expect(Math.abs((down?.screenX ?? -99) - x * 1280)).toBeLessThanOrEqual(1 + size);
    expect(Math.abs((down?.screenY ?? -99) - y * 720)).toBeLessThanOrEqual(1 + size);
  }

  await target.forget();
  const from = await operator.placeInPicture(0.3, 0.4);
  const to = await operator.placeInPicture(0.6, 0.7);
  await operator.page.mouse.move(from.x, from.y);
  await operator.page.mouse.down();
  await operator.page.mouse.move(to.x, to.y, { steps: 8 });
  await operator.page.mouse.up();
  await expect.poll(async () => (await target.seen('pointerup')).length).toBe(1);
  const held = (await target.seen('pointermove')).filter(({ buttons }) => buttons === 1);
  expect(held.length).toBeGreaterThan(2);

  await target.forget();
  await operator.page.mouse.wheel(0, 300);
  await expect
    .poll(async () => (await target.seen('wheel')).reduce((sum, { deltaY }) => sum + deltaY, 0))
    .toBeGreaterThan(0);
  await operator.clickPicture(0.5, 0.5, 'right');
  await expect.poll(async () => (await target.seen('pointerdown')).at(-1)?.button).toBe(2);
  await stage.close();
});

test('composed text arrives as Unicode: kana, kanji, emoji', async ({ browser, sharing, product }) => {
  const stage = await begin({ browser, sharing, product });
  const { operator, target } = stage;
  await operator.clickPicture(0.4, 0.5);
  // What an input method hands to the page when the operator accepts a conversion.
  await operator.page.keyboard.insertText('日本語のテキスト、カタカナ😀');
  await expect.poll(() => target.text()).toBe('日本語のテキスト、カタカナ😀');
  await stage.close();
});

test('the customer takes control back and gives it again, while the picture goes on', async ({
  browser,
  sharing,
  product,
}) => {
  const stage = await begin({ browser, sharing, product });
  const { operator, customer, target } = stage;
  await operator.clickPicture(0.4, 0.5);
  await operator.page.keyboard.down('a');
  await expect.poll(() => heldDown()).not.toEqual([]);
  await customer.grant('input').click();
  await customer.lookAway();
  await expect.poll(() => heldDown()).toEqual([]);
  await operator.page.keyboard.up('a');
  const before = await target.text();
  await operator.page.keyboard.type('dropped');
  await expect(operator.screen).toBeVisible();
  await customer.switchOn('input');
  await operator.controls();
  await operator.clickPicture(0.4, 0.5);
  await operator.page.keyboard.type('again');
  await expect.poll(() => target.text()).toContain('again');
  expect(await target.text()).not.toContain('dropped');
  expect((await target.text()).startsWith(before)).toBe(true);
  await stage.close();
});

for (const victim of ['helper', 'operator'] as const) {
  test(`nothing stays pressed when the ${victim} is gone without a word`, async ({
    browser,
    sharing,
    product,
  }) => {
    const stage = await begin({ browser, sharing, product });
    const { operator, customer, helper } = stage;
    await operator.clickPicture(0.4, 0.5);
    await operator.page.keyboard.down('Shift');
    await operator.page.keyboard.down('b');
    await expect.poll(async () => (await heldDown()).length).toBeGreaterThan(1);
    if (victim === 'helper') helper.kill('SIGKILL');
    else await operator.leave();
    await until(async () => (await heldDown()).length === 0, 'every key to be released', 40_000);
    if (victim === 'helper') {
      // The session goes on as view.
      await expect(operator.screen).toBeVisible();
      await expect(customer.connected).toBeVisible();
    }
    await stage.close();
  });
}
