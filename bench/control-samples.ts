/** One key or click: dispatched in the operator's page, followed to the changed pixel in the same page. */
import type { Page } from '@playwright/test';
import { flipAfter, watchFlips, type Flip } from './watch-flips';

/**
 * Inputs at the start of a link, told apart: the bandwidth estimate begins low, so large changes are sent slowly, and
 * the jitter buffer needs some twenty changes to forget that.
 */
const YOUNG = 24;

export const INPUTS = ['key', 'click'] as const;
export type Input = (typeof INPUTS)[number];

/** Milliseconds. The stages follow each other; what a contender does not tell is NaN. */
export interface Sample {
  total: number;
  /** The page's own handlers until the message is handed to the network. */
  page: number;
  /** → at the X server: network, helper, XTEST. The X server's clock has whole milliseconds. */
  inject: number;
  /** → handled by the program on the screen. */
  deliver: number;
  /** → painted by it. */
  paint: number;
  /** → the picture arrived: wait for the next capture, capture, encoding, network. */
  send: number;
  /** → on the display: jitter buffer, decoding, painting. */
  show: number;
  /** Of these the decoder alone. */
  decode: number;
}

/** When the program on the screen was told, in epoch milliseconds. */
interface Arrival {
  injected: number;
  handled: number;
  painted: number;
}

declare global {
  var arrivals: Arrival[];
}

export interface Stage {
  /** The operator's page, with the picture. */
  viewer: Page;
  /** The program on the screen that is operated. */
  target: Page;
  /** Where clicks go on the operator's page: inside the picture, off its middle. */
  place: { x: number; y: number };
}

async function press(page: Page, input: Input): Promise<void> {
  if (input === 'key') await page.keyboard.down('a');
  else await page.mouse.down();
}

async function release(page: Page, input: Input): Promise<void> {
  if (input === 'key') await page.keyboard.up('a');
  else await page.mouse.up();
}

async function one({ viewer, target }: Stage, input: Input): Promise<Sample> {
  // A young link over a busy picture may be a second behind.
  const light = await target.evaluate(() => document.body.classList.contains('light'));
  await viewer.waitForFunction((wanted) => globalThis.pictureIsLight === wanted, light);
  const [flips, inputs] = await viewer.evaluate(
    () => [globalThis.flips.length, globalThis.inputs.length] as const,
  );
  const arrivals = await target.evaluate(() => globalThis.arrivals.length);
  const changed = viewer.evaluate(flipAfter, flips);
  await press(viewer, input);
  const flip: Flip = await changed;
  await release(viewer, input);
  const [dispatched = NaN, sent = NaN] = await viewer.evaluate((before) => {
    const at = globalThis.inputs[before];
    return [at, globalThis.sends.find((each) => each >= (at ?? Infinity))];
  }, inputs);
  const arrival = await target.evaluate((before) => globalThis.arrivals[before], arrivals);
  if (!arrival) throw new Error(`the ${input} did not arrive, but the picture changed`);
  if (!(flip.shown > dispatched))
    throw new Error(`the picture changed ${dispatched - flip.shown} ms too early`);
  const { injected, handled, painted } = arrival;
  const { shown, arrived = NaN, decoding = NaN } = flip;
  return {
    total: shown - dispatched,
    page: sent - dispatched,
    inject: injected - sent,
    deliver: handled - injected,
    paint: painted - handled,
    send: arrived - painted,
    show: shown - arrived,
    decode: decoding,
  };
}

export interface Samples extends Record<Input, Sample[]> {
  /** The first of a link, keys and clicks in turn. */
  young: Sample[];
}

/** Takes `count` samples of each kind once the link has settled, keys first. */
export async function takeSamples(stage: Stage, count: number): Promise<Samples> {
  const { viewer, place } = stage;
  await viewer.mouse.move(place.x, place.y);
  await viewer.evaluate(watchFlips);
  // Whoever operates clicks into the picture first; keys go there from then on.
  await one(stage, 'click');
  const taken: Samples = { young: [], key: [], click: [] };
  const take = async (input: Input): Promise<Sample> => {
    // A pause of random length: capture and display have their own rhythm, which the inputs must not follow.
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 300));
    return one(stage, input);
  };
  for (let round = 0; round < YOUNG; round++) taken.young.push(await take(round % 2 ? 'click' : 'key'));
  for (const input of INPUTS) {
    for (let round = 0; round < count; round++) taken[input].push(await take(input));
  }
  return taken;
}
