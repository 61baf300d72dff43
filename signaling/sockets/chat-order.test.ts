/** What was read before something happened is not told after it: the races, made certain at the place where they are lost. */
import { describe, expect, it, vi } from 'vitest';
import { ChatDeskState } from '../../shared/protocol/chat-desk';
import { claimChat } from '../chat/claim';
import { endChat } from '../chat/ending';
import { announceWaiting } from '../chat/queue';
import { customerSnapshot, deskChat } from '../chat/snapshot';
import { inviteColleague } from '../chat/guests';
import { findAccount } from '../store/accounts';
import { findChat } from '../store/chats';
import type { AccountRow } from '../store/schema';
import { findTenant } from '../store/tenants';
import { ask, claimOf, must, opened, staffMember, useChatHouse, useStaff, type Staff } from '../testing/chat';
import { chatRoom } from './chat-rooms';
import { sideOf } from './rooms';

const house = useChatHouse();
const staff = useStaff(house);

const chats = () => house.server.server.core.chats;

async function rowOf(chatId: string) {
  const row = await findChat(house.server.db, chatId);
  if (!row) throw new Error('no such conversation');
  return row;
}

async function accountOf({ id }: Staff): Promise<AccountRow> {
  const tenant = await findTenant(house.server.db);
  const account = tenant && (await findAccount(house.server.db, tenant.id, 'operator', id));
  if (!account) throw new Error('no account');
  return account;
}

describe('a conversation that waits', () => {
  it('is announced as it is now, and not at all once somebody has it', async () => {
    const waiting = vi.fn();
    const context = { ...chats(), notice: { ...chats().notice, waiting } };
    const chat = await ask(house);
    const before = await rowOf(chat.chatId);
    chat.socket.disconnect();
    await vi.waitFor(async () => expect((await rowOf(chat.chatId)).customer_away_at).not.toBeNull());
    await announceWaiting(context, before);
    expect(waiting).toHaveBeenLastCalledWith(
      { tenant: before.tenant_id },
      expect.objectContaining({ chatId: chat.chatId, present: false }),
    );
    const { claim } = claimOf(house, staff, chat.keys.visitorKey);
    await must(staff.socket, 'chat:claim', { chatId: chat.chatId, claim });
    await announceWaiting(context, before);
    // Handed on: whoever did that announces it, with the new epoch.
    await must(staff.socket, 'chat:transfer', { chatId: chat.chatId, to: null });
    await announceWaiting(context, before);
    expect(waiting).toHaveBeenCalledTimes(1);
    await endChat(chats(), chat.chatId, 'idle');
  });

  it('is shown to both sides as it is now', async () => {
    const chat = await ask(house);
    const before = await rowOf(chat.chatId);
    const { claim } = claimOf(house, staff, chat.keys.visitorKey);
    await must(staff.socket, 'chat:claim', { chatId: chat.chatId, claim });
    const open = { state: 'open', place: null, claims: [claim] };
    expect(await customerSnapshot(chats(), before, -1)).toMatchObject(open);
    expect(await deskChat(chats(), before)).toMatchObject(open);
    await must(chat.socket, 'chat:end', { chatId: chat.chatId });
    const ended = { state: 'ended', endedBy: 'customer', sessionId: null };
    expect(await customerSnapshot(chats(), before, -1)).toMatchObject(ended);
    expect(await deskChat(chats(), before)).toMatchObject(ended);
  });
});

describe('a conversation that ends in the same moment', () => {
  it('is ended for the operator who has just claimed it', async () => {
    const { chatId, keys } = await ask(house);
    const account = await accountOf(staff);
    const enter = (id: string) => endChat(chats(), id, 'customer');
    const { claim } = claimOf(house, staff, keys.visitorKey);
    const chat = await claimChat(chats(), { account, socketId: 'none', enter }, { chatId, claim });
    expect(chat).toMatchObject({ chatId, state: 'ended', endedBy: 'customer', claims: [claim] });
  });

  it('brings no colleague in', async () => {
    const colleague = await staffMember(house, 'colleague');
    const { chatId } = await opened(house, staff);
    const joined = vi.fn();
    let ending: Promise<void> | undefined;
    // The end is told before the colleague's desk is in the room.
    const follow = (accountId: string, id: string) => {
      ending = endChat(chats(), id, 'customer').then(() => chats().notice.follow(accountId, id));
    };
    const context = { ...chats(), notice: { ...chats().notice, joined, follow } };
    await expect(
      inviteColleague(context, await accountOf(staff), { chatId, who: colleague.id }),
    ).rejects.toMatchObject({ code: 'session_gone' });
    await ending;
    expect(joined).not.toHaveBeenCalled();
    const { rooms } = sideOf(house.server.server.core.io, 'operator').adapter;
    expect(rooms.has(chatRoom(chatId, 'operator'))).toBe(false);
  });
});

describe('an operator who is given another name', () => {
  it('learns it at the open desk, claims with it, and the customer reads it', async () => {
    const { server } = house;
    const renamed = await staffMember(house, 'renamed');
    const name = '山田 花子';
    const cookie = await server.login('administrator');
    const path = '/api/admin/operators/renamed';
    expect((await server.request('PATCH', path, { body: { name }, cookie })).status).toBe(200);
    const chat = await ask(house);
    const take = (as: Staff) =>
      as.socket.ask('chat:claim', {
        chatId: chat.chatId,
        claim: claimOf(house, as, chat.keys.visitorKey).claim,
      });
    expect(await take(renamed)).toMatchObject({ error: 'invalid' });
    const state = ChatDeskState.parse(await must(renamed.socket, 'chat:watch', {}));
    expect(state.name).toBe(name);
    expect(await take({ ...renamed, name: state.name })).toMatchObject({ ok: true });
    expect(await chat.socket.next('chat:claimed')).toMatchObject({ claim: { operator: name } });
  });
});
