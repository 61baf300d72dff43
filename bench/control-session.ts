/** One session in mode `control` with the real helper, driven by script up to the moment the operator has the pointer. */
import type { Browser } from '@playwright/test';
import { startHelper, type Helper } from '../e2e/support/helper';
import type { Customer, Operator } from '../e2e/support/people';
import type { Product } from '../e2e/support/product';
import type { Link } from './link-stats';
import { customerArrives, firstFrame, operatorArrives } from './session';
import { keepInputs } from './watch-inputs';

export interface ControlSession extends Link {
  operator: Operator;
  customer: Customer;
  helper: Helper;
}

/**
 * @param display the X screen that is shared and operated
 * @param watch runs in the operator's page before its own scripts
 */
export async function openControlSession(
  sharing: Browser,
  viewing: Browser,
  product: Product,
  display: string,
  watch = keepInputs,
): Promise<ControlSession> {
  const operator = await operatorArrives(viewing, product, watch);
  const code = await operator.issue('control');
  const customer = await customerArrives(sharing, product);
  await customer.enter(code);
  await firstFrame(operator.page);
  const helper = await startHelper([await customer.helperLink()], { env: { DISPLAY: display } });
  const close = async () => {
    await operator.leave();
    await customer.leave();
    if (helper.running()) helper.kill('SIGTERM');
    await helper.ended();
  };
  try {
    await operator.controls();
  } catch (error) {
    await close();
    throw error;
  }
  return { sharer: customer.page, viewer: operator.page, operator, customer, helper, close };
}
