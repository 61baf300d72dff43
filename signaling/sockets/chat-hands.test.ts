/** Conversations that go from hand to hand, idle out, or are blocked. */
import { describe, expect, it } from 'vitest';
import { DeskChat, WaitingChat } from '../../shared/protocol/chat-desk';
import { HOUR, MINUTE, SECOND } from '../clock';
import {
  ask,
  chatHouse,
  claimOf,
  must,
  opened,
  question,
  speaker,
  staffMember,
  useChatHouse,
  useStaff,
  type Staff,
} from '../testing/chat';
import { startTestServer } from '../testing/server';
import { awayFromDesk, until } from '../testing/until';

const house = useChatHouse();
const [olga, otto] = [useStaff(house, 'olga'), useStaff(house, 'otto')];

describe('transfer', () => {
  it('to a colleague: they see the history, the one before hears nothing more', async () => {
    const chat = await opened(house, olga);
    const { chatId } = chat;
    await must(olga.socket, 'chat:transfer', { chatId, to: 'otto' });
    expect(await olga.socket.next('chat:left')).toEqual({ chatId, why: 'transferred' });
    const directed = await waitingFor(otto, chatId, ({ forYou }) => forYou !== null);
    expect(directed).toMatchObject({ epoch: 1, forYou: { from: 'olga' } });
    // The customer waits again, in the colleague's own line.
    await house.server.clock.advance(SECOND);
    expect(await chat.socket.next('chat:place')).toMatchObject({ chatId, place: { place: 1 } });
    const back = claimOf(house, olga, chat.keys.visitorKey, 2).claim;
    expect(await olga.socket.ask('chat:claim', { chatId, claim: back })).toMatchObject({ error: 'conflict' });
    const { claim, key } = claimOf(house, otto, chat.keys.visitorKey, 2);
    const claimed = DeskChat.parse((await must(otto.socket, 'chat:claim', { chatId, claim })).chat);
    expect(claimed.claims.map(({ epoch, operator }) => [epoch, operator])).toEqual([
      [1, 'olga'],
      [2, 'otto'],
    ]);
    expect(claimed.staff.map(({ id, owner }) => [id, owner])).toEqual([['otto', true]]);
    expect(await chat.socket.next('chat:claimed')).toMatchObject({ claim: { epoch: 2 } });
    await must(
      chat.socket,
      'chat:send',
      speaker(house, chat, key, { from: 'customer', epoch: 2 })('Hello again'),
    );
    await otto.socket.next('chat:message');
    expect(olga.socket.heard.filter(({ event }) => event === 'chat:message')).toEqual([]);
    for (const event of ['chat:end', 'chat:leave']) {
      expect(await olga.socket.ask(event, { chatId })).toMatchObject({ error: 'session_gone' });
    }
    await must(otto.socket, 'chat:end', { chatId });
  });

  it('to the queue: everybody sees it', async () => {
    const chat = await opened(house, olga);
    const { chatId } = chat;
    await must(olga.socket, 'chat:transfer', { chatId, to: null });
    for (const staff of [olga, otto]) {
      expect(await waitingFor(staff, chatId, ({ epoch }) => epoch === 1)).toMatchObject({ forYou: null });
    }
    await must(chat.socket, 'chat:end', { chatId });
  });

  it('is everybody’s when the colleague does not take it', async () => {
    const chat = await opened(house, olga);
    await must(olga.socket, 'chat:transfer', { chatId: chat.chatId, to: 'otto' });
    await house.server.clock.advance(2 * MINUTE);
    expect(await waitingFor(olga, chat.chatId, ({ epoch }) => epoch === 1)).toMatchObject({ forYou: null });
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('is the owner’s alone, and goes to somebody who is there', async () => {
    const chat = await opened(house, olga);
    const { chatId } = chat;
    await must(olga.socket, 'chat:invite', { chatId, who: 'otto' });
    expect(await otto.socket.ask('chat:transfer', { chatId, to: null })).toMatchObject({
      error: 'not_allowed',
    });
    for (const to of ['nobody', 'olga', 'admin']) {
      expect(await olga.socket.ask('chat:transfer', { chatId, to })).toMatchObject({ error: 'busy' });
    }
    await must(olga.socket, 'chat:end', { chatId });
  });
});

describe('a conversation whose operator is gone', () => {
  it('is everybody’s again after two minutes, and not before', async () => {
    const gone = await staffMember(house, 'gone');
    const chat = await opened(house, gone);
    gone.socket.disconnect();
    await awayFromDesk(house, 'gone');
    await house.server.clock.advance(MINUTE);
    expect(await stateOf(chat.chatId)).toEqual(['open']);
    await house.server.clock.advance(MINUTE + SECOND);
    expect(await waitingFor(olga, chat.chatId, ({ epoch }) => epoch === 1)).toMatchObject({ forYou: null });
    const { claim } = claimOf(house, olga, chat.keys.visitorKey, 2);
    await must(olga.socket, 'chat:claim', { chatId: chat.chatId, claim });
    await must(olga.socket, 'chat:end', { chatId: chat.chatId });
  });
});

describe('colleagues', () => {
  it('are listed with what they have to do', async () => {
    const chat = await opened(house, olga);
    const { colleagues } = await must(otto.socket, 'chat:colleagues', {});
    expect(colleagues).toEqual([{ id: 'olga', name: 'olga', available: true, chats: 1 }]);
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('are invited, write too, and leave', async () => {
    const chat = await opened(house, olga);
    const { chatId } = chat;
    await must(olga.socket, 'chat:invite', { chatId, who: 'otto' });
    const joined = await joinedBy(otto, chatId);
    expect(joined.staff.map(({ id, owner }) => [id, owner])).toEqual([
      ['olga', true],
      ['otto', false],
    ]);
    await must(
      otto.socket,
      'chat:send',
      speaker(house, chat, chat.key, { from: 'operator' })('I know this one.'),
    );
    expect(await chat.socket.next('chat:message')).toMatchObject({ message: { from: 'operator' } });
    // The customer's window knows the owner's name alone, so it hears whether it is them.
    for (const [staff, owner] of [
      [olga, true],
      [otto, false],
    ] as const) {
      await must(staff.socket, 'chat:typing', { chatId, on: true });
      expect(await chat.socket.next('chat:typing')).toEqual({ chatId, on: true, owner });
    }
    expect(await olga.socket.ask('chat:leave', { chatId })).toMatchObject({ error: 'not_allowed' });
    await must(otto.socket, 'chat:leave', { chatId });
    expect(await otto.socket.ask('chat:typing', { chatId, on: true })).toMatchObject({
      error: 'session_gone',
    });
    await must(olga.socket, 'chat:end', { chatId });
  });
});

describe('a guest', () => {
  it('can neither end the conversation nor block its visitor: that is the owner’s', async () => {
    const chat = await opened(house, olga);
    const { chatId } = chat;
    await must(olga.socket, 'chat:invite', { chatId, who: 'otto' });
    await joinedBy(otto, chatId);
    const refused = { ok: false, error: 'not_allowed' };
    expect(await otto.socket.ask('chat:end', { chatId })).toEqual(refused);
    expect(await otto.socket.ask('chat:block', { chatId, hours: 1 })).toEqual(refused);
    expect(await stateOf(chatId)).toEqual(['open']);
    expect(await house.server.db.selectFrom('blocks').selectAll().execute()).toEqual([]);
    // Nor while it waits for the next owner; the customer is not told that nobody is there.
    await must(olga.socket, 'chat:transfer', { chatId, to: null });
    // What was told before this answer is here with it.
    await must(chat.socket, 'chat:seen', { chatId, delivered: 0, seen: 0 });
    expect(chat.socket.heard.filter(({ event }) => event === 'chat:peer').at(-1)?.message).toEqual({
      chatId,
      present: true,
    });
    expect(await otto.socket.ask('chat:end', { chatId })).toMatchObject({ ok: false });
    expect(await stateOf(chatId)).toEqual(['waiting']);
    const { claim } = claimOf(house, otto, chat.keys.visitorKey, 2);
    await must(otto.socket, 'chat:claim', { chatId, claim });
    await must(otto.socket, 'chat:end', { chatId });
    expect(await stateOf(chatId)).toEqual(['ended']);
  });
});

describe('an end', () => {
  it('comes by itself when the customer stays away', async () => {
    const [waiting, open] = [await ask(house), await opened(house, olga)];
    for (const { socket } of [waiting, open]) {
      socket.disconnect();
      await socket.gone;
    }
    await absent(waiting.chatId, open.chatId);
    await house.server.clock.advance(5 * MINUTE);
    expect(await stateOf(waiting.chatId, open.chatId)).toEqual(['ended', 'open']);
    await house.server.clock.advance(25 * MINUTE);
    expect(await stateOf(waiting.chatId, open.chatId)).toEqual(['ended', 'ended']);
    expect(await endedAt(olga, open.chatId)).toBe('idle');
  });

  it('does not come while the customer is there', async () => {
    const chat = await opened(house, olga);
    await house.server.clock.advance(HOUR);
    expect(await stateOf(chat.chatId)).toEqual(['open']);
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('with a block takes no new one from there for that time', async () => {
    const far = { headers: { 'x-forwarded-for': '192.0.2.77' } };
    const own = await chatHouse(
      await startTestServer({ env: { TASUKI_TRUSTED_PROXIES: '127.0.0.0/8,::1' } }),
    );
    try {
      const staff = await staffMember(own);
      const chat = await opened(own, staff, await own.server.customer(far));
      await must(staff.socket, 'chat:block', { chatId: chat.chatId, hours: 1 });
      expect(await chat.socket.next('chat:ended')).toMatchObject({ by: 'blocked' });
      const start = async (socket = own.server.customer(far)) =>
        (await socket).ask('chat:start', question(own).message);
      const now = own.server.clock.now();
      expect(await start()).toMatchObject({ error: 'limited', retryAt: now + HOUR });
      expect(await start(own.server.customer())).toMatchObject({ ok: true });
      await own.server.clock.advance(HOUR);
      await must(staff.socket, 'chat:available', { available: true });
      expect(await start()).toMatchObject({ ok: true });
    } finally {
      await own.server.close();
    }
  });
});

async function waitingFor(
  staff: Staff,
  chatId: string,
  is: (chat: WaitingChat) => boolean,
): Promise<WaitingChat> {
  for (;;) {
    const chat = WaitingChat.parse((await staff.socket.next('chat:waiting')).chat);
    if (chat.chatId === chatId && is(chat)) return chat;
  }
}

async function joinedBy(staff: Staff, chatId: string): Promise<DeskChat> {
  for (;;) {
    const chat = DeskChat.parse((await staff.socket.next('chat:joined')).chat);
    if (chat.chatId === chatId) return chat;
  }
}

async function endedAt(staff: Staff, chatId: string): Promise<unknown> {
  for (;;) {
    const ended = await staff.socket.next('chat:ended');
    if (ended.chatId === chatId) return ended.by;
  }
}

const rowsOf = (ids: string[]) =>
  house.server.db
    .selectFrom('chats')
    .select(['id', 'state', 'customer_away_at'])
    .where('id', 'in', ids)
    .execute();

async function stateOf(...ids: string[]): Promise<unknown[]> {
  const rows = await rowsOf(ids);
  return ids.map((id) => rows.find((row) => row.id === id)?.state);
}

const absent = (...ids: string[]): Promise<void> =>
  until(async () => (await rowsOf(ids)).every((row) => row.customer_away_at !== null));
