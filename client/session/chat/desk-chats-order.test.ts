/** Answers that were made before something happened and arrive after it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadSodium } from '../../../shared/crypto/sodium';
import { FakeOffice, memory, type FakeDesk } from './desk-chat.fake';
import type { DeskChats } from './desk-chats.svelte';

let office: FakeOffice;
let desk: FakeDesk;
beforeEach(async () => {
  office = new FakeOffice(await loadSodium());
  desk = office.desk;
  vi.stubGlobal('sessionStorage', memory());
});

/** A picture that is made now and arrives when `work` is done. */
async function late(chats: DeskChats, work: () => void | Promise<void>): Promise<void> {
  const free = desk.hold('chat:watch');
  const watching = chats.watch();
  await work();
  free();
  await watching;
}

describe('a picture of the desk', () => {
  it('takes away no chat that was accepted after it was made', async () => {
    const visitor = desk.visit('Visitor');
    const chats = await office.open();
    await late(chats, () => chats.accept(chats.queue.rows[0]!));
    expect(chats.front?.id).toBe(visitor.chatId);
    expect([chats.queue.rows, office.news]).toEqual([[], []]);
    expect(desk.sent('chat:watch')).toHaveLength(3); // the first, the late one, and once more
  });

  it('takes away no chat that this operator came into, and brings back none that has left', async () => {
    const { chats, chat } = await office.accept('First');
    const second = desk.visit('Second');
    await late(chats, () => {
      desk.takenElsewhere(second);
      desk.tell('chat:joined', { chat: desk.open(second) });
      desk.chats.delete(chat.id);
      desk.tell('chat:left', { chatId: chat.id, why: 'transferred' });
    });
    expect(chats.chats.map(({ id }) => id)).toEqual([second.chatId]);
    expect(office.news.map(({ kind }) => kind)).toEqual(['joined', 'gone']);
  });

  it('opens no chat again that has ended', async () => {
    const { chats, chat } = await office.accept();
    await late(chats, () => {
      desk.chats.delete(chat.id);
      desk.tell('chat:ended', { chatId: chat.id, by: 'customer' });
    });
    expect(chat.ended).toBe(true);
    expect(chats.chats).toEqual([chat]);
    chat.update({ ...chat.known, state: 'open', endedBy: null });
    expect(chat.known).toMatchObject({ state: 'ended', endedBy: 'customer' });
    expect(chat.write('too late')).toBe(false);
  });

  it('lets nobody wait who has been taken, and keeps whoever has come', async () => {
    const visitor = desk.visit('Taken');
    const chats = await office.open();
    await late(chats, () => {
      desk.chats.delete(visitor.chatId);
      desk.tell('chat:waiting-over', { chatId: visitor.chatId, why: 'claimed', by: 'Bert' });
      desk.tell('chat:waiting', { chat: desk.waiting(desk.visit('Come')) });
    });
    expect(chats.queue.rows).toMatchObject([{ question: { content: { name: 'Come' } } }]);
    expect(office.news).toEqual([{ kind: 'waiting', forYou: false }]);
  });

  it('comes to a desk that never rests, with what is newer left as it is', async () => {
    const [known, gone] = [desk.visit('Known'), desk.visit('Gone')];
    const chats = await office.open();
    const asked = desk.sent('chat:watch').length;
    // Made with both; while each is on its way, one is taken and the other is told of.
    desk.answers = {
      get 'chat:watch'() {
        const state = { ...desk.state(), unread: 7 };
        desk.tell('chat:waiting-over', { chatId: gone.chatId, why: 'claimed', by: 'Bert' });
        desk.tell('chat:waiting', { chat: desk.waiting(known, { present: false }) });
        return { ok: true, ...state };
      },
    };
    await chats.watch();
    expect(desk.sent('chat:watch').length - asked).toBe(3);
    expect(chats.unanswered).toBe(7);
    expect(chats.queue.rows).toMatchObject([{ chat: { chatId: known.chatId, present: false } }]);
  });

  it('without the newest claim does not take it back, and is asked for again, but not for ever', async () => {
    const { chats, chat, visitor } = await office.accept();
    const place = { epoch: 0, place: 1, waitMs: null, late: false, online: true };
    const old = desk.open(visitor, { claims: [], state: 'waiting', place });
    desk.tell('chat:joined', { chat: old });
    expect(chat.known).toMatchObject({ state: 'open', place: null });
    await chats.watch();
    const asked = desk.sent('chat:watch').length;
    desk.answers['chat:watch'] = { ok: true, ...desk.state(), chats: [old] };
    await chats.watch();
    expect(desk.sent('chat:watch').length - asked).toBe(4);
    expect(chat.known).toMatchObject({ state: 'open', place: null });
    expect(chat.tampered).toBeNull();
  });
});

describe('the answer to a claim', () => {
  it('opens no chat that the customer has ended meanwhile', async () => {
    const visitor = desk.visit('Visitor');
    const chats = await office.open();
    const free = desk.hold('chat:claim');
    const accepting = chats.accept(chats.queue.rows[0]!);
    desk.tell('chat:ended', { chatId: visitor.chatId, by: 'customer' });
    free();
    await accepting;
    const chat = chats.of(visitor.chatId);
    expect(chat?.known).toMatchObject({ state: 'ended', endedBy: 'customer' });
    expect(chat?.write('Hello?')).toBe(false);
    expect(office.news).toEqual([{ kind: 'ended', chatId: visitor.chatId, who: 'Visitor' }]);
  });

  it('leaves no chat on the desk that was handed on in another tab meanwhile', async () => {
    const visitor = desk.visit('Visitor');
    const chats = await office.open();
    const [freeClaim, freeWatch] = [desk.hold('chat:claim'), desk.hold('chat:watch')];
    const accepting = chats.accept(chats.queue.rows[0]!);
    desk.chats.delete(visitor.chatId);
    desk.tell('chat:left', { chatId: visitor.chatId, why: 'transferred' });
    freeClaim();
    await accepting;
    freeWatch();
    await vi.waitFor(() => expect(chats.chats).toEqual([]));
  });

  it('brings the chat to the tabs and not to the front while a dialog stands open there', async () => {
    const { chats, chat } = await office.accept('First');
    const second = desk.visit('Second');
    await chats.watch();
    const free = desk.hold('chat:claim');
    const accepting = chats.accept(chats.queue.rows[0]!);
    office.engaged = true;
    free();
    await accepting;
    expect(chats.front).toBe(chat);
    expect(chats.of(second.chatId)?.unread).toBe(1);
  });

  it('is asked for again under the name that an administrator has given this operator meanwhile', async () => {
    const visitor = desk.visit('Visitor');
    const chats = await office.open();
    desk.name = 'Anna Berg';
    await chats.accept(chats.queue.rows[0]!);
    expect(chats.name).toBe('Anna Berg');
    expect(chats.of(visitor.chatId)).toMatchObject({ name: 'Anna Berg', claim: { operator: 'Anna Berg' } });
    expect(visitor.epoch).toBe(1);
    expect(chats.failure).toBeNull();
  });

  it('that is refused for another reason is not asked for twice', async () => {
    desk.visit('Visitor');
    const chats = await office.open();
    desk.answers['chat:claim'] = { ok: false, error: 'invalid' };
    await chats.accept(chats.queue.rows[0]!);
    expect(desk.sent('chat:claim')).toHaveLength(1);
    expect(chats.failure).toMatchObject({ error: 'invalid' });
  });
});
