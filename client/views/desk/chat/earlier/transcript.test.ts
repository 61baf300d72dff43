import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sealOffline } from '../../../../../shared/crypto/offline';
import { loadSodium, type Sodium } from '../../../../../shared/crypto/sodium';
import type { ChatTranscript } from '../../../../../shared/protocol/chat-desk';
import { FakeOffice } from '../../../../session/chat/desk-chat.fake';
import { makeHouse, type House } from '../../../../session/chat/desk-chat-visitor.fake';
import { readTranscript } from './transcript';

let sodium: Sodium;
let house: House;
let transcript: ChatTranscript;
beforeAll(async () => {
  sodium = await loadSodium();
});
beforeEach(async () => {
  const office = new FakeOffice(sodium);
  const { desk } = office;
  house = office.house;
  const { chat, visitor } = await office.accept();
  desk.say(visitor, 'Hello');
  desk.say(visitor, 'Anybody?');
  chat.write('How can I help?');
  chat.noting = true;
  chat.write('A note');
  await vi.waitFor(() => expect(desk.sent('chat:send')).toHaveLength(2));
  const { chatId, visitorKey, keyBox, language, startedAt, claims, messages } = desk.open(visitor);
  const about = { chatId, visitorKey, keyBox, language, startedAt, claims, messages };
  transcript = {
    ...about,
    endedAt: startedAt + 1000,
    stars: 5,
    comment: sealOffline(sodium, 'Thank you' as never, house.vaultKey),
  };
});
afterEach(() => vi.unstubAllGlobals());

const read = (staff = house) => {
  vi.stubGlobal('fetch', async (path: string) => {
    const there = path === `/api/admin/chats/${transcript.chatId}/transcript`;
    return new Response(JSON.stringify(there ? transcript : {}), { status: there ? 200 : 404 });
  });
  const { access, identityKey } = staff.device;
  return readTranscript('/admin/chats', transcript.chatId, { access: access!, identityKey });
};

it('opens the whole conversation, notes included', async () => {
  const found = await read();
  expect(found).toMatchObject({ name: 'Visitor', tampered: false });
  expect(found).toMatchObject({ rating: { stars: 5, comment: { state: 'open', text: 'Thank you' } } });
  const texts =
    'entries' in found
      ? found.entries.map(({ content }) => content && 'text' in content && content.text)
      : [];
  expect(texts).toEqual(['Visitor asks', 'Hello', 'Anybody?', 'How can I help?', 'A note']);
});

it('says so when a message was left out', async () => {
  transcript.messages = transcript.messages.filter(({ seq }) => seq !== 1);
  expect(await read()).toMatchObject({ tampered: true });
});

it('opens nothing for another company', async () => {
  expect(await read(makeHouse(sodium))).toMatchObject({ name: null, tampered: true });
});

it('hands the server’s refusal on', async () => {
  const id = transcript.chatId;
  transcript = { ...transcript, chatId: 'A'.repeat(22) };
  vi.stubGlobal(
    'fetch',
    async () => new Response(JSON.stringify({ ok: false, error: 'not_found' }), { status: 404 }),
  );
  const { access, identityKey } = house.device;
  const answer = await readTranscript('/admin/chats', id, { access: access!, identityKey });
  expect(answer).toMatchObject({ ok: false, error: 'not_found' });
});
