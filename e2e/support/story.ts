/** Playwright's `test` with what most stories need: the product running, and a browser that captures the X screen. */
import { test as base, chromium, type Browser } from '@playwright/test';
import { LAUNCH_ARGS, chromiumPath } from './chromium';
import { startProduct, type Product } from './product';

/** A browser whose picker chooses the whole X screen by itself. */
export function sharingBrowser(...args: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [...LAUNCH_ARGS, '--auto-select-desktop-capture-source=Entire screen', ...args],
  });
}

// Playwright reads the fixtures a function needs from its first parameter's pattern.
/* eslint-disable no-empty-pattern */
export const test = base.extend<object, { product: Product; sharing: Browser }>({
  product: [
    async ({}, use) => {
      const product = await startProduct();
      await use(product);
      await product.stop();
    },
    { scope: 'worker' },
  ],
  sharing: [
    async ({}, use) => {
      const browser = await sharingBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
