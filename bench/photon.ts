/**
 * X key event → changed pixel at the operator's, through the product and through a bare RTCPeerConnection.
 *
 * On a small machine two links at once would take each other's processor time, so the links take turns in blocks
 * (product, bare, product, …): same browsers, same screen, same target window, only one link alive at a time.
 * Clock: `Date.now()` in this process just before the key, `timeOrigin + expectedDisplayTime` of the first frame with
 * the other colour in the operator's page. One machine, one clock, the same error of about 1 ms for both links.
 */
import type { Browser, Page } from '@playwright/test';
import type { Product } from '../e2e/support/product';
import { BARE_PAGE, openBareLink } from './bare';
import { openKeyboard, type Keyboard } from './keyboard';
import { linkSummary, type Link } from './link-stats';
import { sized, withRig, type Rig } from './rig';
import { SHARER_ARGS, customerArrives, firstFrame, operatorArrives } from './session';
import { median, medianRatio, quantile, type Values } from './stats';
import { SCROLLING_PAGE, STILL_PAGE, openTarget } from './target';
import { flipAfter, watchFlips } from './watch-flips';

const BLOCKS = 3;
/** Flips at the start of a block that do not count: the encoder and the bandwidth estimate settle. */
const WARM_UP = 4;

interface Scene {
  name: string;
  width: number;
  height: number;
  path: '/still' | '/scrolling';
}
const SCENES: Scene[] = [
  { name: '720p30', width: 1280, height: 720, path: '/still' },
  { name: '1080p30', width: 1920, height: 1080, path: '/still' },
  { name: '720p30_scroll', width: 1280, height: 720, path: '/scrolling' },
];

async function openProductLink(sharing: Browser, viewing: Browser, product: Product): Promise<Link> {
  const operator = await operatorArrives(viewing, product);
  const code = await operator.issue('view');
  const customer = await customerArrives(sharing, product);
  await customer.enter(code);
  await firstFrame(operator.page);
  return {
    sharer: customer.page,
    viewer: operator.page,
    close: async () => {
      await customer.cancel.click();
      await operator.screen.waitFor({ state: 'hidden' });
      await customer.leave();
      await operator.leave();
    },
  };
}

/** Milliseconds from key to pixel, `count` times. */
async function measure(page: Page, keyboard: Keyboard, scene: Scene, count: number): Promise<number[]> {
  await page.waitForFunction(
    ([width, height]) => {
      const video = document.querySelector('video');
      if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
      return video.videoWidth === width && video.videoHeight === height;
    },
    [scene.width, scene.height],
  );
  await page.evaluate(watchFlips);
  const took: number[] = [];
  for (let flip = 0; flip < WARM_UP + count; flip++) {
    // A pause of random length: capture and display have their own rhythm, which the keys must not follow.
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 300));
    const changed = page.evaluate(flipAfter, await page.evaluate(() => globalThis.flips.length));
    const pressed = keyboard.press('space');
    const { shown } = await changed;
    if (shown < pressed) throw new Error('the picture changed by itself');
    if (flip >= WARM_UP) took.push(shown - pressed);
  }
  return took;
}

async function runScene(rig: Rig, product: Product, pages: string, scene: Scene): Promise<Values> {
  const size = `${scene.width}x${scene.height}`;
  const display = await rig.screen(`${size}x24`);
  await openTarget(await rig.browser({ display, headed: true }), pages + scene.path);
  const keyboard = await openKeyboard(rig, display);
  const sharing = await rig.browser({
    display,
    args: [...SHARER_ARGS, `--screen-info={${size}}`],
  });
  const viewing = await rig.browser({ display });

  const perBlock = Math.ceil(sized('BENCH_SAMPLES', 30) / BLOCKS);
  const took = { product: [] as number[], bare: [] as number[] };
  for (let block = 0; block < BLOCKS; block++) {
    for (const kind of ['product', 'bare'] as const) {
      const link =
        kind === 'product'
          ? await openProductLink(sharing, viewing, product)
          : await openBareLink(sharing, viewing, `${pages}/bare`);
      took[kind].push(...(await measure(link.viewer, keyboard, scene, perBlock)));
      console.log(`${scene.name} ${kind.padEnd(7)} ${await linkSummary(link)}`);
      await link.close();
    }
  }
  const { ratio, low, high } = medianRatio(took.product, took.bare);
  const { name } = scene;
  console.log(`${name}: ratio ${ratio.toFixed(2)}, 95 % between ${low.toFixed(2)} and ${high.toFixed(2)}`);
  return {
    [`ratio_${name}`]: ratio,
    [`median_ms_${name}`]: median(took.product),
    [`p95_ms_${name}`]: quantile(took.product, 0.95),
    [`bare_median_ms_${name}`]: median(took.bare),
    [`bare_p95_ms_${name}`]: quantile(took.bare, 0.95),
  };
}

export function run(): Promise<Values> {
  return withRig(async (shared) => {
    const product = await shared.product({ TASUKI_LIMIT_OPENS_PER_OPERATOR: '10000' });
    const pages = await shared.pages({
      '/bare': BARE_PAGE,
      '/still': STILL_PAGE,
      '/scrolling': SCROLLING_PAGE,
    });
    const values: Values = {};
    const only = process.env.BENCH_SCENE;
    for (const scene of SCENES.filter(({ name }) => !only || name === only)) {
      Object.assign(values, await withRig((rig) => runScene(rig, product, pages, scene)));
    }
    return values;
  });
}
