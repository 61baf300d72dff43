/** One conversation from question to rating, between real sockets and with real keys. */
import { describe, expect, it } from 'vitest';
import { acceptClaim, noteKey, openKey } from '../../shared/crypto/chat';
import { vaultKeys } from '../../shared/crypto/vault';
import { ChatSnapshot } from '../../shared/protocol/chat';
import { ChatDeskState, DeskChat, WaitingChat } from '../../shared/protocol/chat-desk';
import {
  ask,
  claimOf,
  must,
  opened,
  speaker,
  staffMember,
  textOf,
  useChatHouse,
  useStaff,
} from '../testing/chat';
import { bytes } from '../testing/session';

const house = useChatHouse();
const staff = useStaff(house);

const access = () => ({ box: vaultKeys(house.sodium, house.root).box });

describe('the queue', () => {
  it('shows a question to every desk, and only the staff can read it', async () => {
    const colleague = await staffMember(house, 'colleague');
    const chat = await ask(house);
    for (const { socket } of [staff, colleague]) {
      const heard = WaitingChat.parse((await socket.next('chat:waiting')).chat);
      expect(heard).toMatchObject({ chatId: chat.chatId, epoch: 0, present: true, forYou: null });
      const key = openKey(house.sodium, access(), heard.keyBox);
      expect(textOf(house, chat, key!, heard.question)).toBe('It does not print.');
    }
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
    expect(await staff.socket.next('chat:waiting-over')).toEqual({
      chatId: chat.chatId,
      why: 'left',
      by: null,
    });
  });

  it('tells a desk that opens later', async () => {
    const chat = await ask(house);
    const late = await house.server.desk(staff.cookie);
    const state = ChatDeskState.parse(await must(late, 'chat:watch', {}));
    expect(state.waiting.map(({ chatId }) => chatId)).toEqual([chat.chatId]);
    expect(state).toMatchObject({ available: true, unread: 0 });
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('counts places in order and tells them when they change', async () => {
    const first = await ask(house);
    await house.server.clock.advance(1);
    const second = await ask(house);
    expect(first.started.place).toMatchObject({ place: 1 });
    expect(second.started.place).toMatchObject({ place: 2 });
    await house.server.clock.advance(1000);
    expect(await second.socket.next('chat:place')).toMatchObject({ place: { place: 2 } });
    await must(first.socket, 'chat:end', { chatId: first.chatId });
    await house.server.clock.advance(1000);
    expect(await second.socket.next('chat:place')).toMatchObject({ place: { place: 1 } });
    await must(second.socket, 'chat:end', { chatId: second.chatId });
  });
});

describe('a conversation', () => {
  it('is claimed by an approved device, which the customer can check', async () => {
    const chat = await opened(house, staff);
    const heard = DeskChat.parse(chat.claimed.chat);
    expect(heard).toMatchObject({ state: 'open', peerPresent: true, messages: [{ seq: 0 }] });
    expect(heard.staff).toEqual([{ id: 'operator', name: 'Olga Operator', owner: true, present: true }]);
    const key = acceptClaim(house.sodium, house.vault.identityKey, chat.keys, chat.claim);
    expect(key).toEqual(chat.key);
  });

  it('carries messages both ways, in order, and says how far each side is', async () => {
    const chat = await opened(house, staff);
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    const answer = speaker(house, chat, chat.key, { from: 'operator' });
    expect(await must(chat.socket, 'chat:send', say('Hello?'))).toMatchObject({ seq: 1 });
    expect(await must(staff.socket, 'chat:send', answer('Good day.'))).toMatchObject({ seq: 2 });
    const [atDesk, atCustomer] = [
      await staff.socket.next('chat:message'),
      await chat.socket.next('chat:message'),
    ];
    expect(atDesk).toMatchObject({ chatId: chat.chatId, message: { seq: 1, from: 'customer' } });
    expect(textOf(house, chat, chat.key, atDesk.message)).toBe('Hello?');
    expect(textOf(house, chat, chat.key, atCustomer.message)).toBe('Good day.');
    await must(chat.socket, 'chat:typing', { chatId: chat.chatId, on: true });
    expect(await staff.socket.next('chat:typing')).toEqual({ chatId: chat.chatId, on: true });
    await must(staff.socket, 'chat:seen', { chatId: chat.chatId, delivered: 1, seen: 0 });
    await must(staff.socket, 'chat:seen', { chatId: chat.chatId, delivered: 0, seen: 1 });
    expect(await chat.socket.next('chat:seen')).toEqual({ chatId: chat.chatId, delivered: 1, seen: 0 });
    expect(await chat.socket.next('chat:seen')).toEqual({ chatId: chat.chatId, delivered: 1, seen: 1 });
  });

  it('takes no mark of what has not been said', async () => {
    const chat = await opened(house, staff);
    await must(chat.socket, 'chat:seen', { chatId: chat.chatId, delivered: 900, seen: 900 });
    await must(chat.socket, 'chat:seen', { chatId: chat.chatId, delivered: 0, seen: 0 });
    expect(await staff.socket.next('chat:seen')).toMatchObject({ delivered: 0 });
  });

  it('keeps a message once, however often it comes', async () => {
    const chat = await opened(house, staff);
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    const [first, second] = [say('one'), say('two')];
    const acks = await Promise.all([1, 2, 3].map(() => must(chat.socket, 'chat:send', first)));
    expect(acks.map(({ seq }) => seq)).toEqual([1, 1, 1]);
    expect(await must(chat.socket, 'chat:send', second)).toMatchObject({ seq: 2 });
    const other = { ...second, message: { ...second.message, frame: bytes(60) } };
    expect(await chat.socket.ask('chat:send', other)).toMatchObject({ error: 'conflict' });
    say('three'); // is never sent
    expect(await chat.socket.ask('chat:send', say('four'))).toMatchObject({ error: 'conflict' });
  });

  it('shows notes to the staff alone', async () => {
    const chat = await opened(house, staff);
    const note = speaker(house, chat, noteKey(house.sodium, access(), chat.keys.visitorKey), {
      from: 'note',
    });
    const answer = speaker(house, chat, chat.key, { from: 'operator' });
    await must(staff.socket, 'chat:send', note('speaks softly'));
    await must(staff.socket, 'chat:send', answer('One moment.'));
    expect(await chat.socket.next('chat:message')).toMatchObject({ message: { seq: 2, from: 'operator' } });
    const again = await house.server.customer();
    const { chatId, token } = chat;
    const snapshot = ChatSnapshot.parse(await must(again, 'chat:resume', { chatId, token, after: -1 }));
    expect(snapshot.messages.map(({ from }) => from)).toEqual(['customer', 'operator']);
  });

  it('lets neither side speak as the other', async () => {
    const chat = await opened(house, staff);
    const [asStaff, asNote] = [
      speaker(house, chat, chat.key, { from: 'operator' })('x'),
      speaker(house, chat, chat.key, { from: 'note' })('x'),
    ];
    const asCustomer = speaker(house, chat, chat.key, { from: 'customer' })('x');
    expect(await chat.socket.ask('chat:send', asStaff)).toMatchObject({ error: 'invalid' });
    expect(await chat.socket.ask('chat:send', asNote)).toMatchObject({ error: 'invalid' });
    expect(await staff.socket.ask('chat:send', asCustomer)).toMatchObject({ error: 'invalid' });
    const early = speaker(house, chat, chat.key, { from: 'customer', epoch: 2 })('x');
    expect(await chat.socket.ask('chat:send', early)).toMatchObject({ error: 'conflict' });
  });

  it('ends by either side, once, and is rated once', async () => {
    const chat = await opened(house, staff);
    const { chatId } = chat;
    expect(await chat.socket.ask('chat:rate', { chatId, stars: 5, comment: null })).toMatchObject({
      error: 'conflict',
    });
    await must(staff.socket, 'chat:end', { chatId });
    expect(await chat.socket.next('chat:ended')).toEqual({ chatId, by: 'operator' });
    await must(chat.socket, 'chat:end', { chatId });
    const say = speaker(house, chat, chat.key, { from: 'customer' });
    expect(await chat.socket.ask('chat:send', say('late'))).toMatchObject({ error: 'session_gone' });
    const comment = bytes(100);
    await must(chat.socket, 'chat:rate', { chatId, stars: 4, comment });
    expect(await staff.socket.next('chat:rated')).toEqual({ chatId, stars: 4, comment });
    expect(await chat.socket.ask('chat:rate', { chatId, stars: 1, comment: null })).toMatchObject({
      error: 'conflict',
    });
    const claim = claimOf(house, staff, chat.keys.visitorKey, 2).claim;
    expect(await staff.socket.ask('chat:claim', { chatId, claim })).toMatchObject({ error: 'session_gone' });
  });
});
