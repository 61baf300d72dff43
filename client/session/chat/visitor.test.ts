/** The chat window before a played server, with real keys and a real operator's side. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeClaim, openKey } from '../../../shared/crypto/chat';
import type { ChatStart } from '../../../shared/protocol/chat';
import { FakeAudio } from './alerts.fake';
import { company } from './conversation.fake';
import type { StoredChat } from './store';
import { CHAT, HOST, OWNER, PLACE, playedFirm } from './visitor.fake';
import type { VisitorChat } from './visitor.svelte';

// IndexedDB does not exist outside browsers: a map takes its place.
const kept = new Map<string, unknown>();
const storage = { blocked: false, looks: 0 };
vi.mock('./store', async (original) => ({
  ...(await original<object>()),
  storeChat: async (chat: StoredChat) => {
    if (!storage.blocked) kept.set(chat.owner, chat);
  },
  forgetChat: async (owner: string) => void kept.delete(owner),
  storedChat: async (owner: string) => {
    storage.looks++;
    return kept.get(owner) ?? null;
  },
  metKey: async (owner: string) => kept.get(`key ${owner}`) ?? null,
  rememberKey: async (owner: string, key: string) => void kept.set(`key ${owner}`, key),
}));

async function firm(change: object = {}, chatId?: string) {
  const played = await playedFirm(change, chatId);
  vi.stubGlobal('fetch', async () => Response.json(played.card));
  return played;
}

const windows: VisitorChat[] = [];
const texts = (chat: VisitorChat) =>
  chat.entries.map(({ content }) => (content && 'text' in content ? content.text : content?.t));

beforeEach(() => {
  kept.clear();
  storage.blocked = false;
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('location', { pathname: '/chat', search: `?owner=${OWNER}` });
  vi.stubGlobal('navigator', {
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0',
    language: 'ja',
  });
});
afterEach(() => {
  for (const chat of windows.splice(0)) chat.dispose();
  vi.unstubAllGlobals();
});

async function opened(made: Awaited<ReturnType<typeof firm>>, key?: string | null): Promise<VisitorChat> {
  const chat = made.open(key);
  windows.push(chat);
  await chat.load();
  return chat;
}

describe('the chat window', () => {
  it('believes the key that the company’s page pins, and no other', async () => {
    const made = await firm();
    const chat = await opened(made);
    expect([chat.state.at, chat.company.trust]).toEqual(['form', 'pinned']);
    const other = await opened(made, (await company()).identityKey);
    expect(other.state).toEqual({ at: 'distrusted', why: 'changed' });
    expect(await other.start('x', 'secret')).toBe(false);
    expect(made.asked).toEqual([]);
  });

  it('refuses a vault that the company’s key does not vouch for', async () => {
    const chat = await opened(await firm({ vaultKey: (await company()).vaultKey }));
    expect(chat.state).toEqual({ at: 'distrusted', why: 'card' });
  });

  it('takes up no conversation under another key, whatever this browser or another tab has begun', async () => {
    const lying = await firm();
    await (await opened(lying, null)).start('x', 'under the key of somebody in between');
    const stored = kept.get(OWNER) as StoredChat;
    const made = await firm({}, 'D'.repeat(22));
    const chat = await opened(made);
    expect([chat.state.at, chat.company.trust]).toEqual(['form', 'pinned']);
    const [channel, looks] = [new BroadcastChannel(`tasuki-chat-${OWNER}`), storage.looks];
    channel.postMessage({ t: 'changed' });
    await vi.waitFor(() => expect(storage.looks).toBe(looks + 2));
    channel.close();
    expect(chat.state.at).toBe('form');
    expect(await chat.start('x', 'y')).toBe(true);
    expect(chat.talk?.id).toBe('D'.repeat(22));
    expect(kept.get(OWNER)).not.toEqual(stored);
  });

  it('without a pin believes the first key, and says when it changes', async () => {
    const made = await firm();
    expect((await opened(made, null)).company.trust).toBe('first');
    expect((await opened(made, null)).company.trust).toBe('met');
    expect((await opened(await firm(), null)).state).toEqual({ at: 'distrusted', why: 'changed' });
  });

  it('asks, waits, and talks with the operator who has claimed it', async () => {
    const made = await firm();
    const chat = await opened(made);
    expect(await chat.start(' 佐藤 ', 'How do I print?')).toBe(true);
    expect(chat.talk?.phase).toEqual({ at: 'waiting', place: PLACE });
    const { side, write } = made.claim('山田 花子');
    expect(chat.talk?.phase).toEqual({ at: 'open' });
    expect(chat.claim?.operator).toBe('山田 花子');
    write('Which printer?');
    expect(chat.talk?.reading.unread).toBe(1);
    chat.talk?.reading.look(true);
    expect(chat.talk?.reading.unread).toBe(0);
    expect(chat.talk?.write('  ')).toBe(false);
    chat.talk?.write('The one in the hall.');
    await vi.waitFor(() => expect(chat.entries.at(-1)?.state).toBe('sent'));
    side.load(made.server);
    expect(side.entries.map(({ content }) => content && 'text' in content && content.text)).toEqual(
      texts(chat),
    );
    expect(side.entries[0]?.content).toMatchObject({
      name: '佐藤',
      ...HOST,
      browser: 'Firefox 142 on Linux',
    });
    made.tell('chat:seen', { delivered: 2, seen: 2 });
    expect(chat.entries.at(-1)?.state).toBe('seen');
    expect(JSON.stringify(made.asked)).not.toContain('hall');
  });

  it('sounds once for who answers, each message and the end, and not at all while it is muted', async () => {
    vi.stubGlobal('AudioContext', FakeAudio);
    FakeAudio.heard = [];
    const heard = () => FakeAudio.heard.splice(0).length / 2;
    const made = await firm();
    const chat = await opened(made);
    chat.sound.prime();
    await chat.start('x', 'y');
    expect(heard()).toBe(0);
    const { write } = made.claim('花子');
    expect(heard()).toBe(1);
    const message = write('Hello');
    made.tell('chat:message', { message });
    expect(heard()).toBe(1);
    chat.talk?.write('mine');
    await vi.waitFor(() => expect(chat.entries.at(-1)?.state).toBe('sent'));
    expect(heard()).toBe(0);
    chat.sound.muted = true;
    write('Hello?');
    expect(heard()).toBe(0);
    chat.sound.muted = false;
    made.end();
    await vi.waitFor(() => expect(chat.talk?.ended).toBe(true));
    expect(heard()).toBe(1);
  });

  it('knows while it waits whether somebody is there, and believes no place of before the claim', async () => {
    const made = await firm();
    const chat = await opened(made);
    await chat.start('x', 'y');
    expect(chat.talk?.nobodyThere).toBe(false);
    made.tell('chat:place', { place: { ...PLACE, online: false } });
    expect(chat.talk?.nobodyThere).toBe(true);
    made.tell('chat:place', { place: PLACE });
    expect(chat.talk?.nobodyThere).toBe(false);
    made.claim('花子');
    made.tell('chat:place', { place: { ...PLACE, online: false } });
    expect([chat.talk?.phase, chat.talk?.nobodyThere]).toEqual([{ at: 'open' }, false]);
    // Handed on: it waits again.
    made.tell('chat:place', { place: { ...PLACE, epoch: 1 } });
    expect(chat.talk?.phase).toMatchObject({ at: 'waiting', place: { epoch: 1 } });
  });

  it('names who writes only where that is known', async () => {
    const made = await firm();
    const chat = await opened(made);
    await chat.start('x', 'y');
    made.tell('chat:typing', { on: true, owner: true });
    expect([chat.talk?.typing, chat.talk?.typist]).toEqual([true, null]);
    made.claim('花子');
    expect(chat.talk?.typist).toBe('花子');
    made.tell('chat:typing', { on: true, owner: false });
    expect([chat.talk?.typing, chat.talk?.typist]).toEqual([true, null]);
    made.tell('chat:typing', { on: true });
    expect(chat.talk?.typist).toBeNull();
    made.tell('chat:typing', { on: false, owner: true });
    expect([chat.talk?.typing, chat.talk?.typist]).toEqual([false, null]);
  });

  it('shows in plain state that the server let somebody else answer', async () => {
    const made = await firm();
    const chat = await opened(made);
    await chat.start('x', 'y');
    const other = await company();
    const start = made.asked.find(([event]) => event === 'chat:start')![1] as ChatStart;
    const { claim } = makeClaim(other.sodium, other.staff('山田 花子').claimant, start.visitorKey, 1);
    made.tell('chat:claimed', { claim });
    expect(chat.talk?.tampered).toBe('claim');
    expect([chat.claim, chat.open, chat.talk?.words]).toEqual([null, false, null]);
    chat.talk?.write('secret');
    expect(made.asked.filter(([event]) => event === 'chat:send')).toEqual([]);
  });

  it('goes on after a reload, and in a second tab, with what was said', async () => {
    const made = await firm();
    const chat = await opened(made);
    await chat.start('x', 'first');
    const { write } = made.claim('花子');
    write('second');
    const later = await opened(made);
    await vi.waitFor(() => expect(texts(later)).toEqual(['first', 'second']));
    expect(later.talk?.reading.unread).toBe(0);
    later.talk?.write('from the second tab');
    await vi.waitFor(() => expect(texts(chat)).toEqual(['first', 'second', 'from the second tab']));
    expect(chat.entries.at(-1)).toMatchObject({ mine: true });
    expect([chat.talk?.tampered, later.talk?.tampered]).toEqual([null, null]);
  });

  it('where the browser stores nothing, mistakes no message of another tab’s conversation for a forged one', async () => {
    storage.blocked = true;
    const mine = await firm();
    const chat = await opened(mine);
    await chat.start('x', 'mine');
    mine.claim('花子');
    const theirs = await firm({}, 'D'.repeat(22));
    const tab = await opened(theirs);
    await tab.start('x', 'theirs');
    theirs.claim('次郎');
    chat.talk?.write('printer');
    await vi.waitFor(() => expect(chat.entries.at(-1)?.state).toBe('sent'));
    // What comes after it has arrived, so it has too.
    const [channel, looks] = [new BroadcastChannel(`tasuki-chat-${OWNER}`), storage.looks];
    channel.postMessage({ t: 'changed' });
    await vi.waitFor(() => expect(storage.looks).toBe(looks + 2));
    channel.close();
    expect([texts(tab), tab.talk?.tampered]).toEqual([['theirs'], null]);
  });

  it('is not set back by a picture from before somebody answered', async () => {
    const made = await firm();
    await (await opened(made)).start('x', 'y');
    let free = () => {};
    made.held['chat:resume'] = new Promise((resolve) => (free = resolve));
    const later = await opened(made);
    const asked = () => made.asked.filter(([event]) => event === 'chat:resume').length;
    await vi.waitFor(() => expect(asked()).toBe(1));
    made.claim('花子');
    expect(later.talk?.phase).toEqual({ at: 'open' });
    free();
    await vi.waitFor(() => expect(texts(later)).toEqual(['y']));
    expect(later.talk?.phase).toEqual({ at: 'open' });
    await vi.waitFor(() => expect(asked()).toBe(2)); // the newest is fetched
    expect(later.talk?.tampered).toBeNull();
  });

  it('can answer what was asked for while an older picture was on its way', async () => {
    const made = await firm();
    const chat = await opened(made);
    await chat.start('x', 'y');
    const { write } = made.claim('花子');
    const resumed = () => made.asked.filter(([event]) => event === 'chat:resume').length;
    await vi.waitFor(() => expect(chat.remote).not.toBeNull());
    const before = resumed();
    let free = () => {};
    made.held['chat:resume'] = new Promise((resolve) => (free = resolve));
    made.reconnect();
    await vi.waitFor(() => expect(resumed()).toBe(before + 1));
    const sessionId = 'S'.repeat(22);
    const card = { operator: '花子', company: 'みどり商事' };
    write({ t: 'request', sessionId, mode: 'view', windowsOnly: false, card });
    expect(texts(chat)).toEqual(['y', 'request']);
    free();
    // Asked for only after the first was taken in, and never answered.
    made.held['chat:resume'] = new Promise(() => undefined);
    made.reconnect();
    await vi.waitFor(() => expect(resumed()).toBe(before + 2));
    expect(chat.remote?.isOver(sessionId)).toBe(false);
  });

  it('is not brought back by a claim that was followed by another', async () => {
    const made = await firm();
    const chat = await opened(made);
    await chat.start('x', 'y');
    made.claim('花子');
    made.claim('次郎');
    made.tell('chat:place', { place: { ...PLACE, epoch: 2 } });
    made.tell('chat:claimed', { claim: made.server.claims[0]! });
    expect(chat.talk?.phase.at).toBe('waiting');
  });

  it('begins one conversation, however many tabs begin at once', async () => {
    const made = await firm();
    const [one, two] = [await opened(made), await opened(made)];
    await one.start('x', 'first');
    await vi.waitFor(() => expect(two.talk?.id).toBe(CHAT));
    expect(made.asked.filter(([event]) => event === 'chat:start')).toHaveLength(1);
  });

  it('says each time, and at once, that this page is too old', async () => {
    const made = await firm();
    const chat = await opened(made);
    made.refuseLine();
    expect(chat.problem).toEqual({ error: 'version' });
    expect(await chat.start('x', 'y')).toBe(false);
    expect(chat.problem).toEqual({ error: 'version' });
  });

  it('keeps what was typed when nobody is there any more', async () => {
    const made = await firm();
    const chat = await opened(made);
    made.refuse['chat:start'] = { error: 'busy' };
    expect(await chat.start('x', 'y')).toBe(false);
    expect([chat.state.at, chat.problem?.error, chat.company.card?.online]).toEqual(['form', 'busy', false]);
  });

  it('is rated once after the end, with a comment only the company can read, and then forgotten', async () => {
    const made = await firm();
    const chat = await opened(made);
    await chat.start('x', 'y');
    const { access } = made.claim('花子');
    made.end();
    expect(chat.talk?.phase).toEqual({ at: 'ended', by: 'operator' });
    expect(kept.has(OWNER)).toBe(true);
    expect((await chat.rate(5, 'Merci!')).ok).toBe(true);
    expect(chat.talk?.rated).toBe(true);
    expect(kept.has(OWNER)).toBe(false);
    const { comment } = made.asked.find(([event]) => event === 'chat:rate')![1] as { comment: string };
    const { sodium } = made;
    const { publicKey, privateKey } = access.box;
    const box = sodium.from_base64(comment, sodium.base64_variants.URLSAFE_NO_PADDING);
    expect(JSON.parse(sodium.to_string(sodium.crypto_box_seal_open(box, publicKey, privateKey)))).toBe(
      'Merci!',
    );
    expect(openKey(sodium, access, comment)).toBeNull();
    await chat.again();
    expect(chat.state.at).toBe('form');
  });

  it('offers a new one when the old one is no longer kept', async () => {
    const made = await firm();
    await (await opened(made)).start('x', 'y');
    made.refuse['chat:resume'] = { error: 'session_gone' };
    const later = await opened(made);
    await vi.waitFor(() => expect(later.state.at).toBe('form'));
    expect([later.lost, kept.has(OWNER)]).toEqual([true, false]);
  });

  it('hands its conversation to a window of its own', async () => {
    const made = await firm();
    const chat = await opened(made);
    expect(chat.handOver()).toBeNull();
    await chat.start('x', 'y');
    const handed = chat.handOver();
    expect(handed?.url).toBe(`/chat?owner=${OWNER}`);
    kept.clear(); // the window's storage is another one
    const own = made.open();
    windows.push(own);
    await own.load(handed!.data);
    await vi.waitFor(() => expect(texts(own)).toEqual(['y']));
  });
});
