import type { Page } from '@playwright/test';
import { accessible, LOOKS } from './a11y';

/** The page as it is now is accessible light and wide, and dark and narrow. */
export async function accessibleInAllLooks(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  for (const [look, { colorScheme, viewport }] of LOOKS) {
    await page.emulateMedia({ colorScheme: colorScheme ?? null });
    if (viewport) await page.setViewportSize(viewport);
    await accessible(page, `${what}, ${look}`);
  }
  if (before) await page.setViewportSize(before);
}
