/** Whether a page stands still once it is there: what comes late must not push anything away from under the pointer. */
import type { Page } from '@playwright/test';

interface Shift extends PerformanceEntry {
  sources: readonly { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

/**
 * Writes down, from the next load of the page on, what moves by itself.
 * @returns reads what was written: each element's beginning, and from where to where it moved
 */
export async function watchShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen = ((globalThis as { shifts?: string[] }).shifts = [] as string[]);
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries() as Shift[]) {
        for (const { node, previousRect: before, currentRect: after } of sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          if (element?.closest('main') && before.width > 0 && after.width > 0)
            seen.push(`${element.outerHTML.slice(0, 120)}: ${before.y} → ${after.y}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (globalThis as { shifts?: string[] }).shifts ?? []);
}
