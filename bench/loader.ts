/** What the chat button costs its host page before it is pressed: bytes, requests, and time of the page's main thread. */
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { sized, withRig } from './rig';
import { median, type Values } from './stats';

interface TraceEvent {
  name: string;
  ph: string;
  dur?: number;
  args?: { data?: { url?: string } };
}

/** The loader's own script, and what it does when its stream speaks. */
const COUNTED = new Set(['EvaluateScript', 'FunctionCall']);
const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

async function visit(browser: Browser, site: string, support: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(support)) requests.push(request.url());
  });
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.goto(site);
  await page.getByRole('button').waitFor();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  await context.close();
  const own = trace.traceEvents.filter(
    ({ name, ph, args }) => ph === 'X' && COUNTED.has(name) && args?.data?.url?.endsWith('/chat.js'),
  );
  return { ms: own.reduce((sum, { dur = 0 }) => sum + dur / 1000, 0), requests };
}

export function run(): Promise<Values> {
  return withRig(async (rig) => {
    const { origin, subscriber } = await rig.product();
    const script = `<script async src="${origin}/chat.js" data-owner="${subscriber}" data-lang="en"></script>`;
    const site = await rig.pages({ '/': `<!doctype html><title>Host</title><h1>Host</h1>${script}` });
    const browser = await rig.browser();
    const times: number[] = [];
    let requests: string[] = [];
    for (let sample = 0; sample < sized('BENCH_SAMPLES', 15); sample++) {
      const seen = await visit(browser, `${site}/`, origin);
      times.push(seen.ms);
      requests = seen.requests;
    }
    for (const url of requests) console.log(`  ${url.slice(origin.length)}`);
    const file = Buffer.from(await (await fetch(`${origin}/chat.js`)).arrayBuffer());
    return { gzip: gzipSync(file).length, main_thread_ms: median(times), requests: requests.length };
  });
}
