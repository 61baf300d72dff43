/** A device that is revoked hears and says nothing more, whatever its browser still remembers. */
import { describe, expect, it } from 'vitest';
import { leaveStaff, staffOf } from '../store/chat-staff';
import {
  ask,
  claimOf,
  must,
  opened,
  speaker,
  staffMember,
  useChatHouse,
  useStaff,
  type Staff,
} from '../testing/chat';
import type { TestSocket } from '../testing/socket';

const house = useChatHouse();
const colleague = useStaff(house, 'colleague');

async function revoke({ device }: Staff): Promise<void> {
  const cookie = await house.server.login('administrator');
  const path = `/api/admin/devices/${device.id}/revoke`;
  expect((await house.server.request('POST', path, { cookie, body: {} })).status).toBe(200);
}

const heardOf = ({ socket }: Pick<Staff, 'socket'>, chatId: string): string[] =>
  socket.heard.filter(({ message }) => JSON.stringify(message).includes(chatId)).map(({ event }) => event);

it('loses its conversations to the queue, and everything that is said from then on', async () => {
  const olga = await staffMember(house, 'olga');
  const [own, guest] = [await opened(house, olga), await opened(house, colleague)];
  await must(colleague.socket, 'chat:invite', { chatId: guest.chatId, who: 'olga' });
  await revoke(olga);
  expect(await olga.socket.next('device:revoked')).toEqual({ id: olga.device.id });
  expect(await olga.socket.next('chat:left')).toEqual({ chatId: own.chatId, why: 'transferred' });
  expect(await olga.socket.next('chat:left')).toEqual({ chatId: guest.chatId, why: 'left' });

  // The customer waits for somebody else, and so do the colleagues know.
  expect(await must(colleague.socket, 'chat:watch', {})).toMatchObject({
    waiting: [{ chatId: own.chatId, epoch: 1 }],
  });
  const said = speaker(house, own, own.key, { from: 'operator' })('still here');
  expect(await olga.socket.ask('chat:send', said)).toMatchObject({ error: 'session_gone' });
  await must(own.socket, 'chat:send', speaker(house, own, own.key, { from: 'customer' })('for the next one'));
  await must(guest.socket, 'chat:send', speaker(house, guest, guest.key, { from: 'customer' })('private'));
  const next = await ask(house);

  const again = claimOf(house, olga, own.keys.visitorKey, 2).claim;
  expect(await olga.socket.ask('chat:claim', { chatId: own.chatId, claim: again })).toMatchObject({
    error: 'not_allowed',
  });
  expect(await must(olga.socket, 'chat:watch', {})).toMatchObject({ waiting: [], chats: [] });
  expect(heardOf(olga, own.chatId)).not.toContain('chat:message');
  expect(heardOf(olga, guest.chatId)).not.toContain('chat:message');
  expect(heardOf(olga, next.chatId)).toEqual([]);

  const { claim } = claimOf(house, colleague, own.keys.visitorKey, 2);
  await must(colleague.socket, 'chat:claim', { chatId: own.chatId, claim });
  for (const { socket, chatId } of [own, guest, next]) {
    await must(socket, 'chat:end', { chatId });
    socket.disconnect();
  }
});

it('of an operator with another one loses what it has claimed, and the other one keeps its own', async () => {
  const [lost, kept] = [await staffMember(house, 'pia'), await staffMember(house, 'pia')];
  const [first, second] = [await opened(house, lost), await opened(house, kept)];
  await revoke(lost);
  expect(await kept.socket.next('chat:left')).toEqual({ chatId: first.chatId, why: 'transferred' });
  const state = await must(kept.socket, 'chat:watch', {});
  expect(state).toMatchObject({ waiting: [{ chatId: first.chatId }], chats: [{ chatId: second.chatId }] });
  for (const { socket, chatId } of [first, second]) await must(socket, 'chat:end', { chatId });
});

it('that only waited has nothing to lose', async () => {
  const quinn = await staffMember(house, 'quinn', { approved: false });
  expect(await must(quinn.socket, 'chat:watch', {})).toMatchObject({ waiting: [], chats: [] });
  const chat = await ask(house);
  await revoke(quinn);
  expect(heardOf(quinn, chat.chatId)).toEqual([]);
  await must(chat.socket, 'chat:end', { chatId: chat.chatId });
});

