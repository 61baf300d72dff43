/** A device that is revoked hears and says nothing more, whatever its browser still remembers. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  ask,
  chatHouse,
  claimOf,
  must,
  opened,
  speaker,
  staffMember,
  type ChatHouse,
  type Staff,
} from '../testing/chat';
import { startTestServer } from '../testing/server';

let house: ChatHouse;
let colleague: Staff;
beforeAll(async () => {
  house = await chatHouse(await startTestServer());
  colleague = await staffMember(house, 'colleague');
});
afterAll(() => house.server.close());

async function revoke({ device }: Staff): Promise<void> {
  const cookie = await house.server.login('administrator');
  const path = `/api/admin/devices/${device.id}/revoke`;
  expect((await house.server.request('POST', path, { cookie, body: {} })).status).toBe(200);
}

const heardOf = ({ socket }: Staff, chatId: string): string[] =>
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
