/** How much a conversation holds, and how often it may be loaded: one visitor costs the server little. */
import { describe, expect, it } from 'vitest';
import { MAX_CHAT_BYTES, MAX_CHAT_FRAME_CHARS, MAX_UNCLAIMED_CHAT_BYTES } from '../../shared/protocol/chat';
import { SECOND } from '../clock';
import { appendMessage } from '../store/chat-messages';
import {
  ask,
  chatHouse,
  claimOf,
  must,
  opened,
  speaker,
  staffMember,
  useChatHouse,
  useStaff,
  type ChatHouse,
} from '../testing/chat';
import { startTestServer, type TestServerOptions } from '../testing/server';
import { bytes } from '../testing/session';
import type { AnyAck, TestSocket } from '../testing/socket';

const house = useChatHouse();
const staff = useStaff(house);

const setBytes = ({ server }: ChatHouse, chatId: string, size: number) =>
  server.db.updateTable('chats').set({ bytes: size }).where('id', '=', chatId).execute();

interface Loading {
  chatId: string;
  token: string;
}
const load = (socket: TestSocket, { chatId, token }: Loading): Promise<AnyAck> =>
  socket.ask('chat:resume', { chatId, token, after: -1 });

/** Nobody gets to the store any more. @returns what lets them again */
function holdStore({ server }: ChatHouse): Promise<() => void> {
  return new Promise((held) => {
    void server.db.connection().execute(() => new Promise<void>((release) => held(release)));
  });
}

async function withLimits(
  limits: TestServerOptions['limits'],
  work: (own: ChatHouse) => Promise<void>,
): Promise<void> {
  const own = await chatHouse(await startTestServer({ limits: limits ?? {} }));
  try {
    await staffMember(own);
    await work(own);
  } finally {
    await own.server.close();
  }
}

describe('a conversation', () => {
  it('is over with the message that fills it, for both sides', async () => {
    const chat = await opened(house, staff);
    const { chatId, socket } = chat;
    await setBytes(house, chatId, MAX_CHAT_BYTES - 1);
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    await must(socket, 'chat:send', say('the last'));
    for (const each of [socket, staff.socket]) {
      expect(await each.next('chat:ended')).toEqual({ chatId, by: 'full' });
    }
    expect(await socket.ask('chat:send', say('one more'))).toMatchObject({ error: 'session_gone' });
  });

  it('that nobody has claimed holds little; once claimed it goes on', async () => {
    const [waits, claimed] = [await ask(house), await ask(house)];
    for (const { chatId } of [waits, claimed]) await setBytes(house, chatId, MAX_UNCLAIMED_CHAT_BYTES - 1);
    const more = speaker(house, waits, waits.keys.questionKey, { from: 'customer', epoch: 0 });
    await must(waits.socket, 'chat:send', more('still there?'));
    expect(await waits.socket.next('chat:ended')).toEqual({ chatId: waits.chatId, by: 'full' });
    expect(await waits.socket.ask('chat:send', more('hello?'))).toMatchObject({ error: 'session_gone' });

    const { claim, key } = claimOf(house, staff, claimed.keys.visitorKey);
    await must(staff.socket, 'chat:claim', { chatId: claimed.chatId, claim });
    const rest = speaker(house, claimed, key, { from: 'customer' });
    for (const text of ['still there?', 'hello?']) await must(claimed.socket, 'chat:send', rest(text));
    await must(claimed.socket, 'chat:end', { chatId: claimed.chatId });
  });

  it('that was filled on a node that stopped at that moment is ended by the next message', async () => {
    const chat = await opened(house, staff);
    await setBytes(house, chat.chatId, MAX_CHAT_BYTES);
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    expect(await chat.socket.ask('chat:send', say('x'))).toMatchObject({ error: 'session_gone' });
    expect(await chat.socket.next('chat:ended')).toEqual({ chatId: chat.chatId, by: 'full' });
  });
});

describe('loading it', () => {
  it('is done once at a time for a socket, however many are asked for', async () => {
    const chat = await ask(house);
    const release = await holdStore(house);
    const first = load(chat.socket, chat);
    const others = await Promise.all(Array.from({ length: 20 }, () => load(chat.socket, chat)));
    const retryAt = house.server.clock.now() + SECOND;
    expect(others).toEqual(others.map(() => ({ ok: false, error: 'limited', retryAt })));
    release();
    expect(await first).toMatchObject({ ok: true, chatId: chat.chatId });
    expect(await load(chat.socket, chat)).toMatchObject({ ok: true });
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('is bounded for each conversation, whoever’s sockets ask', () =>
    withLimits({ chatResumes: 3 }, async (own) => {
      const [chat, other] = [await ask(own), await ask(own)];
      for (let n = 0; n < 3; n++) {
        expect(await load(await own.server.customer(), chat)).toMatchObject({ ok: true });
      }
      const refused = await load(await own.server.customer(), chat);
      expect(refused).toMatchObject({ ok: false, error: 'limited' });
      expect(refused.retryAt).toBeGreaterThan(own.server.clock.now());
      expect(await load(other.socket, other)).toMatchObject({ ok: true });
      // A wrong token takes nothing from the right one.
      for (let n = 0; n < 5; n++) {
        expect(await load(chat.socket, { ...other, token: bytes(32) })).toMatchObject({
          error: 'session_gone',
        });
      }
      expect(await load(other.socket, other)).toMatchObject({ ok: true });
    }));

  it('is bounded for each address by what there is to load', () =>
    withLimits({ chatHistoryPerAddress: 1 }, async (own) => {
      const [large, another, small] = [await ask(own), await ask(own), await ask(own)];
      await setBytes(own, large.chatId, 700 * 1024);
      await setBytes(own, another.chatId, 400 * 1024);
      expect(await load(large.socket, large)).toMatchObject({ ok: true });
      expect(await load(another.socket, another)).toMatchObject({ ok: false, error: 'limited' });
      expect(await load(small.socket, small)).toMatchObject({ ok: false, error: 'limited' });
    }));

  it('is paid for by the socket: what was loaded counts for what it may send', () =>
    withLimits({ eventsPerSocket: 10 }, async (own) => {
      const [chat, small] = [await ask(own), await ask(own)];
      for (let n = 1; n <= 8; n++) {
        const message = { epoch: 0, from: 'customer', sender: chat.sender, n } as const;
        const frame = 'A'.repeat(MAX_CHAT_FRAME_CHARS);
        await appendMessage(own.server.db, chat.chatId, { ...message, frame }, own.server.clock.now());
      }
      const page = await own.server.customer();
      expect((await load(page, chat)).messages).toHaveLength(9);
      expect(await load(page, chat)).toMatchObject({ ok: false, error: 'limited' });
      await own.server.clock.advance(SECOND);
      expect(await load(page, chat)).toMatchObject({ ok: false, error: 'limited' });
      await own.server.clock.advance(2 * SECOND);
      expect(await load(page, chat)).toMatchObject({ ok: true });
      for (let n = 0; n < 5; n++) expect(await load(small.socket, small)).toMatchObject({ ok: true });
    }));
});
