/** What is too much, too large or not theirs is refused with a clear answer, and disturbs nobody else. */
import { describe, expect, it } from 'vitest';
import { MAX_CHAT_FRAME_CHARS, MAX_CHAT_MESSAGES } from '../../shared/protocol/chat';
import { MINUTE } from '../clock';
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
} from '../testing/chat';
import { startTestServer } from '../testing/server';
import { bytes } from '../testing/session';
import { until } from '../testing/until';

const LIMITS = { openChatsPerAddress: 3, chatsPerAddress: 40, chatMessages: 30 };
const house = useChatHouse({ limits: LIMITS });
const staff = useStaff(house);

describe('limits', () => {
  it('an address has three conversations at once, however fast they are begun', async () => {
    const page = await house.server.customer();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => page.ask('chat:start', question(house).message)),
    );
    const begun = answers.filter(({ ok }) => ok);
    expect(begun).toHaveLength(3);
    const refused = answers.find(({ ok }) => !ok);
    expect(refused).toEqual({ ok: false, error: 'limited', retryAt: house.server.clock.now() + MINUTE });
    for (const { chatId } of begun) await must(page, 'chat:end', { chatId });
    const chat = await ask(house, page);
    await must(page, 'chat:end', { chatId: chat.chatId });
  });

  it('a flood from one side is refused with the time to come back; the other side still speaks', async () => {
    const chat = await opened(house, staff);
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    const flood = Array.from({ length: 200 }, () => say('x'));
    const answers = [];
    for (const message of flood) answers.push(await chat.socket.ask('chat:send', message));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(LIMITS.chatMessages);
    const refused = answers.filter(({ ok }) => !ok);
    expect(new Set(refused.map(({ error }) => error))).toEqual(new Set(['limited']));
    for (const { retryAt } of refused) expect(retryAt).toBeGreaterThan(house.server.clock.now());
    await must(
      staff.socket,
      'chat:send',
      speaker(house, chat, chat.key, { from: 'operator' })('Please wait.'),
    );
    expect(await chat.socket.next('chat:message')).toMatchObject({ message: { from: 'operator' } });
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('an address begins so many in ten minutes', async () => {
    const own = await chatHouse(await startTestServer({ limits: { chatsPerAddress: 2 } }));
    try {
      await staffMember(own);
      const [one, two] = [await ask(own), await ask(own)];
      expect(one.chatId).not.toBe(two.chatId);
      const third = await (await own.server.customer()).ask('chat:start', question(own).message);
      expect(third).toMatchObject({ ok: false, error: 'limited' });
      expect(third.retryAt).toBeGreaterThan(own.server.clock.now());
    } finally {
      await own.server.close();
    }
  });

  it('an attempt counts only when there was somebody to begin with', async () => {
    const own = await chatHouse(await startTestServer({ limits: { chatsPerAddress: 2 } }));
    try {
      const page = await own.server.customer();
      const foreign = { ...question(own).message, owner: 'ZZZZZZZZ' };
      for (let each = 0; each < 3; each++) {
        expect(await page.ask('chat:start', question(own).message)).toMatchObject({ error: 'busy' });
        expect(await page.ask('chat:start', foreign)).toMatchObject({ error: 'not_found' });
      }
      await staffMember(own);
      await ask(own, page);
      await ask(own, page);
      expect(await page.ask('chat:start', question(own).message)).toMatchObject({ error: 'limited' });
    } finally {
      await own.server.close();
    }
  });

  it('pages that were closed make room for a colleague at the same address', async () => {
    const own = await chatHouse(await startTestServer({ limits: { openChatsPerAddress: 2 } }));
    try {
      await staffMember(own);
      const gone = [await ask(own), await ask(own)];
      const page = await own.server.customer();
      const start = () => page.ask('chat:start', question(own).message);
      expect(await start()).toMatchObject({ error: 'limited' });
      for (const { socket } of gone) socket.disconnect();
      await until(async () => (await start()).ok);
    } finally {
      await own.server.close();
    }
  });

  it('a conversation is over when it is full', async () => {
    const chat = await opened(house, staff);
    await house.server.db
      .updateTable('chats')
      .set({ next_seq: MAX_CHAT_MESSAGES - 1 })
      .where('id', '=', chat.chatId)
      .execute();
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    expect(await must(chat.socket, 'chat:send', say('the last'))).toMatchObject({
      seq: MAX_CHAT_MESSAGES - 1,
    });
    expect(await chat.socket.next('chat:ended')).toEqual({ chatId: chat.chatId, by: 'full' });
    expect(await chat.socket.ask('chat:send', say('one more'))).toMatchObject({ error: 'session_gone' });
  });
});

