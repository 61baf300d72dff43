/** How long Argon2id takes in Chromium, in the very worker that the built client starts. */
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, sized, withRig } from './rig';
import { median, quantile, type Values } from './stats';

const ASSETS = join(ROOT, 'dist/client/assets');
const PAGE = '<!doctype html><title>stretch</title>';

/** The parts of comlink and of the worker's interface that the page needs. */
interface Comlink {
  wrap: (worker: Worker) => {
    stretch: (code: string, origin: string, hour: string) => Promise<{ rdv: string }>;
  };
}

export function run(): Promise<Values> {
  return withRig(async (rig) => {
    const files = (await readdir(ASSETS)).filter((name) => name.endsWith('.js'));
    const worker = files.find((name) => name.startsWith('stretch.worker'));
    if (!worker) throw new Error('The built client has no stretching worker.');
    const comlink = createRequire(import.meta.url)
      .resolve('comlink')
      .replace(/umd.*$/, 'esm/comlink.mjs');
    const origin = await rig.pages({
      '/': PAGE,
      '/comlink.js': pathToFileURL(comlink),
      // The worker fetches its other parts beside itself.
      ...Object.fromEntries(files.map((name) => [`/assets/${name}`, pathToFileURL(join(ASSETS, name))])),
    });
    const browser = await rig.browser();
    const page = await browser.newPage();
    await page.goto(origin);
    const times = await page.evaluate(
      async ({ workerPath, comlinkPath, rounds }) => {
        const { wrap } = (await import(comlinkPath)) as Comlink;
        const remote = wrap(new Worker(workerPath, { type: 'module' }));
        const took: number[] = [];
        for (let round = 0; round <= rounds; round++) {
          const code = String(10_000_000 + round * 7919);
          const began = performance.now();
          await remote.stretch(code, location.origin, '2026-11-21T09Z');
          took.push(performance.now() - began);
        }
        return took;
      },
      { workerPath: `/assets/${worker}`, comlinkPath: '/comlink.js', rounds: sized('BENCH_SAMPLES', 30) },
    );
    // The first one also starts the worker and compiles WebAssembly.
    const [first = Number.NaN, ...later] = times;
    return {
      median_ms: median(later),
      p95_ms: quantile(later, 0.95),
      first_ms: first,
      samples: later.length,
    };
  });
}
