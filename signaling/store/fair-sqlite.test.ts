import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { scratchFolder } from '../testing/scratch';
import { openStore } from './open';

it('lets timers and sockets have their turn while many queries wait', async () => {
  const dataDir = scratchFolder();
  const db = await openStore({ dataDir });
  let done = 0;
  const all = Array.from({ length: 1000 }, () =>
    db.transaction().execute(async (store) => {
      await store.selectFrom('tenants').selectAll().execute();
      await store.deleteFrom('tenants').where('id', '=', 'nobody').execute();
      done++;
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(done).toBeLessThan(1000);
  await Promise.all(all);
  expect(done).toBe(1000);
  await db.destroy();
  rmSync(dataDir, { recursive: true, force: true });
});
