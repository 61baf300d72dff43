/** What every page must pass: axe-core, no sideways scrolling, nothing that the content security policy had to stop. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type BrowserContextOptions, type Page } from '@playwright/test';

/** What depends on colours and room; the rest is the same in every look. */
const LOOK_RULES = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];

/** axe-core finds nothing, and nothing is cut off at the side. On narrow pages only what the look can change is asked. */
export async function accessible(page: Page, what: string): Promise<void> {
  await settled(page);
  const axe = new AxeBuilder({ page });
  if ((page.viewportSize()?.width ?? 0) < 400) axe.withRules(LOOK_RULES);
  const { violations } = await axe.analyze();
  expect(
    violations.map(
      ({ id, nodes }) => `${what}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    ),
  ).toEqual([]);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Colours on their way to others are no colours to judge; spinners turn for ever. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });

/** Collects what the content security policy had to stop. Loads the page anew. */
export async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const stopped: string[] = [];
    Object.assign(window, { stopped });
    addEventListener('securitypolicyviolation', (event) => {
      stopped.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  await page.reload();
  return () => page.evaluate(() => (window as unknown as { stopped: string[] }).stopped);
}

export const LOOKS: [string, BrowserContextOptions][] = [
  ['light, wide', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['dark, 320 px', { colorScheme: 'dark', viewport: { width: 320, height: 700 } }],
];
