/** The operator operates the customer's computer: real keys and pointer, in a real window, seen in the real picture. */
import { chromium } from '@playwright/test';
import { LAUNCH_ARGS, chromiumPath } from './support/chromium';
import { beginControl } from './support/control';
import { heldDown, pointerPlace } from './support/helper';
import { until } from './support/product';
import { expect, test } from './support/story';

for (const language of ['en', 'ja'] as const) {
  test(`control (${language}): helper handed over, text, clicks and the end in the helper’s own window`, async ({
    browser,
    sharing,
    product,
  }) => {
    const stage = await beginControl({ browser, sharing, product }, { language });
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

for (const scale of [1, 1.5]) {
  test(`clicks hit nine points to the pixel at scale ${scale}; drag, wheel and right button arrive`, async ({
    browser,
    sharing,
    product,
  }) => {
    const stage = await beginControl({ browser, sharing, product }, { scale });
    const { operator, target } = stage;
    for (const [x, y] of [0.25, 0.45, 0.65].flatMap((y) => [0.1, 0.35, 0.6].map((x) => [x, y] as const))) {
      await target.forget();
      const expected = await operator.clickPicture(x, y);
      await expect.poll(async () => (await target.seen('pointerup')).length).toBe(1);
      const pointer = await pointerPlace();
      expect(Math.abs(pointer.x - expected.x)).toBeLessThanOrEqual(1);
      expect(Math.abs(pointer.y - expected.y)).toBeLessThanOrEqual(1);
      // And so the window saw it, whose own pixels are larger.
      const [down] = await target.seen('pointerdown');
      expect(Math.abs((down?.screenX ?? -99) * scale - expected.x)).toBeLessThanOrEqual(1 + scale / 2);
      expect(Math.abs((down?.screenY ?? -99) * scale - expected.y)).toBeLessThanOrEqual(1 + scale / 2);
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
}

test('composed text arrives as Unicode: kana, kanji, emoji', async ({ browser, sharing, product }) => {
  const stage = await beginControl({ browser, sharing, product });
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
  const stage = await beginControl({ browser, sharing, product });
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
  test(`nothing stays pressed when the ${victim} is gone without a word`, async ({ sharing, product }) => {
    const server = await chromium.launchServer({ executablePath: chromiumPath(), args: LAUNCH_ARGS });
    const browser = await chromium.connect(server.wsEndpoint());
    const stage = await beginControl({ browser, sharing, product });
    const { operator, customer, helper } = stage;
    await operator.clickPicture(0.4, 0.5);
    await operator.page.keyboard.down('Shift');
    await operator.page.keyboard.down('b');
    await expect.poll(async () => (await heldDown()).length).toBeGreaterThan(1);
    if (victim === 'helper') helper.kill('SIGKILL');
    else server.process().kill('SIGKILL');
    // Sooner than a network is given up for lost.
    await until(async () => (await heldDown()).length === 0, 'every key to be released', 5000);
    if (victim === 'helper') {
      // The session goes on as view.
      await expect(operator.screen).toBeVisible();
      await expect(customer.connected).toBeVisible();
      await stage.close();
      await server.close();
    } else {
      helper.kill('SIGTERM');
      await customer.leave();
      await stage.target.close();
    }
  });
}
