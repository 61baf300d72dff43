/** Playwright's `test` with what most stories need: the product running, and a browser that captures the X screen. */
import { test as base, chromium, type Browser } from '@playwright/test';
import { LAUNCH_ARGS, chromiumPath } from './chromium';
import { parkPointer } from './helper';
import { startProduct, type Product } from './product';
import { startXvfb, type Screen } from './xvfb';

/** A browser whose picker chooses the whole X screen by itself. */
export const sharingBrowser = (...args: string[]): Promise<Browser> => launchSharing({ args });

/** The same, standing on that screen itself, so that what is injected there reaches its pages. */
export const shownSharingBrowser = (...args: string[]): Promise<Browser> =>
  launchSharing({ args, headless: false });

/**
 * A browser whose picker chooses the window titled `chosen`. The pointer waits beside all windows: on X11 Chromium asks
 * for the window under it with every picture, and quits when any window closes in that moment.
 */
export async function windowSharingBrowser(): Promise<Browser> {
  await parkPointer();
  return launch(['--auto-select-window-capture-source-by-title=chosen']);
}

function launchSharing({ args, headless = true }: { args: string[]; headless?: boolean }): Promise<Browser> {
  return launch(['--auto-select-desktop-capture-source=Entire screen', ...args], headless);
}

function launch(args: string[], headless = true): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), headless, args: [...LAUNCH_ARGS, ...args] });
}

// Playwright reads the fixtures a function needs from its first parameter's pattern.
/* eslint-disable no-empty-pattern */
export const test = base.extend<object, { display: Screen; product: Product; sharing: Browser }>({
  // A screen of its own for each worker; every browser and program it starts inherits DISPLAY.
  display: [
    async ({}, use) => {
      const screen = await startXvfb();
      process.env.DISPLAY = screen.display;
      await use(screen);
      await screen.stop();
    },
    { scope: 'worker', auto: true },
  ],
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
