/** Online or not (RS-31, RS-124): who is there, who takes chats, and every node knows. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlineNow } from '../chat/presence';
import { SECOND } from '../clock';
import { markRevoked } from '../store/devices';
import { awayFromDesk, chatHouse, must, question, staffMember, type ChatHouse } from '../testing/chat';
import { startPostgres, type TestPostgres } from '../testing/postgres';
import { startTestServer, type TestServer } from '../testing/server';

const online = async ({ server }: { server: TestServer }): Promise<boolean> => {
  const { id } = await server.db.selectFrom('tenants').select('id').executeTakeFirstOrThrow();
  return onlineNow(server.server.core.chats, id);
};

describe('one node', () => {
  let house: ChatHouse;
  beforeAll(async () => {
    house = await chatHouse(await startTestServer());
  });
  afterAll(() => house.server.close());

  it('is online while an operator takes chats at an open desk, and half a minute longer', async () => {
    expect(await online(house)).toBe(false);
    const { socket } = await staffMember(house, 'olga', { available: false });
    expect(await online(house)).toBe(false);
    await must(socket, 'chat:available', { available: true });
    expect(await online(house)).toBe(true);
    await house.server.clock.advance(3600 * SECOND);
    expect(await online(house)).toBe(true);
    socket.disconnect();
    await awayFromDesk(house, 'olga');
    await house.server.clock.advance(29 * SECOND);
    expect(await online(house)).toBe(true);
    await house.server.clock.advance(SECOND);
    expect(await online(house)).toBe(false);
  });

  it('remembers over reloads whether an operator takes chats, and tells their other desks', async () => {
    const { socket, cookie } = await staffMember(house, 'otto');
    const second = await house.server.desk(cookie);
    expect(await must(second, 'chat:watch', {})).toMatchObject({ available: true });
    await must(second, 'chat:available', { available: false });
    expect(await socket.next('chat:available')).toEqual({ available: false });
    expect(await online(house)).toBe(false);
    const third = await house.server.desk(cookie);
    expect(await must(third, 'chat:watch', {})).toMatchObject({ available: false });
  });

  it('needs an approved device, an enabled account and a sign-in', async () => {
    const { cookie } = await staffMember(house, 'pia');
    expect(await online(house)).toBe(true);
    const { db } = house.server;
    const { id: account } = await db
      .selectFrom('accounts')
      .select('id')
      .where('login_key', '=', 'pia')
      .executeTakeFirstOrThrow();
    const { id } = await db
      .selectFrom('devices')
      .select('id')
      .where('account_id', '=', account)
      .executeTakeFirstOrThrow();
    await markRevoked(db, id);
    expect(await online(house)).toBe(false);
    await db.updateTable('devices').set({ state: 'approved' }).where('id', '=', id).execute();
    expect(await online(house)).toBe(true);
    await house.server.request('POST', '/api/logout', { body: { role: 'operator' }, cookie });
    expect(await online(house)).toBe(false);
  });

  it('takes no question while nobody is there', async () => {
    expect(await online(house)).toBe(false);
    const page = await house.server.customer();
    expect(await page.ask('chat:start', question(house).message)).toMatchObject({ ok: false, error: 'busy' });
  });
});

describe('two nodes', () => {
  let postgres: TestPostgres;
  let nodes: [ChatHouse, TestServer];
  beforeAll(async () => {
    postgres = startPostgres();
    const env = { DATABASE_URL: postgres.newDatabase() };
    const first = await startTestServer({ env });
    nodes = [await chatHouse(first), await startTestServer({ env })];
  });
  afterAll(async () => {
    await nodes[0].server.close();
    await nodes[1].close();
    postgres.stop();
    rmSync(nodes[1].dataDir, { recursive: true, force: true });
  });

  it('each notices within a second what happened at the other', async () => {
    const [house, other] = nodes;
    const heard: boolean[] = [];
    const release = await other.server.core.buttons.watch('', (state) => heard.push(state.online));
    const { socket } = await staffMember(house, 'olga');
    await other.clock.advance(SECOND);
    await must(socket, 'chat:available', { available: false });
    await other.clock.advance(SECOND);
    release();
    expect(heard).toEqual([false, true, false]);
  });
});
