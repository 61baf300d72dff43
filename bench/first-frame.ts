/**
 * From pressing Connect to the first frame at the operator's, in two browsers, with the real server between them.
 *
 * Clock: both pages note epoch milliseconds of the same machine, `Date.now()` at the customer's and
 * `timeOrigin + expectedDisplayTime` of the video frame at the operator's; together they err by about 1 ms.
 */
import type { Browser } from '@playwright/test';
import type { Customer, Operator } from '../e2e/support/people';
import type { Product } from '../e2e/support/product';
import { sized, withRig } from './rig';
import { SHARER_ARGS, customerArrives, firstFrame, operatorArrives } from './session';
import { median, quantile, type Values } from './stats';

/** Somebody who types while listening; libsodium loads meanwhile. Pasting leaves no time for that. */
const KEY_EVERY_MS = 150;

interface Sample {
  total: number;
  /** Connect → Allow appears: keys, socket, pairing. */
  asked: number;
  /** → the picture is captured. */
  captured: number;
  /** → the peer connection stands. */
  linked: number;
  /** → the first frame is shown. */
  shown: number;
}

async function enterNumber(customer: Customer, code: string, how: 'typed' | 'pasted'): Promise<void> {
  const box = customer.page.getByRole('textbox', { name: customer.names.number, exact: true });
  if (how === 'typed') await box.pressSequentially(code, { delay: KEY_EVERY_MS });
  else await box.fill(code);
  await box.press('Enter');
}

async function sample(
  operator: Operator,
  sharing: Browser,
  product: Product,
  how: 'typed' | 'pasted',
): Promise<Sample> {
  await operator.page.goto(`${product.origin}/desk?lang=en`);
  const code = await operator.issue('view');
  const customer = await customerArrives(sharing, product);
  await enterNumber(customer, code, how);
  const shown = await firstFrame(operator.page);
  await customer.connected.waitFor();
  const marks = await customer.page.evaluate(() => globalThis.customerMarks);
  await customer.cancel.click();
  await operator.screen.waitFor({ state: 'hidden' });
  await customer.leave();
  const { submitted = NaN, asked = NaN, captured = NaN, linked = NaN } = marks;
  return {
    total: shown - submitted,
    asked: asked - submitted,
    captured: captured - asked,
    linked: linked - captured,
    shown: shown - linked,
  };
}

export function run(): Promise<Values> {
  const samples = sized('BENCH_SAMPLES', 20);
  return withRig(async (rig) => {
    const product = await rig.product({ TASUKI_LIMIT_OPENS_PER_OPERATOR: '10000' });
    const display = await rig.screen('1280x720x24');
    const sharing = await rig.browser({ display, args: SHARER_ARGS });
    const operator = await operatorArrives(await rig.browser({ display }), product);
    await sample(operator, sharing, product, 'typed'); // the browsers themselves warm up
    const typed: Sample[] = [];
    const pasted: Sample[] = [];
    for (let round = 0; round < samples; round++) {
      typed.push(await sample(operator, sharing, product, 'typed'));
      if (round % 2 === 0) pasted.push(await sample(operator, sharing, product, 'pasted'));
    }
    const of = (key: keyof Sample) => typed.map((each) => each[key]);
    const totals = pasted.map((each) => each.total);
    return {
      median_ms: median(of('total')),
      p95_ms: quantile(of('total'), 0.95),
      samples,
      until_asked_ms: median(of('asked')),
      until_captured_ms: median(of('captured')),
      until_linked_ms: median(of('linked')),
      until_shown_ms: median(of('shown')),
      pasted_median_ms: median(totals),
      pasted_p95_ms: quantile(totals, 0.95),
    };
  });
}
