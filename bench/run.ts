/**
 * `npm run bench -- NAME` runs one benchmark against the built product. Its last line is
 * `NAME key=value key=value …`; everything before that line is for people.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './rig';
import { resultLine, type Values } from './stats';

interface Benchmark {
  measures: string;
  load: () => Promise<{ run: () => Promise<Values> }>;
}

const BENCHMARKS: Record<string, Benchmark> = {
  bundle: {
    measures: 'bytes that the pages load, compressed',
    load: () => import('./bundle'),
  },
  'first-frame': {
    measures: "number entered → first frame at the operator's",
    load: () => import('./first-frame'),
  },
  photon: {
    measures: "key press → changed pixel at the operator's, beside bare WebRTC",
    load: () => import('./photon'),
  },
  control: {
    measures: "key and click in the operator's page → changed pixel there, beside bare WebRTC and noVNC",
    load: () => import('./control'),
  },
  desk: {
    measures: 'the chat desk with 1 000 conversations at once and 50 operators',
    load: () => import('./desk'),
  },
  helper: {
    measures: 'the native helper: size, start, memory, events a second, end of control',
    load: () => import('./helper'),
  },
  loader: {
    measures: 'the chat button on a host page before it is pressed',
    load: () => import('./loader'),
  },
  pairing: {
    measures: 'the server with 10 000 waiting sockets and 100 pairs a second',
    load: () => import('./pairing'),
  },
  stretch: {
    measures: "key stretching in the browser's worker",
    load: () => import('./stretch'),
  },
};

async function build(): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/build.mjs')], { stdio: ['ignore', 2, 2] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The product could not be built.');
}

async function main(name: string | undefined): Promise<void> {
  const benchmark = Object.entries(BENCHMARKS).find(([each]) => each === name)?.[1];
  if (name === undefined || !benchmark) {
    const list = Object.entries(BENCHMARKS).map(([each, { measures }]) => `  ${each.padEnd(12)} ${measures}`);
    console.error(['Usage: npm run bench -- NAME', ...list].join('\n'));
    process.exitCode = 1;
    return;
  }
  await build();
  // Other work on the machine ends up in the numbers, so the reader should know of it.
  const load = loadavg()[0] ?? 0;
  console.log(`${cpus().length} processors, load ${load.toFixed(1)} before the start`);
  const { run } = await benchmark.load();
  console.log(resultLine(name, await run()));
}

try {
  await main(process.argv[2]);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
