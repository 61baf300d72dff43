import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sealOffline } from '../../../shared/crypto/offline';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import type { ChatMessage, SealedChat } from '../../../shared/protocol/chat';
import { FakeOffice, memory, type FakeDesk } from './desk-chat.fake';
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

const textsOf = (chats: DeskChats, id: string) =>
  chats.of(id)?.entries.map(({ content }) => content && 'text' in content && content.text);

describe('a conversation', () => {
  it('goes both ways; what was not seen counts', async () => {
    const { chat, chats, visitor } = await office.accept();
    chat.seen();
    desk.say(visitor, 'Hello');
    expect(chat.unread).toBe(1);
    expect(chats.attention).toBe(1);
    expect(office.news).toEqual([{ kind: 'message', chatId: chat.id, who: 'Visitor' }]);
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
    const { chat, visitor } = await office.accept();
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

  it('shows the rating after the end; a comment that does not open hides no star', async () => {
    const { chat, chats } = await office.accept();
    const rated = (comment: string | null) => desk.tell('chat:rated', { chatId: chat.id, stars: 4, comment });
    desk.tell('chat:ended', { chatId: chat.id, by: 'customer' });
    expect(chat.rating).toBeNull();
    rated(sealOffline(sodium, 'Quick\nand kind' as never, office.house.vaultKey));
    expect(chat.rating).toEqual({ stars: 4, comment: { state: 'open', text: 'Quick\nand kind' } });
    expect(office.news.at(-1)).toEqual({ kind: 'rated', chatId: chat.id, who: 'Visitor', stars: 4 });
    rated(null);
    expect(chat.rating?.comment).toEqual({ state: 'none' });
    const hostile = sealOffline(sodium, { html: '<b>' }, office.house.vaultKey);
    for (const comment of [hostile, sealOffline(sodium, {}, makeHouse(sodium).vaultKey), 'AAAA']) {
      rated(comment);
      expect(chat.rating).toEqual({ stars: 4, comment: { state: 'unreadable' } });
    }
    chats.drop(chat.id);
    expect(() => rated(null)).not.toThrow();
  });

  it('shows the typing sign of either side, and takes it back', async () => {
    const { chat, visitor } = await office.accept();
    chat.draft = 'H';
    chat.pressed();
    chat.pressed();
    chat.write('Hi');
    await vi.waitFor(() => expect(desk.sent('chat:typing')).toMatchObject([{ on: true }, { on: false }]));
    desk.tell('chat:typing', { chatId: chat.id, on: true });
    expect(chat.typing).toBe(true);
    desk.say(visitor, 'Hello');
    expect(chat.typing).toBe(false);
  });

  it('survives a reload with draft and what was read', async () => {
    const { chat, chats, visitor } = await office.accept();
    desk.say(visitor, 'Hello');
    chat.seen();
    chat.draft = 'Half a sent';
    chats.dispose();
    const again = await office.open();
    expect(again.of(visitor.chatId)).toMatchObject({ draft: 'Half a sent', unread: 0 });
    expect(textsOf(again, visitor.chatId)).toEqual(['Visitor asks', 'Hello']);
  });

  it('fetches everything again when something is missing', async () => {
    const { chat, visitor } = await office.accept();
    desk.keep(chat.id, visitor.seal({ t: 'text', text: 'lost on the way' }));
    desk.say(visitor, 'Hello?');
    await vi.waitFor(() => expect(chat.entries).toHaveLength(3));
    expect(chat.entries[1]?.content).toMatchObject({ text: 'lost on the way' });
    expect(chat.tampered).toBeNull();
  });

  it('is read no further, and sends nothing more, once the server is caught', async () => {
    const { chat, visitor } = await office.accept();
    const message = desk.keep(chat.id, visitor.seal({ t: 'text', text: 'true' }));
    desk.tell('chat:message', { chatId: chat.id, message: { ...message, frame: 'A'.repeat(80) } });
    expect(chat.tampered).toBe('forged');
    chat.write('secret');
    await Promise.resolve();
    expect(desk.sent('chat:send')).toEqual([]);
  });

  it('stays to be read when it has ended, until it is dismissed', async () => {
    const { chat, chats } = await office.accept();
    desk.tell('chat:ended', { chatId: chat.id, by: 'customer' });
    expect(chat.ended).toBe(true);
    expect(chat.write('too late')).toBe(false);
    expect(office.news).toEqual([{ kind: 'ended', chatId: chat.id, who: 'Visitor' }]);
    desk.chats.delete(chat.id);
    await chats.watch();
    expect(chats.chats).toHaveLength(1);
    chats.drop(chat.id);
    expect(chats.current).toBeNull();
  });

  it('is gone from the desk when the next picture does not have it', async () => {
    const { chat, chats } = await office.accept();
    desk.chats.delete(chat.id);
    await chats.watch();
    expect(chats.chats).toEqual([]);
  });

  it('closes when the device is not approved any more', async () => {
    const { chats } = await office.accept();
    office.house.device.access = null;
    await chats.unlock();
    expect(chats.chats).toEqual([]);
  });

  it('asks for what the operator presses', async () => {
    const { chat, chats } = await office.accept();
    const chatId = chat.id;
    await chat.transfer('bert');
    await chat.transfer(null);
    await chat.invite({ id: 'bert', name: 'Bert' });
    expect(chat.entries.at(-1)?.content).toMatchObject({ t: 'guest', name: 'Bert' });
    await chat.block(24);
    await chat.leave();
    await chat.end();
    await chats.setAvailable(false);
    const asked = desk.asked
      .filter(({ event }) => event !== 'chat:send' && event !== 'chat:read')
      .slice(-7)
      .map(({ event, message }) => [event, message]);
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
