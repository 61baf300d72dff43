/** The window that is shared: it turns from dark to light and back with every key and click, and can scroll text meanwhile. */
import type { Browser, Page } from '@playwright/test';

const STYLE = `
  body { margin: 0; overflow: hidden; background: #101010; font: 16px/20px sans-serif; color: #808080 }
  body.light { background: #f0f0f0 }
  #text { height: 100vh; overflow: hidden; white-space: pre }
  #patch { position: fixed; top: 50%; left: 50%; width: 240px; height: 240px; margin: -120px 0 0 -120px; background: #101010 }
  .light #patch { background: #f0f0f0 }
`;

const SCRIPT = `
  // For whoever asks where the time goes, in epoch milliseconds: the event at the X server, here, and painted.
  globalThis.arrivals = [];
  const flip = ({ timeStamp, repeat }) => {
    if (repeat) return;
    document.body.classList.toggle('light');
    const handled = performance.timeOrigin + performance.now();
    requestAnimationFrame(() => {
      const painted = performance.timeOrigin + performance.now();
      arrivals.push({ injected: performance.timeOrigin + timeStamp, handled, painted });
    });
  };
  addEventListener('keydown', flip);
  addEventListener('pointerdown', flip);
  const text = document.querySelector('#text');
  if (text) {
    const words = 'the quick brown fox jumps over a lazy dog while somebody reads this page aloud '.split(' ');
    const line = (n) => Array.from({ length: 40 }, (_, i) => words[(n * 7 + i * (1 + n % 5)) % words.length]).join(' ');
    text.textContent = Array.from({ length: 4000 }, (_, n) => n + '  ' + line(n)).join('\\n');
    const scroll = () => {
      text.scrollTop = text.scrollTop + 3 > text.scrollHeight - text.clientHeight ? 0 : text.scrollTop + 3;
      requestAnimationFrame(scroll);
    };
    scroll();
  }
`;

const page = (body: string) =>
  `<!doctype html><title>target</title><style>${STYLE}</style><body>${body}<script>${SCRIPT}</script>`;

/** The whole window changes: the largest change there is. */
export const STILL_PAGE = page('');
/** Only a patch in the middle changes, over text that never stands still. */
export const SCROLLING_PAGE = page('<div id="text"></div><div id="patch"></div>');

/** Shows a page over the whole screen and waits until keys reach it. */
export async function openTarget(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: null });
  const target = await context.newPage();
  await target.goto(url);
  const control = await context.newCDPSession(target);
  const { windowId } = await control.send('Browser.getWindowForTarget');
  await control.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'fullscreen' } });
  await target.bringToFront();
  await target.waitForFunction(
    () => document.hasFocus() && innerWidth === screen.width && innerHeight === screen.height,
  );
  return target;
}
