/** The small Go programs that only benchmarks use; built afresh for each run, which Go's cache makes quick. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT, type Rig } from './rig';

const run = promisify(execFile);

export interface GoTools {
  /** Plain peer connection, plain JSON, XTEST. */
  bare: string;
  /** Counts what arrives at an X server. */
  xwatch: string;
}

/** @returns the programs' files, which go with the rig. @throws if Go is not there */
export async function buildGoTools(rig: Rig): Promise<GoTools> {
  const folder = await mkdtemp(join(tmpdir(), 'tasuki-bench-'));
  rig.defer(() => rm(folder, { recursive: true, force: true }));
  await run('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', folder + '/', './internal/bench/...'], {
    cwd: join(ROOT, 'helper'),
    env: { ...process.env, CGO_ENABLED: '0' },
  });
  return { bare: join(folder, 'bare'), xwatch: join(folder, 'xwatch') };
}
