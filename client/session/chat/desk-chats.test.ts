import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import type { ChatMessage, SealedChat } from '../../../shared/protocol/chat';
import { FakeDesk, makeHouse, OPERATOR, type House } from './desk-chat.fake';
import { DeskChats, type DeskChatNews } from './desk-chats.svelte';

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});

let house: House;
let desk: FakeDesk;
let news: DeskChatNews[];
beforeEach(() => {
  house = makeHouse(sodium);
  desk = new FakeDesk(sodium, house);
  news = [];
  vi.stubGlobal('sessionStorage', memory());
});

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

async function open(): Promise<DeskChats> {
  const told = (each: DeskChatNews) => void news.push(each);
  const chats = new DeskChats({ socket: desk.socket, device: house.device, me: { name: OPERATOR }, told });
  await chats.unlock();
  return chats;
}

const names = (chats: DeskChats) =>
  chats.queue.rows.map(({ question }) => (question.state === 'open' ? question.content.name : question.state));
const textsOf = (chats: DeskChats, id: string) =>
  chats.of(id)?.entries.map(({ content }) => content && 'text' in content && content.text);

async function accepted(name = 'Visitor') {
  const visitor = desk.visit(name);
  const chats = await open();
  await chats.accept(chats.queue.rows[0]!);
  const chat = chats.of(visitor.chatId)!;
  return { visitor, chats, chat };
}

describe('the queue', () => {
  it('shows questions to an approved device in order, what is handed to this operator first', async () => {
    const [first, second] = [desk.visit('First'), desk.visit('Second')];
    const chats = await open();
    expect(names(chats)).toEqual(['First', 'Second']);
    desk.tell('chat:waiting', { chat: desk.waiting(second, { forYou: { from: 'Bert' } }) });
    expect(names(chats)).toEqual(['Second', 'First']);
    desk.tell('chat:waiting-over', { chatId: first.chatId, why: 'left', by: null });
    expect(names(chats)).toEqual(['Second']);
    expect(news).toEqual([]);
  });

  it('marks what does not verify, and hides nobody behind it', async () => {
    const [good, bad, strange] = [desk.visit('Good'), desk.visit('Bad'), desk.visit('Strange')];
    const chats = await open();
    const question = desk.waiting(bad).question;
    const frame = `${question.frame.slice(0, -4)}AAAA`;
    desk.tell('chat:waiting', { chat: desk.waiting(bad, { question: { ...question, frame } }) });
    // A key box for another vault, as a lying server would swap it.
    const { keyBox } = new FakeDesk(sodium, makeHouse(sodium)).visit('x');
    desk.tell('chat:waiting', { chat: desk.waiting(strange, { keyBox }) });
    expect(names(chats)).toEqual(['Good', 'unreadable', 'unreadable']);
    await chats.accept(chats.queue.rows[0]!);
    expect(chats.current).toBe(good.chatId);
  });

  it('is sealed to a browser that is not approved, until it is', async () => {
    const { access } = house.device;
    house.device.access = null;
    desk.visit('Visitor');
    const chats = await open();
    await chats.watch();
    expect(names(chats)).toEqual(['sealed']);
    await chats.accept(chats.queue.rows[0]!);
    expect(desk.sent('chat:claim')).toEqual([]);
    house.device.access = access;
    await chats.unlock();
    expect(names(chats)).toEqual(['Visitor']);
  });

  it('calls for those who come, not for those who were there', async () => {
    desk.visit('Before');
    const chats = await open();
    expect(news).toEqual([]);
    const after = desk.visit('After');
    desk.tell('chat:waiting', { chat: desk.waiting(after) });
    desk.tell('chat:waiting', { chat: desk.waiting(after, { present: false }) });
    expect(news).toEqual([{ kind: 'waiting', forYou: false }]);
    // While the socket was away somebody came: the next picture shows it.
    desk.visit('Meanwhile');
    await chats.watch();
    expect(news).toEqual([
      { kind: 'waiting', forYou: false },
      { kind: 'waiting', forYou: false },
    ]);
  });
});

