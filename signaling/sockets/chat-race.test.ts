/** Who is first: many operators at one conversation, sockets that break, a server that starts anew. */
import { describe, expect, it } from 'vitest';
import { ChatSnapshot } from '../../shared/protocol/chat';
import { ChatDeskState } from '../../shared/protocol/chat-desk';
import {
  ask,
  chatHouse,
  claimOf,
  must,
  opened,
  speaker,
  staffMember,
  textOf,
  useChatHouse,
  useStaff,
  type Staff,
} from '../testing/chat';
import { startTestServer } from '../testing/server';
import { until } from '../testing/until';

const house = useChatHouse();
const desks = ['one', 'two', 'three', 'four'].map((id) => useStaff(house, id));

describe('claiming', () => {
  it('goes to one of a hundred at once; the others are told who was quicker', async () => {
    const chat = await ask(house);
    const claims = Array.from({ length: 100 }, (_, index) => {
      const staff = desks[index % desks.length]!;
      return { staff, claim: claimOf(house, staff, chat.keys.visitorKey).claim };
    });
    const answers = await Promise.all(
      claims.map(({ staff, claim }) => staff.socket.ask('chat:claim', { chatId: chat.chatId, claim })),
    );
    const winners = claims.filter((_, index) => answers[index]!.ok);
    expect(winners).toHaveLength(1);
    expect(new Set(answers.filter(({ ok }) => !ok).map(({ error }) => error))).toEqual(new Set(['conflict']));
    expect(await chat.socket.next('chat:claimed')).toEqual({ chatId: chat.chatId, claim: winners[0]!.claim });
    for (const { socket } of desks) {
      expect(await socket.next('chat:waiting-over')).toEqual({
        chatId: chat.chatId,
        why: 'claimed',
        by: winners[0]!.staff.name,
      });
    }
  });

  it('has one winner each time that two press together', async () => {
    const [left, right] = desks as [Staff, Staff];
    for (let round = 0; round < 40; round++) {
      const { chatId, keys, socket } = await ask(house);
      const press = (staff: Staff) =>
        staff.socket.ask('chat:claim', { chatId, claim: claimOf(house, staff, keys.visitorKey).claim });
      const answers = await Promise.all([press(left), press(right)]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      await must(socket, 'chat:end', { chatId });
      socket.disconnect();
    }
  });

  it('is refused without an approved device, and with the claim of somebody else or for another conversation', async () => {
    const [first, second] = desks as [Staff, Staff];
    const pending = await staffMember(house, 'pending', { approved: false });
    const [chat, other] = [await ask(house), await ask(house)];
    const { chatId } = chat;
    const claim = (staff: Staff, visitorKey = chat.keys.visitorKey, epoch = 1) =>
      claimOf(house, staff, visitorKey, epoch).claim;
    const tries: [Staff, object, string][] = [
      [pending, claim(pending), 'not_allowed'],
      [first, claim(second), 'not_allowed'],
      [first, claim({ ...first, name: 'Somebody Else' }), 'invalid'],
      [first, claim(first, other.keys.visitorKey), 'invalid'],
      [first, { ...claim(first), key: claim(first).key }, 'invalid'],
      [first, claim(first, undefined, 2), 'conflict'],
    ];
    for (const [staff, wrong, error] of tries) {
      expect(await staff.socket.ask('chat:claim', { chatId, claim: wrong })).toMatchObject({ error });
    }
    await must(first.socket, 'chat:claim', { chatId, claim: claim(first) });
  });
});

describe('interruptions', () => {
  it('a customer comes back in another tab, and misses nothing', async () => {
    const staff = desks[0]!;
    const chat = await opened(house, staff);
    const { chatId, token } = chat;
    const answer = speaker(house, chat, chat.key, { from: 'operator' });
    chat.socket.disconnect();
    expect(await staff.socket.next('chat:peer')).toEqual({ chatId, present: false });
    await must(staff.socket, 'chat:send', answer('Are you there?'));
    const tab = await house.server.customer();
    const snapshot = ChatSnapshot.parse(await must(tab, 'chat:resume', { chatId, token, after: -1 }));
    expect(await staff.socket.next('chat:peer')).toEqual({ chatId, present: true });
    expect(snapshot).toMatchObject({ state: 'open', claims: [chat.claim], peerPresent: true });
    expect(snapshot.messages.map(({ seq }) => seq)).toEqual([0, 1]);
    expect(textOf(house, chat, chat.key, snapshot.messages[1])).toBe('Are you there?');
    const rest = await must(tab, 'chat:resume', { chatId, token, after: 0 });
    expect((rest.messages as object[]).length).toBe(1);
  });

  it('several tabs are one customer', async () => {
    const staff = desks[1]!;
    const chat = await opened(house, staff);
    const { chatId, token } = chat;
    const tab = await house.server.customer();
    await must(tab, 'chat:resume', { chatId, token, after: -1 });
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    await must(chat.socket, 'chat:send', say('from the first'));
    expect(await tab.next('chat:message')).toMatchObject({ message: { from: 'customer', seq: 1 } });
    chat.socket.disconnect();
    await chat.socket.gone;
    await must(tab, 'chat:send', speaker(house, chat, chat.key, { from: 'customer' })('from the second'));
    await staff.socket.next('chat:message');
    await staff.socket.next('chat:message');
    expect(
      staff.socket.heard.filter(({ event, message }) => event === 'chat:peer' && message.chatId === chatId),
    ).toEqual([]);
  });

  it('an operator comes back and finds everything', async () => {
    const staff = await staffMember(house, 'comes-back');
    const chat = await opened(house, staff);
    const { chatId } = chat;
    staff.socket.disconnect();
    await until(async () => {
      const heard = chat.socket.heard.filter(({ event }) => event === 'chat:peer');
      return heard.at(-1)?.message.present === false;
    });
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    await must(chat.socket, 'chat:send', say('Hello?'));
    const desk = await house.server.desk(staff.cookie);
    const state = ChatDeskState.parse(await must(desk, 'chat:watch', {}));
    expect(state.chats.map((each) => each.chatId)).toEqual([chatId]);
    expect(state.chats[0]?.messages.map(({ seq }) => seq)).toEqual([0, 1]);
    await must(chat.socket, 'chat:send', say('You are back.'));
    expect(await desk.next('chat:message')).toMatchObject({ message: { seq: 2 } });
  });

  it('a conversation survives a restart of the server', async () => {
    const first = await startTestServer();
    const own = await chatHouse(first);
    const staff = await staffMember(own);
    const [open, waiting] = [await opened(own, staff), await ask(own)];
    await must(open.socket, 'chat:send', speaker(own, open, open.key, { from: 'customer' })('before'));
    await first.stop();
    const second = await startTestServer({ dataDir: first.dataDir });
    try {
      const after = { ...own, server: second };
      const desk = await second.desk(await second.login('operator'));
      const state = ChatDeskState.parse(await must(desk, 'chat:watch', {}));
      expect(state.available).toBe(true);
      expect(state.waiting).toMatchObject([{ chatId: waiting.chatId, present: false }]);
      expect(state.chats).toMatchObject([{ chatId: open.chatId, peerPresent: false }]);
      const page = await second.customer();
      const { chatId, token } = open;
      const snapshot = ChatSnapshot.parse(await must(page, 'chat:resume', { chatId, token, after: -1 }));
      expect(snapshot.messages).toHaveLength(2);
      const say = speaker(after, open, open.key, { from: 'customer' });
      await must(page, 'chat:send', say('after'));
      expect(textOf(after, open, open.key, (await desk.next('chat:message')).message)).toBe('after');
    } finally {
      await second.close();
    }
  });
});