describe('what is not theirs', () => {
  it('an unknown conversation, somebody else’s, and a wrong token are one answer', async () => {
    const chat = await opened(house, staff);
    const stranger = await house.server.customer();
    const say = speaker(house, chat, chat.key, { from: 'customer' })('x');
    for (const chatId of [chat.chatId, bytes(16)]) {
      const messages: [string, object][] = [
        ['chat:send', { ...say, chatId }],
        ['chat:typing', { chatId, on: true }],
        ['chat:seen', { chatId, delivered: 0, seen: 0 }],
        ['chat:end', { chatId }],
        ['chat:rate', { chatId, stars: 1, comment: null }],
        ['chat:resume', { chatId, token: bytes(32), after: -1 }],
      ];
      for (const [event, message] of messages) {
        expect([event, await stranger.ask(event, message)]).toEqual([
          event,
          { ok: false, error: 'session_gone' },
        ]);
      }
    }
    const claim = claimOf(house, staff, chat.keys.visitorKey).claim;
    expect(await staff.socket.ask('chat:claim', { chatId: bytes(16), claim })).toEqual({
      ok: false,
      error: 'session_gone',
    });
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('a question must be a first one, of this company, with a key of its own', async () => {
    const page = await house.server.customer();
    const { message } = question(house);
    const wrong: [object, string][] = [
      [{ ...message, owner: 'ZZZZZZZZ' }, 'not_found'],
      [{ ...message, question: { ...message.question, epoch: 1 } }, 'invalid'],
      [{ ...message, question: { ...message.question, n: 1 } }, 'invalid'],
      [{ ...message, question: { ...message.question, from: 'operator' } }, 'invalid'],
      [{ ...message, visitorKey: bytes(31) }, 'invalid'],
      // Stray bits in the last character: the right shape, and no reader takes it.
      [{ ...message, visitorKey: `${message.visitorKey.slice(0, -1)}B` }, 'invalid'],
      [{ ...message, keyBox: `${message.keyBox}AA` }, 'invalid'],
    ];
    for (const [start, error] of wrong) expect(await page.ask('chat:start', start)).toMatchObject({ error });
    const chat = await ask(house, page);
    expect(await page.ask('chat:start', chat.message)).toMatchObject({ error: 'conflict' });
    await must(page, 'chat:end', { chatId: chat.chatId });
  });

  it('a message that is too long, or a megabyte, is refused and nothing is lost', async () => {
    const chat = await opened(house, staff);
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    const first = say('small');
    const long = { ...first, message: { ...first.message, frame: 'A'.repeat(MAX_CHAT_FRAME_CHARS + 1) } };
    expect(await chat.socket.ask('chat:send', long)).toEqual({ ok: false, error: 'invalid' });
    const huge = { ...first, message: { ...first.message, frame: 'A'.repeat(1024 * 1024) } };
    chat.socket.raw.emit('chat:send', huge);
    await chat.socket.gone;
    const page = await house.server.customer();
    await must(page, 'chat:resume', { chatId: chat.chatId, token: chat.token, after: -1 });
    await must(page, 'chat:send', first);
    expect(await staff.socket.ask('chat:colleagues', {})).toMatchObject({ ok: true });
    await must(page, 'chat:end', { chatId: chat.chatId });
  });
});
