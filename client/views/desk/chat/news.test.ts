import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadSodium } from '../../../../shared/crypto/sodium';
import { texts } from '../../../i18n/index.svelte';
import { elsewhere, FakeAudio, FakeNotification } from '../../../session/chat/alerts.fake';
import { DeskAlerts } from '../../../session/chat/desk-chat-alerts.svelte';
import { FakeOffice } from '../../../session/chat/desk-chat.fake';
import { page } from '../../../ui/page.svelte';
import { tellNews } from './news';

const SECRET = 'My password is hunter2';
let office: FakeOffice;
let desk: { available: boolean; sight: string | null; shown: (string | null)[] };
let alerts: DeskAlerts;
beforeEach(async () => {
  elsewhere((name, value) => vi.stubGlobal(name, value));
  await texts.load('deskchat');
  office = new FakeOffice(await loadSodium());
  desk = { available: true, sight: null, shown: [] };
  alerts = new DeskAlerts();
});
afterEach(() => void vi.unstubAllGlobals());

/** Tells what has happened since the last time, as the desk does at once. */
function tell(): void {
  for (const news of office.news.splice(0))
    tellNews(news, {
      alerts,
      available: () => desk.available,
      inSight: (chatId) => chatId === desk.sight,
      show: (chatId) => void desk.shown.push(chatId),
    });
}
const heard = () => FakeAudio.heard.splice(0).length;

describe('what happens at the desk', () => {
  it('calls once a message, without a word of it, and the click leads to that conversation', async () => {
    const { chats, chat, visitor } = await office.accept('Vera Secretive');
    const second = office.desk.visit('Max');
    office.desk.tell('chat:waiting', { chat: office.desk.waiting(second) });
    await chats.accept(chats.queue.rows[0]!);
    office.news = [];
    office.desk.say(visitor, SECRET);
    tell();
    expect(heard()).toBe(1);
    office.desk.say(visitor, SECRET);
    office.desk.say(second, SECRET);
    tell();
    expect(heard()).toBe(2);
    expect(FakeNotification.shown).toHaveLength(2);
    const told = JSON.stringify(FakeNotification.made.map(({ title, options }) => [title, options]));
    expect(told).not.toMatch(/hunter2|Secretive|Max/);
    expect(FakeNotification.shown[0]?.title).toBe(texts.text('ja', 'deskchat:news.message'));
    FakeNotification.shown[0]?.click();
    expect(desk.shown).toEqual([chat.id]);
  });

  it('calls nobody to what they are looking at, and to nothing when sound and notifications are off', async () => {
    const { chat, visitor } = await office.accept();
    office.news = [];
    desk.sight = chat.id;
    office.desk.say(visitor, 'Hello');
    tell();
    expect([heard(), FakeNotification.made.length]).toEqual([0, 0]);
    desk.sight = null;
    alerts.sound = false;
    await alerts.setNotifying(false);
    office.desk.say(visitor, 'Hello?');
    tell();
    expect([heard(), FakeNotification.made.length]).toEqual([0, 0]);
    // It is read out all the same.
    expect(page.announcement).toMatchObject({ text: texts.text('ja', 'deskchat:news.message') });
  });

  it('calls once for somebody who waits, and leads to the queue; not who is away, unless it is for them', async () => {
    await office.open();
    const wait = (forYou: { from: string } | null = null) => {
      const visitor = office.desk.visit('Vera');
      office.desk.tell('chat:waiting', { chat: office.desk.waiting(visitor, { forYou }) });
      office.desk.tell('chat:waiting', { chat: office.desk.waiting(visitor, { forYou, present: false }) });
      tell();
    };
    wait();
    expect([heard(), FakeNotification.shown.length]).toEqual([2, 1]);
    FakeNotification.shown[0]?.click();
    expect(desk.shown).toEqual([null]);
    desk.available = false;
    wait();
    expect([heard(), FakeNotification.shown.length]).toEqual([0, 0]);
    wait({ from: 'Bert' });
    expect([heard(), FakeNotification.shown.length]).toEqual([2, 1]);
  });

  it('leads whom a colleague brings into a conversation to that one', async () => {
    await office.open();
    const visitor = office.desk.visit('Vera');
    office.desk.tell('chat:joined', { chat: office.desk.open(visitor) });
    tell();
    FakeNotification.shown[0]?.click();
    expect(desk.shown).toEqual([visitor.chatId]);
  });
});
