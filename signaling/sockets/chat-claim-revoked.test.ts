/** A claim, a desk that opens, or an invitation, and a revocation at the same moment: nobody keeps what they may not read. */
import { describe, expect, it } from 'vitest';
import { claimChat } from '../chat/claim';
import { watchDesk } from '../chat/desk';
import { deviceRevoked } from '../chat/device-revoked';
import { inviteColleague } from '../chat/guests';
import { handOn } from '../chat/transfer';
import { findAccount } from '../store/accounts';
import { chatsOfAccount } from '../store/chat-staff';
import { findChat } from '../store/chats';
import { markRevoked } from '../store/devices';
import type { AccountRow } from '../store/schema';
import { ask, claimOf, must, opened, staffMember, useChatHouse, useStaff, type Staff } from '../testing/chat';
import { chatRoom } from './chat-rooms';

const house = useChatHouse();
const colleague = useStaff(house, 'colleague');

const chats = () => house.server.server.core.chats;
const accountOf = async ({ id }: Staff): Promise<AccountRow> => {
  const { id: tenant } = await house.server.db.selectFrom('tenants').select('id').executeTakeFirstOrThrow();
  const account = await findAccount(house.server.db, tenant, 'operator', id);
  if (!account) throw new Error('no account');
  return account;
};
const stateOf = async (chatId: string) => {
  const row = await findChat(house.server.db, chatId);
  return [row?.state, row?.owner];
};

describe('a claim', () => {
  const claiming = async (staff: Staff, enter: (chatId: string) => Promise<void>) => {
    const chat = await ask(house);
    const { claim } = claimOf(house, staff, chat.keys.visitorKey);
    const account = await accountOf(staff);
    const wish = { account, socketId: staff.socket.raw.id ?? '', enter };
    const answer = claimChat(chats(), wish, { chatId: chat.chatId, claim });
    await expect(answer).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await stateOf(chat.chatId)).toEqual(['waiting', null]);
    expect(await chatsOfAccount(house.server.db, account.id, 50)).toEqual([]);
    return chat;
  };

  it('that a revocation did not see is handed back by itself, for a colleague to take', async () => {
    const staff = await staffMember(house, 'anna');
    const chat = await claiming(staff, async () => {
      // The revocation is written down and has looked for conversations before the claim was.
      await markRevoked(house.server.db, staff.device.id);
    });
    expect(await staff.socket.next('chat:left')).toEqual({ chatId: chat.chatId, why: 'transferred' });
    const { claim } = claimOf(house, colleague, chat.keys.visitorKey, 2);
    await must(colleague.socket, 'chat:claim', { chatId: chat.chatId, claim });
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('whose conversation the revocation has taken already keeps no room', async () => {
    const staff = await staffMember(house, 'bea');
    const account = await accountOf(staff);
    const socket = house.server.server.core.io.of('/desk').sockets.get(staff.socket.raw.id ?? '');
    const roomsOf = () => [...(socket?.rooms ?? [])].filter((room) => room.startsWith('chat:'));
    const chat = await claiming(staff, async (chatId) => {
      await markRevoked(house.server.db, staff.device.id);
      await deviceRevoked(chats(), account, { signKey: staff.device.request.signKey });
      await socket?.join(chatRoom(chatId, 'operator'));
      expect(roomsOf()).toHaveLength(1);
    });
    expect(roomsOf()).toEqual([]);
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
  });

  it('never outlives a revocation, whichever is first', async () => {
    const cookie = await house.server.login('administrator');
    for (let round = 0; round < 6; round++) {
      const staff = await staffMember(house, `race${round}`);
      const chat = await ask(house);
      const { claim } = claimOf(house, staff, chat.keys.visitorKey);
      const path = `/api/admin/devices/${staff.device.id}/revoke`;
      const [, answer] = await Promise.all([
        house.server.request('POST', path, { cookie, body: {} }),
        staff.socket.ask('chat:claim', { chatId: chat.chatId, claim }),
      ]);
      expect(answer.ok ? 'ok' : answer.error).toMatch(/^(ok|not_allowed)$/);
      expect(await stateOf(chat.chatId)).toEqual(['waiting', null]);
      await must(chat.socket, 'chat:end', { chatId: chat.chatId });
    }
  });
});

describe('a desk that opens', () => {
  const watching = async (staff: Staff, follow: (account: AccountRow) => Promise<unknown>) => {
    const account = await accountOf(staff);
    const forgotten: string[] = [];
    const state = await watchDesk(chats(), {
      account,
      enter: async () => undefined,
      follow: async () => {
        await follow(account);
      },
      forget: async (ids) => void forgotten.push(...ids),
    });
    return { state, forgotten };
  };

  it('leaves the room of a conversation that was handed on while it entered', async () => {
    const staff = await staffMember(house, 'carla');
    const [gone, kept] = [await opened(house, staff), await opened(house, staff)];
    const { state, forgotten } = await watching(staff, (account) =>
      handOn(chats(), account, gone.chatId, null),
    );
    expect(forgotten).toEqual([gone.chatId]);
    expect(state.chats.map(({ chatId }) => chatId)).toEqual([kept.chatId]);
    for (const { socket, chatId } of [gone, kept]) await must(socket, 'chat:end', { chatId });
  });

  it('is told of nothing when the device is revoked while it entered', async () => {
    const staff = await staffMember(house, 'dora');
    const chat = await opened(house, staff);
    const waiting = await ask(house);
    const { state, forgotten } = await watching(staff, () => markRevoked(house.server.db, staff.device.id));
    expect(forgotten).toEqual([chat.chatId]);
    expect(state).toMatchObject({ available: false, waiting: [], chats: [] });
    for (const { socket, chatId } of [chat, waiting]) await must(socket, 'chat:end', { chatId });
  });
});

it('an invitation brings nobody in whose device is revoked meanwhile', async () => {
  const staff = await staffMember(house, 'emma');
  const chat = await opened(house, colleague);
  const { notice, ...rest } = chats();
  let revoked: Promise<unknown> = Promise.resolve();
  const follow = (accountId: string, chatId: string) => {
    notice.follow(accountId, chatId);
    revoked = markRevoked(house.server.db, staff.device.id);
  };
  const context = { ...rest, notice: { ...notice, follow } };
  const wish = { chatId: chat.chatId, who: 'emma' };
  await expect(inviteColleague(context, await accountOf(colleague), wish)).rejects.toMatchObject({
    code: 'busy',
  });
  expect(await revoked).toBe(true);
  expect(await chatsOfAccount(house.server.db, (await accountOf(staff)).id, 50)).toEqual([]);
  expect(await staff.socket.next('chat:left')).toEqual({ chatId: chat.chatId, why: 'left' });
  await must(chat.socket, 'chat:end', { chatId: chat.chatId });
});
