/** From chat to screen: asking and answering, with real sockets. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mode } from '../../shared/protocol/common';
import { DEFAULT_PERMIT } from '../../shared/policy';
import { MINUTE } from '../clock';
import { findAccount, updatePermit } from '../store/accounts';
import { findSession } from '../store/sessions';
import { findTenant } from '../store/tenants';
import { chatHouse, opened as claimed, staffMember, type ChatHouse } from '../testing/chat';
import { COMPANY, startTestServer, type TestServer } from '../testing/server';
import { bytes, NETWORK } from '../testing/session';
import type { AnyAck, TestSocket } from '../testing/socket';

let server: TestServer;
let house: ChatHouse;
beforeAll(async () => {
  server = await startTestServer();
  house = await chatHouse(server);
});
afterAll(() => server.close());

const ok = (ack: AnyAck): AnyAck => {
  if (!ack.ok) throw new Error(JSON.stringify(ack));
  return ack;
};

interface Chat {
  desk: TestSocket;
  cookie: string;
  customer: TestSocket;
  chatId: string;
  token: string;
}

/** A conversation in which an operator answers. */
async function talk(): Promise<Chat> {
  const staff = await staffMember(house);
  const { chatId, token, socket } = await claimed(house, staff);
  return { desk: staff.socket, cookie: staff.cookie, customer: socket, chatId, token };
}

const wish = (chatId: string, mode: Mode = 'view') => ({ chatId, mode, windowsOnly: false });
const request = async ({ desk, chatId }: Chat, mode: Mode = 'view') =>
  ok(await desk.ask('chat:request', wish(chatId, mode)));
const answer = ({ customer, chatId }: Chat, sessionId: string, granted: boolean) =>
  customer.ask('chat:answer', { chatId, sessionId, granted });
const GONE = { ok: false, error: 'session_gone' };

let chat: Chat;
beforeEach(async () => {
  chat = await talk();
});

