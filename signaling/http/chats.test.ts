/** Conversations afterwards: who may read what. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKey } from '../../shared/crypto/chat';
import { vaultKeys } from '../../shared/crypto/vault';
import { BlockRow } from '../../shared/protocol/blocks';
import { ChatRow, ChatTranscript } from '../../shared/protocol/chat-desk';
import type { AdminLogRow } from '../../shared/protocol/http';
import { EarlierChat } from '../../shared/protocol/chat-earlier';
import { DAY, SECOND } from '../clock';
import { purge } from '../audit/purge';
import {
  ask,
  chatHouse,
  claimOf,
  must,
  opened,
  question,
  speaker,
  staffMember,
  textOf,
  type ChatHouse,
  type Staff,
} from '../testing/chat';
import { ADMIN, approvedDevice } from '../testing/device';
import { startTestServer } from '../testing/server';
import { bytes } from '../testing/session';

let house: ChatHouse;
let [olga, otto]: [Staff, Staff] = [] as never;
let admin: string;
beforeAll(async () => {
  house = await chatHouse(await startTestServer());
  olga = await staffMember(house, 'olga');
  otto = await staffMember(house, 'otto');
  admin = await house.server.login('administrator');
  await approvedDevice(house.server, ADMIN);
});
afterAll(() => house.server.close());

const rows = async (): Promise<ChatRow[]> => {
  const { body } = await house.server.request('GET', '/api/admin/chats', { cookie: admin });
  return ChatRow.array().parse(body);
};

it('lists waiting time, claims, transfers, end and rating, and never what was said', async () => {
  const asked = await ask(house);
  const { chatId } = asked;
  const begun = house.server.clock.now();
  await house.server.clock.advance(20 * SECOND);
  const first = claimOf(house, olga, asked.keys.visitorKey);
  await must(olga.socket, 'chat:claim', { chatId, claim: first.claim });
  await must(olga.socket, 'chat:transfer', { chatId, to: 'otto' });
  await house.server.clock.advance(5 * SECOND);
  const second = claimOf(house, otto, asked.keys.visitorKey, 2);
  await must(otto.socket, 'chat:claim', { chatId, claim: second.claim });
  await must(asked.socket, 'chat:end', { chatId });
  await must(asked.socket, 'chat:rate', { chatId, stars: 5, comment: bytes(90) });
  const [row] = await rows();
  const now = house.server.clock.now();
  expect(row).toMatchObject({
    id: chatId,
    startedAt: begun,
    waitedMs: 20 * SECOND,
    claims: [
      { operatorId: 'olga', waitedMs: 20 * SECOND },
      { operatorId: 'otto', waitedMs: 5 * SECOND },
    ],
    transfers: [{ fromId: 'olga', toId: 'otto', toName: 'otto' }],
    guests: [],
    messages: 1,
    sessions: [],
    endedAt: now,
    endedBy: 'customer',
    endedByStaff: null,
    stars: 5,
  });
  expect(JSON.stringify(row)).not.toContain(asked.message.question.frame.slice(0, 20));
});

it('tells who of the staff was invited and left, who ended it, and of each remote session its mode and time', async () => {
  const chat = await opened(house, olga);
  const { chatId } = chat;
  const begun = house.server.clock.now();
  await must(olga.socket, 'chat:invite', { chatId, who: 'otto' });
  await house.server.clock.advance(10 * SECOND);
  await must(otto.socket, 'chat:leave', { chatId });
  const { sessionId } = await must(olga.socket, 'chat:request', { chatId, mode: 'view', windowsOnly: false });
  await must(olga.socket, 'chat:end', { chatId });
  const at = begun + 10 * SECOND;
  expect((await rows()).find((row) => row.id === chatId)).toMatchObject({
    claims: [{ operatorId: 'olga' }],
    guests: [{ id: 'otto', name: 'otto', joinedAt: begun, leftAt: at }],
    sessions: [{ id: sessionId, mode: 'view', issuedAt: at, startedAt: null, endedAt: at }],
    endedBy: 'operator',
    endedByStaff: { id: 'olga', name: 'olga' },
  });
});

it('keeps who blocked whom, and an administrator lifts it again; both are logged', async () => {
  const chat = await opened(house, otto);
  const { chatId } = chat;
  const since = house.server.clock.now();
  await must(otto.socket, 'chat:block', { chatId, hours: 24 });
  expect((await rows()).find((row) => row.id === chatId)).toMatchObject({
    endedBy: 'blocked',
    endedByStaff: { id: 'otto', name: 'otto' },
  });
  const blocks = async () => {
    const { body } = await house.server.request('GET', '/api/admin/blocks', { cookie: admin });
    return BlockRow.array().parse(body);
  };
  const [block] = await blocks();
  const id = block?.id ?? '';
  const about = { byId: 'otto', byName: 'otto', chatId, chatStartedAt: since, address: '127.0.0.1' };
  expect(await blocks()).toEqual([{ id, since, until: since + DAY, ...about }]);
  const page = await house.server.customer();
  const begin = () => page.ask('chat:start', question(house).message);
  expect(await begin()).toMatchObject({ error: 'limited', retryAt: since + DAY });

  const lift = () => house.server.request('DELETE', `/api/admin/blocks/${id}`, { cookie: admin });
  expect((await lift()).status).toBe(200);
  expect((await lift()).status).toBe(404);
  expect(await blocks()).toEqual([]);
  await must(page, 'chat:end', { chatId: (await begin()).chatId });
  const { body } = await house.server.request('GET', '/api/admin/log', { cookie: admin });
  const lines = (body as AdminLogRow[]).filter(({ action }) => action.includes('blocked'));
  const admins = (await house.server.db.selectFrom('accounts').selectAll().execute()).find(
    ({ role }) => role === 'administrator',
  );
  expect(lines).toMatchObject([
    { action: 'chat.unblocked', actor: `administrator:${admins?.login_id}`, subject: chatId },
    { action: 'chat.blocked', actor: 'operator:otto', subject: `${chatId} (24 h)` },
  ]);
});

it('gives the sealed conversation to those who were in it and to administrators, who can open it', async () => {
  const chat = await opened(house, olga);
  await must(chat.socket, 'chat:send', speaker(house, chat, chat.key, { from: 'customer' })('It is jammed.'));
  await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  const path = `/api/chats/${chat.chatId}/transcript`;
  const { body } = await house.server.request('GET', path, { cookie: olga.cookie });
  const transcript = ChatTranscript.parse(body);
  const access = { box: vaultKeys(house.sodium, house.root).box };
  const keys = [transcript.keyBox, transcript.claims[0]!.keyBox].map((box) =>
    openKey(house.sodium, access, box),
  );
  const texts = transcript.messages.map((message) => textOf(house, chat, keys[message.epoch]!, message));
  expect(texts).toEqual(['It does not print.', 'It is jammed.']);
  const others = await house.server.request('GET', path, { cookie: otto.cookie });
  expect(others).toMatchObject({ status: 404, body: { error: 'not_found' } });
  const whole = await house.server.request('GET', path.replace('/api/', '/api/admin/'), { cookie: admin });
  expect(whole.body).toEqual(body);
  expect((await house.server.request('GET', path)).status).toBe(401);
});

describe('the earlier chats of an operator', () => {
  const earlier = async ({ cookie }: Staff, query = ''): Promise<EarlierChat[]> => {
    const { body } = await house.server.request('GET', `/api/chats${query}`, { cookie });
    return EarlierChat.array().parse(body);
  };
  const ids = async (...from: Parameters<typeof earlier>) => (await earlier(...from)).map(({ id }) => id);
  const answered = async (staff: Staff) => {
    await house.server.clock.advance(SECOND);
    const chat = await opened(house, staff);
    await house.server.clock.advance(SECOND);
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
    return chat;
  };

  it('are their own alone, the newest first, page by page; who has the vault’s key reads the question', async () => {
    const mine = await staffMember(house, 'mina');
    const first = await answered(mine);
    await must(first.socket, 'chat:rate', { chatId: first.chatId, stars: 2, comment: null });
    await answered(otto);
    const [second, third] = [await answered(mine), await answered(mine)];
    expect(await ids(mine)).toEqual([third.chatId, second.chatId, first.chatId]);
    const [newest, next] = await earlier(mine, '?limit=2');
    expect([newest?.id, next?.id]).toEqual([third.chatId, second.chatId]);
    const [oldest, none] = await earlier(mine, `?limit=2&before=${next!.startedAt}`);
    expect(none).toBeUndefined();
    expect(oldest).toMatchObject({ id: first.chatId, endedBy: 'customer', stars: 2 });
    expect(oldest!.endedAt! - oldest!.startedAt).toBe(SECOND);
    const access = { box: vaultKeys(house.sodium, house.root).box };
    const key = openKey(house.sodium, access, oldest!.keyBox)!;
    expect(textOf(house, first, key, oldest!.question)).toBe('It does not print.');
  });

  it('hold what was handed on, but not what is at their desk', async () => {
    const [mine, next] = [await staffMember(house, 'miko'), await staffMember(house, 'neko')];
    const chat = await opened(house, mine);
    const { chatId } = chat;
    expect(await ids(mine)).toEqual([]);
    await must(mine.socket, 'chat:transfer', { chatId, to: 'neko' });
    const { claim } = claimOf(house, next, chat.keys.visitorKey, 2);
    await must(next.socket, 'chat:claim', { chatId, claim });
    expect(await earlier(mine)).toMatchObject([{ id: chatId, endedAt: null, endedBy: null }]);
    expect(await ids(next)).toEqual([]);
    await must(next.socket, 'chat:end', { chatId });
    expect([await ids(mine), await ids(next)]).toEqual([[chatId], [chatId]]);
  });
});

it('forgets the customer’s token after a day and everything with the retention time; what goes on stays', async () => {
  const [gone, open] = [await opened(house, olga), await opened(house, olga)];
  await must(gone.socket, 'chat:end', { chatId: gone.chatId });
  const resume = () => gone.socket.ask('chat:resume', { chatId: gone.chatId, token: gone.token, after: -1 });
  expect(await resume()).toMatchObject({ ok: true, state: 'ended', endedBy: 'customer' });
  await house.server.clock.advance(DAY + SECOND);
  expect(await resume()).toMatchObject({ error: 'session_gone' });
  const kept = () => house.server.db.selectFrom('chats').select('id').execute();
  await house.server.clock.advance(170 * DAY);
  expect(await kept()).toContainEqual({ id: gone.chatId });
  await house.server.clock.advance(10 * DAY);
  await purge(house.server, 180 * DAY);
  expect(await kept()).toEqual([{ id: open.chatId }]);
  const left = await house.server.db.selectFrom('chat_messages').select('chat_id').distinct().execute();
  expect(left).toEqual([{ chat_id: open.chatId }]);
});
