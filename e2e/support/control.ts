/** A control session up to the moment at which the operator has the pointer. */
import { expect, type Browser } from '@playwright/test';
import { Customer, Operator, type Language } from './people';
import { startHelper, type Helper } from './helper';
import { openTarget, type Place, type Target } from './target';
import type { Product } from './product';
import { sharingBrowser } from './story';

export interface Stage {
  operator: Operator;
  customer: Customer;
  helper: Helper;
  target: Target;
  close: () => Promise<void>;
}

const WHOLE: Place = { x: 0, y: 0, width: 1280, height: 720 };

interface Wishes {
  language?: Language;
  scale?: number;
  place?: Place;
  shown?: boolean;
}

/**
 * Operator, customer, helper and a window to operate.
 * @param options.place where the window to operate lies; the whole screen unless told otherwise
 * @param options.shown the customer's browser is `shownSharingBrowser`
 * @param options.scale pixels of the screen for one of a page, on both computers; 1 unless told otherwise
 */
export async function beginControl(
  { browser, sharing, product }: { browser: Browser; sharing: Browser; product: Product },
  { language = 'en', scale = 1, place = WHOLE, shown = false }: Wishes = {},
): Promise<Stage> {
  const target = await openTarget('target', place, { scale });
  const scaled = scale === 1 ? null : await sharingBrowser(`--force-device-scale-factor=${scale}`);
  const operator = await Operator.arrive(browser, product, language, { scale });
  const customer = await Customer.arrive(
    scaled ?? sharing,
    product,
    language,
    shown ? { viewport: null } : {},
  );
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
      await scaled?.close();
      await target.close();
    },
  };
}
