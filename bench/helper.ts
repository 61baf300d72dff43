/**
 * The native helper: how large, how soon ready, how much memory, how many events a second through the real link, and
 * how long after the customer has taken control back something still arrives at the X server.
 *
 * Clock: epoch milliseconds of this machine, in the customer's page and in a program beside the X server.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../e2e/support/product';
import { openControlSession, type ControlSession } from './control-session';
import { floodKeys, floodMoves, keepInputChannel } from './flood';
import { buildGoTools } from './go-tools';
import { idleMb, measureStart, residentMb } from './helper-start';
import { ROOT, sized, withRig, type Rig } from './rig';
import { SHARER_ARGS } from './session';
import { median, quantile, type Values } from './stats';
import { watchX, type XWatch } from './xwatch';

const SIZE = '1280x720';
const FLOOD_MS = 5000;

const BUDGETS: Record<string, number> = { bytes: 12 * 1024 * 1024, ready_ms: 500, idle: 40 };

interface Build {
  file: string;
  bytes: number;
}

/** `bytes_windows_amd64` and so on, of the programs as people download them. */
async function sizes(): Promise<Values> {
  const builds = JSON.parse(await readFile(join(ROOT, 'dist/helper/builds.json'), 'utf8')) as Build[];
  return Object.fromEntries(
    builds.map(({ file, bytes }) => {
      const [, system = file] = /^tasuki-helper-([a-z0-9-]+)/.exec(file) ?? [];
      return [`bytes_${system.replaceAll('-', '_')}`, bytes];
    }),
  );
}

declare global {
  /** When the customer's page was clicked last, in epoch milliseconds. */
  var clicked: number;
}

async function clickPicture({ operator }: ControlSession): Promise<void> {
  await operator.controls();
  await operator.clickPicture(0.3, 0.3);
}

async function eventsPerSecond(session: ControlSession, watch: XWatch): Promise<number> {
  await clickPicture(session);
  const before = await watch.quiet();
  const { sent, began } = await session.viewer.evaluate(floodKeys, FLOOD_MS);
  const after = await watch.quiet();
  const arrived = after.events - before.events;
  const seconds = (after.last - began) / 1000;
  console.log(`${sent} key events sent, ${arrived} arrived within ${seconds.toFixed(2)} s`);
  return arrived / seconds;
}

/** Milliseconds from the click on the switch to the last event at the X server; 0 if that came before the click. */
async function revoke(session: ControlSession, watch: XWatch): Promise<{ ms: number; perSecond: number }> {
  const { customer, viewer } = session;
  await clickPicture(session);
  const before = await watch.quiet();
  const began = performance.timeOrigin + performance.now();
  await viewer.evaluate(floodMoves);
  await until(async () => (await watch.read()).events > before.events + 300, 'moves to arrive');
  await customer.page.evaluate(() => {
    addEventListener('click', () => (globalThis.clicked = performance.timeOrigin + performance.now()), true);
  });
  await customer.grant('input').click();
  const after = await watch.quiet();
  const at = await customer.page.evaluate(() => globalThis.clicked);
  await viewer.evaluate(() => globalThis.stopFlood());
  await customer.switchOn('input');
  return {
    ms: Math.max(0, after.last - at),
    perSecond: (1000 * (after.events - before.events)) / (after.last - began),
  };
}

async function measureSession(rig: Rig, xwatch: string, samples: number): Promise<Values> {
  const product = await rig.product();
  const display = await rig.screen(`${SIZE}x24`);
  const watch = await watchX(rig, xwatch, display, true);
  const sharing = await rig.browser({ display, args: [...SHARER_ARGS, `--screen-info={${SIZE}}`] });
  const viewing = await rig.browser({ display });
  const session = await openControlSession(sharing, viewing, product, display, keepInputChannel);
  rig.defer(() => session.close());
  const idle = await idleMb(session.helper.pid);
  const rate = await eventsPerSecond(session, watch);
  const busy = await residentMb(session.helper.pid);
  const revoked: { ms: number; perSecond: number }[] = [];
  for (let round = 0; round < samples; round++) revoked.push(await revoke(session, watch));
  const times = revoked.map(({ ms }) => ms);
  console.log(`revoked under ${median(revoked.map(({ perSecond }) => perSecond)).toFixed(0)} moves a second`);
  return {
    idle_mb: idle,
    busy_mb: busy,
    max_events_per_s: Math.round(rate),
    revoke_ms: median(times),
    revoke_max_ms: quantile(times, 1),
  };
}

function printBudgets(values: Values): void {
  const rows = Object.entries(values).flatMap(([key, value]) => {
    const budget = Object.entries(BUDGETS).find(([each]) => key === each || key.startsWith(`${each}_`))?.[1];
    return budget === undefined ? [] : [[key, { value, budget, within: value <= budget }] as const];
  });
  console.table(Object.fromEntries(rows));
}

export function run(): Promise<Values> {
  return withRig(async (rig) => {
    const { xwatch } = await buildGoTools(rig);
    const samples = sized('BENCH_SAMPLES', 10);
    const values = await sizes();
    Object.assign(values, await withRig((inner) => measureStart(inner, { xwatch, samples })));
    Object.assign(values, await withRig((inner) => measureSession(inner, xwatch, samples)));
    printBudgets(values);
    return values;
  });
}