describe('asking for a remote session', () => {
  it('opens an ordinary session of path chat, with what the customer will be told', async () => {
    const opened = await request(chat, 'control');
    expect(opened).toMatchObject({
      host: { operator: 'Olga Operator', company: COMPANY },
      expiresAt: server.clock.now() + 10 * MINUTE,
      windowsOnly: false,
    });
    expect(await findSession(server.db, opened.sessionId)).toMatchObject({
      path: 'chat',
      mode: 'control',
      state: 'waiting',
      chat_id: chat.chatId,
      consent: null,
      customer_address: null,
    });
  });

  it('is one at a time in a conversation, and possible again afterwards', async () => {
    const first = await request(chat);
    const asks = Array.from({ length: 20 }, () => chat.desk.ask('chat:request', wish(chat.chatId)));
    expect(new Set((await Promise.all(asks)).map(({ error }) => error))).toEqual(new Set(['conflict']));
    ok(await answer(chat, first.sessionId, true));
    expect(await chat.desk.ask('chat:request', wish(chat.chatId))).toMatchObject({ error: 'conflict' });
    ok(
      await chat.desk.ask('session:end', { sessionId: first.sessionId, by: 'operator', reason: 'cancelled' }),
    );
    ok(await chat.desk.ask('chat:request', wish(chat.chatId)));
  });

  it('keeps to the permit', async () => {
    const tenant = await findTenant(server.db);
    const operator = (await findAccount(server.db, tenant?.id ?? '', 'operator', 'operator'))?.id ?? '';
    await updatePermit(server.db, operator, { ...DEFAULT_PERMIT, modes: ['view'], appSelectionAlways: true });
    try {
      expect(await chat.desk.ask('chat:request', wish(chat.chatId, 'control'))).toMatchObject({
        error: 'not_allowed',
      });
      const opened = await request(chat);
      expect(opened.windowsOnly).toBe(true);
      expect(ok(await answer(chat, opened.sessionId, true)).joined).toMatchObject({ windowsOnly: true });
    } finally {
      await updatePermit(server.db, operator, DEFAULT_PERMIT);
    }
  });

  it('is for the operator who answers in the conversation, and nobody else', async () => {
    const { socket: colleague } = await staffMember(house, 'colleague');
    expect(await colleague.ask('chat:request', wish(chat.chatId))).toEqual(GONE);
    ok(await chat.desk.ask('chat:invite', { chatId: chat.chatId, who: 'colleague' }));
    await colleague.next('chat:joined');
    expect(await colleague.ask('chat:request', wish(chat.chatId))).toMatchObject({ error: 'not_allowed' });
    expect(await chat.customer.ask('chat:request', wish(chat.chatId))).toMatchObject({ error: 'invalid' });
  });

  it('is taken back with the conversation, or by the operator; the customer hears of it', async () => {
    const first = await request(chat);
    ok(await chat.desk.ask('session:withdraw', { sessionId: first.sessionId }));
    expect(await chat.customer.next('session:ended')).toEqual({
      sessionId: first.sessionId,
      by: 'operator',
      reason: 'withdrawn',
    });
    const second = await request(chat);
    ok(await chat.desk.ask('chat:end', { chatId: chat.chatId }));
    expect(await chat.customer.next('session:ended')).toMatchObject({ sessionId: second.sessionId });
    expect(await answer(chat, second.sessionId, true)).toEqual(GONE);
    expect(await chat.desk.ask('chat:request', wish(chat.chatId))).toEqual(GONE);
  });

  it('is taken back when the conversation is handed on', async () => {
    const { sessionId } = await request(chat);
    ok(await chat.desk.ask('chat:transfer', { chatId: chat.chatId, to: null }));
    expect(await chat.customer.next('session:ended')).toMatchObject({ sessionId, reason: 'withdrawn' });
    expect(await chat.desk.ask('chat:request', wish(chat.chatId))).toEqual(GONE);
  });

  it('expires as a number does', async () => {
    const { sessionId } = await request(chat);
    await server.clock.advance(10 * MINUTE);
    expect(await chat.customer.next('session:ended')).toEqual({ sessionId, by: 'server', reason: 'expired' });
    expect(await answer(chat, sessionId, true)).toEqual(GONE);
  });

  it('is in the snapshot of a page that comes back', async () => {
    const { sessionId } = await request(chat);
    const resumed = ok(
      await chat.customer.ask('chat:resume', { chatId: chat.chatId, token: chat.token, after: -1 }),
    );
    expect(resumed.sessionId).toBe(sessionId);
    const state = ok(await chat.desk.ask('chat:watch', {}));
    const mine = (state.chats as { chatId: string; sessionId: string }[]).find(
      ({ chatId }) => chatId === chat.chatId,
    );
    expect(mine?.sessionId).toBe(sessionId);
  });
});

