/** Online or not (RS-31, RS-124): who is there, who takes chats, and every node knows. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatPlace } from '../../shared/protocol/chat';
import { onlineNow } from '../chat/presence';
import { MINUTE, SECOND } from '../clock';
import { DEFAULT_CHAT_SETTINGS, saveChatSettings } from '../store/chat-settings';
import { markRevoked } from '../store/devices';
import { ask, chatHouse, must, opened, question, staffMember, type ChatHouse } from '../testing/chat';
import { startPostgres, type TestPostgres } from '../testing/postgres';
import { startTestServer, type TestServer } from '../testing/server';
import { awayFromDesk } from '../testing/until';

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

  it('tells who waits that everybody has left or the hours are over, and that somebody is back', async () => {
    const { socket } = await staffMember(house, 'otto');
    const chat = await ask(house);
    expect(chat.started.place).toMatchObject({ place: 1, online: true });
    const { chatId, token } = chat;
    const told = async (online: boolean) => {
      for (;;) {
        const { place } = await chat.socket.next('chat:place');
        if ((place as ChatPlace).online === online) return place;
      }
    };
    await must(socket, 'chat:available', { available: false });
    await house.server.clock.advance(SECOND);
    expect(await told(false)).toMatchObject({ epoch: 0, place: 1 });
    // After a reload, or a cut line, it is in the picture.
    const resumed = await must(await house.server.customer(), 'chat:resume', { chatId, token, after: -1 });
    expect(resumed.place).toMatchObject({ online: false });
    await must(socket, 'chat:available', { available: true });
    await house.server.clock.advance(SECOND);
    await told(true);

    const { db } = house.server;
    const { id } = await db.selectFrom('tenants').select('id').executeTakeFirstOrThrow();
    const closed = { zone: 'Asia/Tokyo', week: Array.from({ length: 7 }, () => []) };
    await saveChatSettings(db, id, { ...DEFAULT_CHAT_SETTINGS, hours: closed });
    await house.server.clock.advance(SECOND);
    await told(false);
    await saveChatSettings(db, id, DEFAULT_CHAT_SETTINGS);
    await house.server.clock.advance(SECOND);
    await told(true);
    await must(socket, 'chat:available', { available: false });
    await must(chat.socket, 'chat:end', { chatId });
  });

  it('who was handed on to one operator has somebody, though that one takes nothing new', async () => {
    const [olga, otto] = [await staffMember(house, 'olga'), await staffMember(house, 'otto')];
    const chat = await opened(house, olga);
    const { chatId, token } = chat;
    await must(olga.socket, 'chat:transfer', { chatId, to: 'otto' });
    const page = await house.server.customer();
    const place = async () => (await must(page, 'chat:resume', { chatId, token, after: -1 })).place;
    for (const { socket } of [olga, otto]) await must(socket, 'chat:available', { available: false });
    expect(await online(house)).toBe(false);
    expect(await place()).toMatchObject({ epoch: 1, online: true });
    await house.server.clock.advance(2 * MINUTE);
    expect(await place()).toMatchObject({ online: false }); // everybody's now
    await must(page, 'chat:end', { chatId });
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
