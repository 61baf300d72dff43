/** The helper that was downloaded in advance: how soon its window is there, and what it needs while it waits. */
import { readFile } from 'node:fs/promises';
import { startHelper, type Helper } from '../e2e/support/helper';
import { until } from '../e2e/support/product';
import type { Rig } from './rig';
import { median, quantile, type Values } from './stats';
import { watchX } from './xwatch';

/** How long it stays idle before its memory is read. */
const IDLE_MS = 10_000;

/** Resident memory of a process in MB. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/** Resident memory of a process after it had nothing to do for a while. */
export async function idleMb(pid: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  return residentMb(pid);
}

async function end(helper: Helper): Promise<void> {
  helper.kill('SIGTERM');
  await helper.ended();
}

/** Without a link it asks for the number, and for the service's address. */
export async function measureStart(rig: Rig, options: { xwatch: string; samples: number }): Promise<Values> {
  const display = await rig.screen('1280x720x24');
  const watch = await watchX(rig, options.xwatch, display, false);
  const took: number[] = [];
  let idle = Number.NaN;
  for (let round = 0; round <= options.samples; round++) {
    const before = (await watch.read()).windows.length;
    const started = performance.timeOrigin + performance.now();
    const helper = await startHelper([], { env: { DISPLAY: display } });
    let shown: number | undefined;
    await until(async () => {
      shown = (await watch.read()).windows[before];
      return shown !== undefined;
    }, "the helper's window");
    // The first start of a new file also reads it from the disk.
    if (round > 0 && shown !== undefined) took.push(shown - started);
    if (round === options.samples) idle = await idleMb(helper.pid);
    await end(helper);
  }
  return { ready_ms: median(took), ready_max_ms: quantile(took, 1), idle_number_mb: idle };
}
