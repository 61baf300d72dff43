import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import { FakeDesk, FakeOffice, memory } from './desk-chat.fake';
import { makeHouse, OPERATOR } from './desk-chat-visitor.fake';
import type { DeskChats } from './desk-chats.svelte';

let sodium: Sodium;
let office: FakeOffice;
let desk: FakeDesk;
beforeEach(async () => {
  sodium = await loadSodium();
  office = new FakeOffice(sodium);
  desk = office.desk;
  vi.stubGlobal('sessionStorage', memory());
});

const names = (chats: DeskChats) =>
  chats.queue.rows.map(({ question }) =>
    question.state === 'open' ? question.content.name : question.state,
  );

describe('the queue', () => {
  it('shows questions to an approved device in order, what is handed to this operator first', async () => {
    const [first, second] = [desk.visit('First'), desk.visit('Second')];
    const chats = await office.open();
    expect(names(chats)).toEqual(['First', 'Second']);
    desk.tell('chat:waiting', { chat: desk.waiting(second, { forYou: { from: 'Bert' } }) });
    expect(names(chats)).toEqual(['Second', 'First']);
    desk.tell('chat:waiting-over', { chatId: first.chatId, why: 'left', by: null });
    expect(names(chats)).toEqual(['Second']);
    expect(office.news).toEqual([]);
  });

  it('marks what does not verify, and hides nobody behind it', async () => {
    const [good, bad, strange] = [desk.visit('Good'), desk.visit('Bad'), desk.visit('Strange')];
    const chats = await office.open();
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
    const { access } = office.house.device;
    office.house.device.access = null;
    desk.visit('Visitor');
    const chats = await office.open();
    await chats.watch();
    expect(names(chats)).toEqual(['sealed']);
    await chats.accept(chats.queue.rows[0]!);
    expect(desk.sent('chat:claim')).toEqual([]);
    office.house.device.access = access;
    await chats.unlock();
    expect(names(chats)).toEqual(['Visitor']);
  });

  it('calls for those who come, not for those who were there', async () => {
    desk.visit('Before');
    const chats = await office.open();
    expect(office.news).toEqual([]);
    const after = desk.visit('After');
    desk.tell('chat:waiting', { chat: desk.waiting(after) });
    desk.tell('chat:waiting', { chat: desk.waiting(after, { present: false }) });
    expect(office.news).toEqual([{ kind: 'waiting', forYou: false }]);
    // While the socket was away somebody came: the next picture shows it.
    desk.visit('Meanwhile');
    await chats.watch();
    expect(office.news).toEqual([
      { kind: 'waiting', forYou: false },
      { kind: 'waiting', forYou: false },
    ]);
  });
});

describe('after an interruption', () => {
  it('calls for what was written meanwhile, once', async () => {
    const { chats, chat, visitor } = await office.accept();
    chat.seen();
    desk.keep(visitor.chatId, visitor.seal({ t: 'text', text: 'Hello?' }));
    await chats.watch();
    await chats.watch();
    expect(chat.unread).toBe(1);
    expect(office.news).toEqual([{ kind: 'message', chatId: chat.id, who: 'Visitor' }]);
  });

  it('says which chat ended or went to a colleague meanwhile; one that ended before stays', async () => {
    const { chats, chat } = await office.accept();
    desk.visit('Second');
    await chats.watch();
    await chats.accept(chats.queue.rows[0]!);
    const ended = chats.current!;
    expect(ended).not.toBe(chat.id);
    desk.tell('chat:ended', { chatId: ended, by: 'operator' });
    desk.chats.clear();
    office.news = [];
    await chats.watch();
    expect(chats.chats.map(({ id }) => id)).toEqual([ended]);
    expect(office.news).toEqual([{ kind: 'missed', who: 'Visitor' }]);
  });
});

describe('accepting', () => {
  it('makes a claim that the visitor can trust, with the same pictures on both sides', async () => {
    const { chats, chat, visitor } = await office.accept();
    expect(visitor.epoch).toBe(1);
    expect(chat.claim?.operator).toBe(OPERATOR);
    expect(chat.words).toHaveLength(4);
    expect(chat.tampered).toBeNull();
    expect(names(chats)).toEqual([]);
    expect(chats.current).toBe(visitor.chatId);
  });

  it('takes the next epoch of one that comes back to the queue', async () => {
    const { chats, chat, visitor } = await office.accept();
    desk.tell('chat:left', { chatId: chat.id, why: 'transferred' });
    expect(chats.chats).toEqual([]);
    desk.tell('chat:waiting', { chat: desk.waiting(visitor) });
    await chats.accept(chats.queue.rows[0]!);
    expect(visitor.epoch).toBe(2);
    expect(chats.of(visitor.chatId)?.tampered).toBeNull();
  });

  it('tells who was quicker', async () => {
    const visitor = desk.visit('Visitor');
    const chats = await office.open();
    desk.answers['chat:claim'] = { ok: false, error: 'conflict' };
    const accepting = chats.accept(chats.queue.rows[0]!);
    desk.tell('chat:waiting-over', { chatId: visitor.chatId, why: 'claimed', by: 'Bert' });
    desk.chats.delete(visitor.chatId);
    await accepting;
    expect(office.news).toEqual([{ kind: 'quicker', by: 'Bert' }]);
    expect(names(chats)).toEqual([]);
    expect(chats.claiming).toBeNull();
    expect(chats.failure).toBeNull();
  });

  it('does not mistake its own claim for a quicker colleague', async () => {
    const visitor = desk.visit('Visitor');
    const chats = await office.open();
    const accepting = chats.accept(chats.queue.rows[0]!);
    desk.tell('chat:waiting-over', { chatId: visitor.chatId, why: 'claimed', by: OPERATOR });
    await accepting;
    expect(office.news).toEqual([]);
    expect(chats.current).toBe(visitor.chatId);
  });

  it('keeps one in the queue that could not be asked for, and says why', async () => {
    desk.visit('Visitor');
    const chats = await office.open();
    desk.answers['chat:claim'] = null;
    await chats.accept(chats.queue.rows[0]!);
    expect(chats.failure).toMatchObject({ error: 'failed' });
    expect(names(chats)).toEqual(['Visitor']);
  });
});