describe('answering', () => {
  it('Allow makes the customer’s page part of the session, with the consent written down', async () => {
    const { sessionId } = await request(chat);
    const { joined } = ok(await answer(chat, sessionId, true));
    expect(joined).toMatchObject({
      sessionId,
      host: { operator: 'Olga Operator', company: COMPANY },
      mode: 'view',
      peerPresent: true,
      windowsOnly: false,
    });
    expect(await chat.desk.next('session:peer')).toEqual({ sessionId, present: true });
    expect(await findSession(server.db, sessionId)).toMatchObject({
      state: 'joined',
      consent: 'granted',
      consent_at: server.clock.now(),
      redeemed_at: server.clock.now(),
    });
    // …as after a number: the relay works both ways, and the peers may be connected.
    const envelope = { t: 'sealed', epoch: bytes(8), frame: bytes(30) };
    ok(await chat.customer.ask('session:relay', { sessionId, envelope }));
    expect(await chat.desk.next('session:relay')).toEqual({ sessionId, envelope });
    ok(await chat.desk.ask('session:relay', { sessionId, envelope }));
    expect(await chat.customer.next('session:relay')).toEqual({ sessionId, envelope });
    ok(await chat.customer.ask('session:connected', { sessionId, network: NETWORK }));
    expect(await findSession(server.db, sessionId)).toMatchObject({ state: 'active' });
  });

  it('Decline ends the session as declined, and leaves the conversation as it is', async () => {
    const { sessionId } = await request(chat);
    expect(ok(await answer(chat, sessionId, false)).joined).toBeNull();
    const ended = { sessionId, by: 'customer', reason: 'declined' };
    expect(await chat.desk.next('session:ended')).toEqual(ended);
    expect(await findSession(server.db, sessionId)).toMatchObject({ state: 'ended', consent: 'declined' });
    ok(await chat.customer.ask('chat:typing', { chatId: chat.chatId, on: true }));
    expect(await chat.desk.next('chat:typing')).toEqual({ chatId: chat.chatId, on: true });
    expect(await answer(chat, sessionId, true)).toEqual(GONE);
    expect(await answer(chat, sessionId, false)).toEqual(GONE);
  });

  it('counts once, however many tabs press at the same time', async () => {
    const { sessionId } = await request(chat);
    const tabs = await Promise.all(Array.from({ length: 10 }, () => server.customer()));
    const ticket = { chatId: chat.chatId, token: chat.token, after: -1 };
    for (const tab of tabs) ok(await tab.ask('chat:resume', ticket));
    const answers = await Promise.all(
      tabs.map((tab) => tab.ask('chat:answer', { chatId: chat.chatId, sessionId, granted: true })),
    );
    expect(answers.filter(({ ok: heard }) => heard)).toHaveLength(1);
    expect(answers.filter(({ error }) => error === 'session_gone')).toHaveLength(9);
  });

  it('is for the customer of that conversation only', async () => {
    const { sessionId } = await request(chat);
    const other = await talk();
    expect(await answer(other, sessionId, true)).toEqual(GONE);
    expect(await answer(other, sessionId, false)).toEqual(GONE);
    const stranger = await server.customer();
    const forged = { chatId: chat.chatId, sessionId, granted: true };
    expect(await stranger.ask('chat:answer', forged)).toEqual(GONE);
    expect(await chat.desk.ask('chat:answer', forged)).toMatchObject({ error: 'invalid' });
    // Its rendezvous is no number that could be typed.
    const join = { rdv: `chat:${chat.chatId}`, share: bytes(32), path: 'code' };
    expect(await stranger.ask('session:join', join)).toMatchObject({ error: 'invalid' });
    ok(await answer(chat, sessionId, true));
  });

  it('cannot end what has begun: a refusal comes too late', async () => {
    const { sessionId } = await request(chat);
    ok(await answer(chat, sessionId, true));
    expect(await answer(chat, sessionId, false)).toEqual(GONE);
    expect(await findSession(server.db, sessionId)).toMatchObject({ state: 'joined' });
  });
});

describe('a session that began in the chat', () => {
  it('is taken up again by both sides after a reload', async () => {
    const opened = await request(chat);
    const { sessionId } = opened;
    const joined = ok(await answer(chat, sessionId, true)).joined as { resume: string };
    const [desk, customer] = [await server.desk(chat.cookie), await server.customer()];
    expect(await desk.ask('session:resume', { sessionId, resume: opened.resume })).toMatchObject({
      ok: true,
      mode: 'view',
      peerPresent: true,
    });
    expect(await customer.ask('session:resume', { sessionId, resume: joined.resume })).toMatchObject({
      ok: true,
      peerPresent: true,
    });
  });

  it('goes on when the conversation ends', async () => {
    const { sessionId } = await request(chat);
    ok(await answer(chat, sessionId, true));
    ok(await chat.desk.ask('chat:end', { chatId: chat.chatId }));
    expect(await findSession(server.db, sessionId)).toMatchObject({ state: 'joined' });
  });

  it('stands in the audit with its path', async () => {
    const { sessionId } = await request(chat);
    ok(await answer(chat, sessionId, true));
    const { body } = await server.request('GET', '/api/admin/sessions', {
      cookie: await server.login('administrator'),
    });
    const rows = body as { id: string; path: string; consent: string; operatorName: string }[];
    expect(rows.find(({ id }) => id === sessionId)).toMatchObject({
      path: 'chat',
      consent: 'granted',
      operatorName: 'Olga Operator',
    });
  });
});
