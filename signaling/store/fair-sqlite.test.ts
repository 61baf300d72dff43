import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore, storeAnswers } from './open';

const QUERIES = 500;

it('lets timers fire while many queries wait', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tasuki-fair-'));
  const db = await openStore({ dataDir });
  let done = 0;
  let atTimer: number | undefined;
  setTimeout(() => (atTimer = done), 0);
  const ask = async () => {
    if (await storeAnswers(db)) done += 1;
  };
  await Promise.all(Array.from({ length: QUERIES }, ask));
  expect(done).toBe(QUERIES);
  expect(atTimer).toBeLessThan(QUERIES);
  await db.destroy();
  rmSync(dataDir, { recursive: true, force: true });
});