describe('a desk that never asked for the queue', () => {
  const heardBy = (socket: TestSocket, chatId: string) => heardOf({ socket }, chatId);
  /** A second desk of theirs, which claims and does not watch. */
  const silentDesk = async (staff: Staff) => {
    const socket = await house.server.desk(staff.cookie);
    const chat = await opened(house, { ...staff, socket });
    const say = speaker(house, chat, chat.key, { from: 'operator' });
    await must(socket, 'chat:send', say('Hello'));
    return { socket, chat, say };
  };

  it('loses what it has claimed with the revocation', async () => {
    const rita = await staffMember(house, 'rita');
    const { socket, chat, say } = await silentDesk(rita);
    const { chatId } = chat;
    await revoke(rita);
    expect(await socket.next('chat:left')).toEqual({ chatId, why: 'transferred' });
    const before = heardBy(socket, chatId).length;
    const tries: [string, object][] = [
      ['chat:send', say('still here')],
      ['chat:typing', { chatId, on: true }],
      ['chat:seen', { chatId, delivered: 0, seen: 0 }],
      ['chat:invite', { chatId, who: 'colleague' }],
      ['chat:block', { chatId, hours: 1 }],
      ['chat:end', { chatId }],
    ];
    for (const [event, message] of tries) {
      expect([event, await socket.ask(event, message)]).toEqual([
        event,
        { ok: false, error: 'session_gone' },
      ]);
    }
    const { claim, key } = claimOf(house, colleague, chat.keys.visitorKey, 2);
    await must(colleague.socket, 'chat:claim', { chatId, claim });
    const private_ = speaker(house, chat, key, { from: 'customer', epoch: 2 });
    await must(chat.socket, 'chat:send', private_('private'));
    await must(chat.socket, 'chat:end', { chatId });
    // Whatever was on the way to it has come before the answer.
    await socket.ask('chat:colleagues', {});
    expect(heardBy(socket, chatId)).toHaveLength(before);
  });

  it('loses what another desk of the account has handed on or left', async () => {
    const sam = await staffMember(house, 'sam');
    const { socket, chat, say } = await silentDesk(sam);
    await must(sam.socket, 'chat:transfer', { chatId: chat.chatId, to: null });
    const guest = await opened(house, colleague);
    await must(colleague.socket, 'chat:invite', { chatId: guest.chatId, who: 'sam' });
    expect(await socket.next('chat:joined')).toMatchObject({ chat: { chatId: guest.chatId } });
    await must(sam.socket, 'chat:leave', { chatId: guest.chatId });
    for (const { chatId } of [chat, guest]) {
      expect(await socket.ask('chat:typing', { chatId, on: true })).toMatchObject({ error: 'session_gone' });
    }
    expect(await socket.ask('chat:send', say('still here'))).toMatchObject({ error: 'session_gone' });
    await must(guest.socket, 'chat:send', speaker(house, guest, guest.key, { from: 'customer' })('private'));
    await socket.ask('chat:colleagues', {});
    for (const { chatId } of [chat, guest]) expect(heardBy(socket, chatId)).not.toContain('chat:message');
    for (const each of [chat, guest]) await must(each.socket, 'chat:end', { chatId: each.chatId });
  });

  it('says nothing more once it is written down that they left, though the room still has it', async () => {
    const tom = await staffMember(house, 'tom');
    const { socket, chat, say } = await silentDesk(tom);
    const { accountId } = (await staffOf(house.server.db, chat.chatId))[0]!;
    await leaveStaff(house.server.db, chat.chatId, accountId, house.server.clock.now());
    expect(await socket.ask('chat:send', say('still here'))).toMatchObject({ error: 'session_gone' });
    expect(await socket.ask('chat:end', { chatId: chat.chatId })).toMatchObject({ error: 'session_gone' });
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });
});

describe('a revocation that fails half-way', () => {
  it('has told the browser, and is made good when it is done again', async () => {
    const ursula = await staffMember(house, 'ursula');
    const chat = await opened(house, ursula);
    const { devices } = house.server.server.core;
    const { whenRevoked } = devices;
    devices.whenRevoked = () => Promise.reject(new Error('the store is away'));
    const cookie = await house.server.login('administrator');
    const again = async () => {
      const path = `/api/admin/devices/${ursula.device.id}/revoke`;
      return (await house.server.request('POST', path, { cookie, body: {} })).status;
    };
    expect(await again()).toBe(500);
    expect(await ursula.socket.next('device:revoked')).toEqual({ id: ursula.device.id });
    devices.whenRevoked = whenRevoked!;
    expect(await again()).toBe(409);
    expect(await ursula.socket.next('chat:left')).toEqual({ chatId: chat.chatId, why: 'transferred' });
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });
});
