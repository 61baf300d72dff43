/**
 * Key, and separately click, dispatched in the operator's page → injected → changed pixel in the operator's page: through
 * the product with the real helper, through a bare RTCPeerConnection with a bare injector, and through noVNC with
 * TigerVNC's x0vncserver; on one display, in turns, with only one of them alive at a time (see photon.ts for why).
 *
 * Clock: `performance.now()` in the operator's page, at both ends.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import type { Product } from '../e2e/support/product';
import { BARE_PAGE } from './bare';
import { openBareControl } from './bare-control';
import { printRatio, printStages } from './control-report';
import { INPUTS, takeSamples, type Samples } from './control-samples';
import { openControlSession } from './control-session';
import { buildGoTools } from './go-tools';
import { linkSummary, type Link } from './link-stats';
import { NOVNC_PAGE, noVncFiles, openNoVnc } from './novnc';
import { sized, withRig, type Rig } from './rig';
import { SHARER_ARGS } from './session';
import { median, medianRatio, quantile, type Values } from './stats';
import { SCROLLING_PAGE, STILL_PAGE, openTarget } from './target';

const BLOCKS = 3;
const SIZE = { width: 1280, height: 720 };

const CONTENDERS = ['product', 'bare', 'novnc'] as const;
export type Contender = (typeof CONTENDERS)[number];
export type Taken = Record<Contender, Samples>;

/** Reported apart; `young` links count in no ratio. */
const PARTS = [...INPUTS, 'young'] as const;

const SCENES = { light: '/still', scroll: '/scrolling' } as const;
type Scene = keyof typeof SCENES;

interface Setting {
  product: Product;
  pages: string;
  bare: string;
  display: string;
  sharing: Browser;
  viewing: Browser;
}

type Opened = Pick<Link, 'viewer' | 'close'> & Partial<Link>;

function open(contender: Contender, setting: Setting): Promise<Opened> {
  const { sharing, viewing, product, display, pages, bare } = setting;
  switch (contender) {
    case 'product':
      return openControlSession(sharing, viewing, product, display);
    case 'bare':
      return openBareControl(sharing, viewing, { origin: `${pages}/bare`, program: bare, display });
    case 'novnc':
      return openNoVnc(viewing, { origin: pages, display });
  }
}

/** Waits until the whole screen is shown. @returns where clicks go: inside the picture, off its middle */
async function pictureOn(page: Page, size: { width: number; height: number } | null) {
  const box = page.locator('video, canvas').first();
  await page.waitForFunction(({ width, height }) => {
    const video = document.querySelector('video');
    if (video) return video.readyState >= 2 && video.videoWidth === width && video.videoHeight === height;
    const canvas = document.querySelector('canvas');
    return canvas?.width === width && canvas.height === height;
  }, SIZE);
  if (size) {
    // As large as the product's: a larger one would cost more to paint.
    await page.evaluate(({ width, height }) => {
      const element = document.querySelector('video') ?? document.querySelector('div');
      if (element) Object.assign(element.style, { width: `${width}px`, height: `${height}px` });
    }, size);
  }
  const place = await box.boundingBox();
  if (!place) throw new Error('no picture');
  return { size: place, place: { x: place.x + place.width * 0.3, y: place.y + place.height * 0.3 } };
}

async function runScene(
  rig: Rig,
  scene: Scene,
  only: Contender[],
  setting: Omit<Setting, 'display' | 'sharing' | 'viewing'>,
): Promise<Taken> {
  const size = `${SIZE.width}x${SIZE.height}`;
  const display = await rig.screen(`${size}x24`);
  const target = await openTarget(
    await rig.browser({ display, headed: true }),
    setting.pages + SCENES[scene],
  );
  // The pointer starts in the middle of the screen, on the very pixel that is watched.
  await promisify(execFile)('xdotool', ['mousemove', '1', '1'], {
    env: { ...process.env, DISPLAY: display },
  });
  const sharing = await rig.browser({ display, args: [...SHARER_ARGS, `--screen-info={${size}}`] });
  const viewing = await rig.browser({ display });

  const perBlock = Math.ceil(sized('BENCH_SAMPLES', 30) / BLOCKS);
  const none = (): Samples => ({ young: [], key: [], click: [] });
  const taken: Taken = { product: none(), bare: none(), novnc: none() };
  let shape: { width: number; height: number } | null = null;
  for (let block = 0; block < BLOCKS; block++) {
    for (const contender of only) {
      const link = await open(contender, { ...setting, display, sharing, viewing });
      const { size: shown, place } = await pictureOn(link.viewer, contender === 'product' ? null : shape);
      if (contender === 'product') shape = shown;
      const samples = await takeSamples({ viewer: link.viewer, target, place }, perBlock);
      for (const part of PARTS) taken[contender][part].push(...samples[part]);
      const { sharer, viewer, close } = link;
      const summary = sharer ? await linkSummary({ sharer, viewer, close }) : 'a canvas';
      const medians = PARTS.map(
        (input) => `${input} ${median(samples[input].map(({ total }) => total)).toFixed(0)} ms`,
      );
      console.log(`${scene} ${contender.padEnd(7)} ${medians.join(', ')}; ${summary}`);
      await close();
    }
  }
  return taken;
}

const totals = (samples: Samples): number[] =>
  INPUTS.flatMap((input) => samples[input]).map(({ total }) => total);

/** Keys of the result's line for one scene. */
function valuesOf(scene: Scene, taken: Taken, only: Contender[]): Values {
  const suffix = scene === 'light' ? '' : `_${scene}`;
  const values: Values = {};
  if (only.includes('product')) {
    const ours = totals(taken.product);
    values[`median_ms${suffix}`] = median(ours);
    values[`p95_ms${suffix}`] = quantile(ours, 0.95);
    for (const other of only.filter((each) => each !== 'product')) {
      const ratio = medianRatio(ours, totals(taken[other]));
      values[`ratio_${other}${suffix}`] = ratio.ratio;
      printRatio(scene, other, ratio);
    }
  }
  for (const contender of only) {
    const name = contender === 'product' ? '' : `${contender}_`;
    for (const input of PARTS) {
      values[`${name}${input}_ms${suffix}`] = median(taken[contender][input].map(({ total }) => total));
    }
  }
  return values;
}

function chosen(): Contender[] {
  const names = process.env.BENCH_ONLY?.split(',') ?? [];
  return names.length === 0 ? [...CONTENDERS] : CONTENDERS.filter((each) => names.includes(each));
}

export function run(): Promise<Values> {
  return withRig(async (shared) => {
    const { bare } = await buildGoTools(shared);
    const product = await shared.product({ TASUKI_LIMIT_OPENS_PER_OPERATOR: '10000' });
    const pages = await shared.pages({
      '/bare': BARE_PAGE,
      '/vnc': NOVNC_PAGE,
      '/still': STILL_PAGE,
      '/scrolling': SCROLLING_PAGE,
      ...(await noVncFiles()),
    });
    const only = chosen();
    const values: Values = {};
    for (const scene of Object.keys(SCENES) as Scene[]) {
      if (process.env.BENCH_SCENE && process.env.BENCH_SCENE !== scene) continue;
      const taken = await withRig((rig) => runScene(rig, scene, only, { product, pages, bare }));
      printStages(scene, taken, only);
      Object.assign(values, valuesOf(scene, taken, only));
    }
    return values;
  });
}
