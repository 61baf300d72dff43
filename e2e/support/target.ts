/**
 * A program on the customer's screen that can be operated: a real window with a text field, which writes down what
 * arrives in it.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { LAUNCH_ARGS, chromiumPath } from './chromium';

const PAGE = `<!doctype html><meta charset="utf-8"><title>TITLE</title>
<style>
  html, body { margin: 0; height: 100%; overflow: hidden; background: #fff; }
  textarea { position: fixed; inset: 0; width: 100%; height: 100%; border: 0; padding: 8px; font: 16px sans-serif; resize: none; }
</style>
<textarea autofocus spellcheck="false"></textarea>
<script>
  globalThis.seen = [];
  for (const type of ['pointerdown', 'pointerup', 'pointermove', 'wheel', 'keydown', 'keyup']) {
    addEventListener(type, (event) => {
      const { screenX, screenY, button, buttons, deltaX, deltaY, code, key, repeat } = event;
      seen.push({ type, screenX, screenY, button, buttons, deltaX, deltaY, code, key, repeat });
    }, { capture: true, passive: true });
  }
  addEventListener('contextmenu', (event) => event.preventDefault());
</script>`;

export interface Seen {
  type: string;
  screenX: number;
  screenY: number;
  button: number;
  buttons: number;
  deltaX: number;
  deltaY: number;
  code: string;
  key: string;
  repeat: boolean;
}

declare global {
  var seen: Seen[];
}

export interface Target {
  page: Page;
  /** The text field's content. */
  text: () => Promise<string>;
  /** What arrived since `forget`. */
  seen: (type?: string) => Promise<Seen[]>;
  forget: () => Promise<void>;
  close: () => Promise<void>;
}

/** Where the window lies on the screen. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Opens a window.
 * @param title must be unique on the screen
 * @param options.scale pixels of the screen for one of the page
 */
export async function openTarget(
  title = 'target',
  place: Place = { x: 0, y: 0, width: 1280, height: 720 },
  { env = {}, scale = 1 }: { env?: NodeJS.ProcessEnv; scale?: number } = {},
): Promise<Target> {
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath(),
    headless: false,
    env: { ...process.env, ...env },
    args: [
      ...LAUNCH_ARGS,
      // Both are told in the page's pixels.
      `--window-position=${place.x / scale},${place.y / scale}`,
      `--window-size=${Math.round(place.width / scale)},${Math.round(place.height / scale)}`,
      `--force-device-scale-factor=${scale}`,
      '--disable-infobars',
      '--hide-crash-restore-bubble',
    ],
    ignoreDefaultArgs: ['--enable-automation'],
  });
  const context = await browser.newContext({ viewport: null });
  const page = await context.newPage();
  await page.setContent(PAGE.replace('TITLE', title));
  await page.bringToFront();
  await page.locator('textarea').focus();
  return {
    page,
    text: () => page.locator('textarea').inputValue(),
    seen: (type) =>
      page.evaluate((only) => globalThis.seen.filter((each) => !only || each.type === only), type),
    forget: () => page.evaluate(() => void (globalThis.seen.length = 0)),
    close: () => browser.close(),
  };
}