describe('accepting', () => {
  it('makes a claim that the visitor can trust, with the same pictures on both sides', async () => {
    const { chats, chat, visitor } = await accepted();
    expect(visitor.epoch).toBe(1);
    expect(chat.claim?.operator).toBe(OPERATOR);
    expect(chat.words).toHaveLength(4);
    expect(chat.tampered).toBeNull();
    expect(names(chats)).toEqual([]);
    expect(chats.current).toBe(visitor.chatId);
  });

  it('takes the next epoch of one that comes back to the queue', async () => {
    const { chats, chat, visitor } = await accepted();
    desk.tell('chat:left', { chatId: chat.id, why: 'transferred' });
    expect(chats.chats).toEqual([]);
    desk.tell('chat:waiting', { chat: desk.waiting(visitor) });
    await chats.accept(chats.queue.rows[0]!);
    expect(visitor.epoch).toBe(2);
    expect(chats.of(visitor.chatId)?.tampered).toBeNull();
  });

  it('tells who was quicker', async () => {
    const visitor = desk.visit('Visitor');
    const chats = await open();
    desk.answers['chat:claim'] = { ok: false, error: 'conflict' };
    const accepting = chats.accept(chats.queue.rows[0]!);
    desk.tell('chat:waiting-over', { chatId: visitor.chatId, why: 'claimed', by: 'Bert' });
    desk.chats.delete(visitor.chatId);
    await accepting;
    expect(news).toEqual([{ kind: 'quicker', by: 'Bert' }]);
    expect(names(chats)).toEqual([]);
    expect(chats.claiming).toBeNull();
    expect(chats.failure).toBeNull();
  });

  it('does not mistake its own claim for a quicker colleague', async () => {
    const visitor = desk.visit('Visitor');
    const chats = await open();
    const accepting = chats.accept(chats.queue.rows[0]!);
    desk.tell('chat:waiting-over', { chatId: visitor.chatId, why: 'claimed', by: OPERATOR });
    await accepting;
    expect(news).toEqual([]);
    expect(chats.current).toBe(visitor.chatId);
  });

  it('keeps one in the queue that could not be asked for, and says why', async () => {
    desk.visit('Visitor');
    const chats = await open();
    desk.answers['chat:claim'] = null;
    await chats.accept(chats.queue.rows[0]!);
    expect(chats.failure).toMatchObject({ error: 'failed' });
    expect(names(chats)).toEqual(['Visitor']);
  });
});

