/** What only the person in front of the computer may answer cannot be answered by remote input (RS-84). */
import { beginControl } from './support/control';
import type { Customer } from './support/people';
import { heldDown, turnTo } from './support/helper';
import { expect, shownSharingBrowser, test } from './support/story';
import type { Browser } from '@playwright/test';

declare global {
  /** What reached the customer's page, by the type of the event. */
  var presses: string[];
}

const SCREEN = { width: 1280, height: 720 };

/** Where a switch of the customer's page stands on the screen, from 0 to 1. */
async function placeOf(customer: Customer, name: 'input' | 'clipboard'): Promise<[x: number, y: number]> {
  // Up to the top: the helper's window stands at the bottom, above the page.
  await customer.grant(name).evaluate((element) => element.scrollIntoView({ block: 'start' }));
  const box = await customer.grant(name).boundingBox();
  const corner = await customer.page.evaluate(() => ({
    x: window.screenX + (window.outerWidth - window.innerWidth) / 2,
    y: window.screenY + window.outerHeight - window.innerHeight,
  }));
  if (!box) throw new Error('no switch');
  return [
    (corner.x + box.x + box.width / 2) / SCREEN.width,
    (corner.y + box.y + box.height / 2) / SCREEN.height,
  ];
}

/** The process of a browser that hears of keyboard and pointer; its pages and their lines to helpers have their own. */
async function inputProcess(browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const { id } = processInfo.find(({ type }) => type === 'browser')!;
  await devtools.detach();
  return id;
}

test('remote clicks and keys never reach a grant, a question or the helper’s own window', async ({
  browser,
  product,
}) => {
  // The customer's page stands on the screen that is operated, beside the window that may be operated.
  const sharing = await shownSharingBrowser('--window-position=640,0', '--window-size=640,700');
  const stage = await beginControl(
    { browser, sharing, product },
    { place: { x: 0, y: 0, width: 620, height: 640 }, shown: true },
  );
  const { operator, customer, helper, target } = stage;
  const state = operator.page.getByTestId('control-state');
  const presses = () => customer.page.evaluate(() => globalThis.presses);
  await customer.page.evaluate(() => {
    globalThis.presses = [];
    for (const type of ['pointerdown', 'keydown', 'click'])
      addEventListener(type, () => globalThis.presses.push(type), { capture: true });
  });

  // The customer turns to Tasuki's page: it gets neither press nor key, and the operator is told.
  const clipboard = await placeOf(customer, 'clipboard');
  await turnTo(await customer.page.title());
  await customer.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(customer.page.locator('[data-guarded="true"]')).toBeVisible();
  await expect(state).toHaveAttribute('data-state', 'guarded');
  await operator.clickPicture(...clipboard);
  await operator.page.keyboard.type('nothing of this');
  // A press beside it takes the keyboard elsewhere, as the customer would see.
  await operator.clickPicture(0.2, 0.5);
  await expect.poll(async () => (await target.seen('pointerup')).length).toBe(1);
  await customer.lookAway();
  await operator.controls();
  await operator.page.keyboard.type('but this');
  await expect.poll(() => target.text()).toBe('but this');
  expect(await presses()).toEqual([]);

  // While the customer looks elsewhere a press does reach the page, and counts for nothing, however it is let go.
  for (const trick of ['click', 'with a key let go first'] as const) {
    const before = (await presses()).length;
    if (trick === 'click') await operator.clickPicture(...clipboard);
    else {
      const at = await operator.placeInPicture(...clipboard);
      await operator.page.keyboard.down('Shift');
      await operator.page.mouse.move(at.x, at.y);
      await operator.page.mouse.down();
      await operator.page.keyboard.up('Shift');
      await expect(state).toHaveAttribute('data-state', 'guarded');
      await operator.page.mouse.up();
    }
    await expect.poll(async () => (await presses()).length).toBeGreaterThan(before);
    await expect.poll(() => heldDown()).toEqual([]);
    await customer.lookAway();
    await operator.controls();
    await expect(customer.grant('clipboard')).not.toBeChecked();
  }

  // Nor does a press that the browser tells of only when its page is guarded: here it stands still in between.
  const pid = await inputProcess(sharing);
  let late: string[] = [];
  // On a busy machine the press may come when the page is guarded already, and is kept off.
  for (const later of [500, 2_000, 8_000]) {
    const before = (await presses()).length;
    await customer.page.evaluate((ms) => {
      setTimeout(() => window.dispatchEvent(new Event('focus')), ms);
    }, later);
    process.kill(pid, 'SIGSTOP');
    try {
      await operator.clickPicture(...clipboard);
      await expect(state).toHaveAttribute('data-state', 'guarded');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await customer.lookAway();
    await operator.controls();
    late = (await presses()).slice(before);
    await expect(customer.grant('clipboard')).not.toBeChecked();
    if (late.length > 0) break;
  }
  expect(late).toEqual(['pointerdown', 'click']);

  // The helper's own button, hit with the operator's pointer where it stands on the shared screen.
  const cancel = await helper.place(customer.names.cancel);
  await operator.clickPicture(cancel.x / SCREEN.width, cancel.y / SCREEN.height);
  await target.forget();
  await operator.clickPicture(0.2, 0.5);
  await expect.poll(async () => (await target.seen('pointerup')).length).toBe(1);
  expect(helper.running()).toBe(true);
  await operator.endSession();
  await helper.press('Close');
  await expect
    .poll(() => operator.lastSession())
    .toMatchObject({ endedBy: 'operator', grants: [{ input: true, clipboard: false }] });
  await stage.close();
  await sharing.close();
});
