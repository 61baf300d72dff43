/**
 * One support session of the real product, driven by script: the customer types the number, the page presses Allow
 * the moment it appears, the browser's picker answers by itself. Both pages note when what happened.
 */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { Customer, NAMES, Operator } from '../e2e/support/people';
import { OPERATOR, type Product } from '../e2e/support/product';
import { keepPeers } from './link-stats';
import { PAGE_HELPERS } from './rig';

/** The sharer's browser: its picker chooses the whole X screen. */
export const SHARER_ARGS = ['--auto-select-desktop-capture-source=Entire screen'];

/** Milliseconds since the epoch, each once. */
export interface CustomerMarks {
  /** Connect was pressed. */
  submitted?: number;
  /** Allow appeared, and was pressed. */
  asked?: number;
  /** The capture began to deliver. */
  captured?: number;
  /** The peer connection stands. */
  linked?: number;
}

declare global {
  var customerMarks: CustomerMarks;
  /** When the first frame of the newest picture is on the display; null until then. */
  var firstFrame: number | null;
}

/** Runs in the customer's page before its own scripts. */
function watchCustomer(allow: string): void {
  const marks: CustomerMarks = (globalThis.customerMarks = {});
  addEventListener('submit', () => (marks.submitted = Date.now()), true);
  new MutationObserver(() => {
    if (marks.asked !== undefined) return;
    const button = [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === allow);
    // For half a second after it appeared nothing counts as a yes; that is part of what is measured.
    if (!button || button.getAttribute('aria-disabled') === 'true') return;
    marks.asked = Date.now();
    button.click();
  }).observe(document, { childList: true, subtree: true, attributes: true });

  const devices = navigator.mediaDevices;
  const capture = devices.getDisplayMedia.bind(devices);
  devices.getDisplayMedia = async (options) => {
    const stream = await capture(options);
    marks.captured = Date.now();
    return stream;
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') marks.linked = Date.now();
      });
    }
  };
}

/** Runs in the operator's page before its own scripts. */
function watchOperator(): void {
  globalThis.firstFrame = null;
  let watched: HTMLVideoElement | null = null;
  new MutationObserver(() => {
    const video = document.querySelector('video');
    if (!video || video === watched) return;
    watched = video;
    video.requestVideoFrameCallback((_now, { expectedDisplayTime }) => {
      globalThis.firstFrame = performance.timeOrigin + expectedDisplayTime;
    });
  }).observe(document, { childList: true, subtree: true });
}

/**
 * An operator who is signed in. The page is loaded afresh for each session.
 * @param watch more that runs in the page before its own scripts
 */
export async function operatorArrives(
  browser: Browser,
  product: Product,
  watch?: () => void,
): Promise<Operator> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(PAGE_HELPERS);
  await context.addInitScript(keepPeers);
  await context.addInitScript(watchOperator);
  if (watch) await context.addInitScript(watch);
  const operator = new Operator(context, await context.newPage(), product, 'en');
  await operator.page.goto(`${product.origin}/desk?lang=en`);
  await operator.logIn(OPERATOR);
  return operator;
}

/** A customer with an empty cache, in front of the empty box. */
export async function customerArrives(browser: Browser, product: Product): Promise<Customer> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1000, height: 760 } });
  await context.addInitScript(PAGE_HELPERS);
  await context.addInitScript(keepPeers);
  await context.addInitScript(watchCustomer, NAMES.en.allow);
  return Customer.at(context, product, 'en');
}

/** @returns when the first frame was shown, in milliseconds since the epoch */
export async function firstFrame(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => globalThis.firstFrame, undefined, { timeout: 20_000 });
  return (await handle.jsonValue()) ?? Number.NaN;
}