describe('a conversation', () => {
  it('goes both ways; what was not seen counts', async () => {
    const { chat, chats, visitor } = await accepted();
    chat.seen();
    desk.say(visitor, 'Hello');
    expect(chat.unread).toBe(1);
    expect(chats.attention).toBe(1);
    expect(news).toEqual([{ kind: 'message', chatId: chat.id, who: 'Visitor' }]);
    chat.seen();
    expect(chat.unread).toBe(0);
    expect(chat.write('  How can I help?\u202E ')).toBe(true);
    await vi.waitFor(() => expect(desk.sent('chat:send')).toHaveLength(1));
    const { message } = desk.sent('chat:send')[0] as unknown as { message: SealedChat };
    expect(visitor.read(message)).toEqual({ t: 'text', text: 'How can I help?', by: OPERATOR });
    await vi.waitFor(() => expect(chat.entries.at(-1)?.state).toBe('sent'));
    desk.tell('chat:seen', { chatId: chat.id, delivered: 2, seen: 1 });
    expect(chat.entries.at(-1)?.state).toBe('delivered');
    await vi.waitFor(() => expect(desk.sent('chat:seen').at(-1)).toMatchObject({ delivered: 1, seen: 1 }));
  });

  it('has notes that the visitor cannot read', async () => {
    const { chat, visitor } = await accepted();
    chat.noting = true;
    chat.draft = 'Angry today';
    chat.pressed();
    chat.write(chat.draft);
    await vi.waitFor(() => expect(desk.sent('chat:send')).toHaveLength(1));
    const { message } = desk.sent('chat:send')[0] as unknown as { message: ChatMessage };
    expect(message.from).toBe('note');
    expect(() => visitor.read(message)).toThrow();
    expect(desk.sent('chat:typing')).toEqual([]);
    expect(chat.entries.at(-1)).toMatchObject({ from: 'note', content: { text: 'Angry today' } });
  });

  it('shows the typing sign of either side, and takes it back', async () => {
    const { chat, visitor } = await accepted();
    chat.draft = 'H';
    chat.pressed();
    chat.pressed();
    chat.write('Hi');
    await vi.waitFor(() =>
      expect(desk.sent('chat:typing')).toMatchObject([{ on: true }, { on: false }]),
    );
    desk.tell('chat:typing', { chatId: chat.id, on: true });
    expect(chat.typing).toBe(true);
    desk.say(visitor, 'Hello');
    expect(chat.typing).toBe(false);
  });

  it('survives a reload with draft and what was read', async () => {
    const { chat, chats, visitor } = await accepted();
    desk.say(visitor, 'Hello');
    chat.seen();
    chat.draft = 'Half a sent';
    chats.dispose();
    const again = await open();
    expect(again.of(visitor.chatId)).toMatchObject({ draft: 'Half a sent', unread: 0 });
    expect(textsOf(again, visitor.chatId)).toEqual(['Visitor asks', 'Hello']);
  });

  it('fetches everything again when something is missing', async () => {
    const { chat, visitor } = await accepted();
    desk.keep(chat.id, visitor.seal({ t: 'text', text: 'lost on the way' }));
    desk.say(visitor, 'Hello?');
    await vi.waitFor(() => expect(chat.entries).toHaveLength(3));
    expect(chat.entries[1]?.content).toMatchObject({ text: 'lost on the way' });
    expect(chat.tampered).toBeNull();
  });

  it('is read no further, and sends nothing more, once the server is caught', async () => {
    const { chat, visitor } = await accepted();
    const message = desk.keep(chat.id, visitor.seal({ t: 'text', text: 'true' }));
    desk.tell('chat:message', { chatId: chat.id, message: { ...message, frame: 'A'.repeat(80) } });
    expect(chat.tampered).toBe('forged');
    chat.write('secret');
    await Promise.resolve();
    expect(desk.sent('chat:send')).toEqual([]);
  });

  it('stays to be read when it has ended, until it is dismissed', async () => {
    const { chat, chats } = await accepted();
    desk.tell('chat:ended', { chatId: chat.id, by: 'customer' });
    expect(chat.ended).toBe(true);
    expect(chat.write('too late')).toBe(false);
    expect(news).toEqual([{ kind: 'ended', chatId: chat.id, who: 'Visitor' }]);
    desk.chats.delete(chat.id);
    await chats.watch();
    expect(chats.chats).toHaveLength(1);
    chats.drop(chat.id);
    expect(chats.current).toBeNull();
  });

  it('is gone from the desk when the next picture does not have it', async () => {
    const { chat, chats } = await accepted();
    desk.chats.delete(chat.id);
    await chats.watch();
    expect(chats.chats).toEqual([]);
  });

  it('closes when the device is not approved any more', async () => {
    const { chats } = await accepted();
    house.device.access = null;
    await chats.unlock();
    expect(chats.chats).toEqual([]);
  });

  it('asks for what the operator presses', async () => {
    const { chat, chats } = await accepted();
    const chatId = chat.id;
    await chat.transfer('bert');
    await chat.transfer(null);
    await chat.invite('bert');
    await chat.block(24);
    await chat.leave();
    await chat.end();
    await chats.setAvailable(false);
    const asked = desk.asked.slice(-7).map(({ event, message }) => [event, message]);
    expect(asked).toEqual([
      ['chat:transfer', { chatId, to: 'bert' }],
      ['chat:transfer', { chatId, to: null }],
      ['chat:invite', { chatId, who: 'bert' }],
      ['chat:block', { chatId, hours: 24 }],
      ['chat:leave', { chatId }],
      ['chat:end', { chatId }],
      ['chat:available', { available: false }],
    ]);
    expect(chats.available).toBe(false);
  });
});
