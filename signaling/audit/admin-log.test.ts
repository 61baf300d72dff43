import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AdminLogRow } from '../../shared/protocol/http';
import { startTestServer, type TestServer } from '../testing/server';
import { writeLog } from './admin-log';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('reads newest first, also within one millisecond', async () => {
  const { id: tenantId } = await server.db.selectFrom('tenants').select('id').executeTakeFirstOrThrow();
  const subjects = Array.from({ length: 50 }, (_, index) => `line ${index}`);
  for (const subject of subjects)
    await writeLog(server, { tenantId, actor: 'cli', action: 'setup', subject, address: null });
  const cookie = await server.login('administrator');
  const log = (await server.request('GET', '/api/admin/log', { cookie })).body as AdminLogRow[];
  expect(log.filter(({ actor }) => actor === 'cli').map(({ subject }) => subject)).toEqual(
    subjects.reverse(),
  );
});
